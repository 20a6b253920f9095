import { markOf } from '../components/shared/digest-mark';
import { hexOfOklch } from './colour';
import type { Palette } from './palette';
import { element } from './svg';

/** The digest marks of a picture: each drawing is defined once and used where it occurs. */
export class Marks {
  private readonly ids = new Map<string, string>();
  private readonly definitions: string[] = [];

  constructor(private readonly palette: Palette) {}

  /** The mark of `digest` with its upper left corner at `x`, `y`. */
  use(digest: string, x: number, y: number, size: number): string {
    const { silhouette, cut, hue } = markOf(digest);
    const key = `${silhouette} ${cut} ${hue}`;
    let id = this.ids.get(key);
    if (id === undefined) {
      id = `mark-${this.ids.size + 1}`;
      this.ids.set(key, id);
      this.define(id, silhouette, cut, hue);
    }
    return element('use', { href: `#${id}`, transform: `translate(${x} ${y}) scale(${size / 16})` });
  }

  /** For the picture's `defs`. */
  get defs(): string {
    return this.definitions.join('');
  }

  private define(id: string, silhouette: string, cut: string, hue: number): void {
    const { l, c, softL, softC } = this.palette.mark;
    const solid = hexOfOklch(l, c, hue);
    const clip = `${id}-clip`;
    this.definitions.push(
      element('clipPath', { id: clip }, element('path', { d: silhouette })),
      element(
        'g',
        { id },
        element('path', { d: silhouette, fill: hexOfOklch(softL, softC, hue) }) +
          element('path', { d: cut, fill: solid, 'fill-rule': 'evenodd', 'clip-path': `url(#${clip})` }) +
          element('path', { d: silhouette, fill: 'none', stroke: solid, 'stroke-width': 1.3 }),
      ),
    );
  }
}
