import { visible } from '../words/visible';

/** Text for an SVG file: what cannot be seen is written out, what XML would read as markup is escaped. */
export function escaped(text: string): string {
  return visible(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One element; `content` is markup that was made here, never data. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? rounded(value) : escaped(String(value))}"`)
    .join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** How a text is set. */
export interface Type {
  readonly size: number;
  readonly mono?: boolean;
  readonly strong?: boolean;
}

/** The width of a text in pixels. */
export type Measure = (text: string, type: Type) => number;

/** Without a canvas: full width for Japanese, a little more than half for the rest. */
export const estimate: Measure = (text, { size, mono }) => {
  let em = 0;
  for (const character of text) em += (character.codePointAt(0) ?? 0) > 0x2e7f ? 1 : mono ? 0.6 : 0.56;
  return em * size;
};

/** As much of `text` as fits into `width`, with an ellipsis where something is left out. */
export function fitted(text: string, type: Type, width: number, measure: Measure): string {
  if (width <= 0) return '';
  if (measure(text, type) <= width) return text;
  const characters = [...text];
  let low = 0;
  let high = characters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measure(`${characters.slice(0, middle).join('')}…`, type) <= width) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${characters.slice(0, low).join('')}…`;
}
