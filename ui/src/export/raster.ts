import type { Picture } from './picture';
import { type Measure, estimate } from './svg';

/** Canvases are refused beyond these by WebKit and Chromium. */
const LONGEST_SIDE = 16_000;
const MOST_PIXELS = 120_000_000;
const SHARP = 2;
/** Below this nothing can be read any more: better no PNG than a blur. */
const COARSEST = 0.75;

/** At how many pixels a point a picture can be drawn: 2 where that is possible, null where none is. */
export function scaleFor(width: number, height: number): number | null {
  const scale = Math.min(
    SHARP,
    LONGEST_SIDE / Math.max(width, height),
    Math.sqrt(MOST_PIXELS / (width * height)),
  );
  return scale < COARSEST ? null : scale;
}

/** The picture as PNG bytes, or why there are none. */
export async function pngOf(picture: Picture): Promise<Uint8Array | 'too-large' | 'failed'> {
  const scale = scaleFor(picture.width, picture.height);
  if (scale === null) return 'too-large';
  const url = URL.createObjectURL(new Blob([picture.svg], { type: 'image/svg+xml' }));
  try {
    const image = await loaded(url);
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    return blob ? new Uint8Array(await blob.arrayBuffer()) : 'failed';
  } catch {
    return 'failed';
  } finally {
    URL.revokeObjectURL(url);
  }
}

function loaded(url: string): Promise<HTMLImageElement> {
  return new Promise((done, failed) => {
    const image = new Image();
    image.onload = () => done(image);
    image.onerror = failed;
    image.src = url;
  });
}

/** Measures with the fonts that the picture will be drawn in. */
export function canvasMeasure(fontUi: string, fontMono: string): Measure {
  const context = document.createElement('canvas').getContext?.('2d');
  if (!context) return estimate;
  return (text, { size, mono, strong }) => {
    context.font = `${strong ? 600 : 400} ${size}px ${mono ? fontMono : fontUi}`;
    return context.measureText(text).width;
  };
}
