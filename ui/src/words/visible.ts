/**
 * Makes every character visible that a window would act on or hide: control characters, directional
 * controls, zero-width characters, tag characters, the byte order mark. The twin of
 * `anatomy::visible`; both are held to tests/vectors/visible.json. C0 become control pictures (`␛`),
 * the others `⟨U+202E⟩`.
 */
export function visible(text: string): string {
  return HIDDEN.test(text) ? text.replace(ALL_HIDDEN, show) : text;
}

const CLASS =
  '[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180e\\u200b-\\u200f' +
  '\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}]';
// The classes name joiners and variation marks one by one, on purpose.
/* eslint-disable no-misleading-character-class */
const HIDDEN = new RegExp(CLASS, 'u');
const ALL_HIDDEN = new RegExp(CLASS, 'gu');
/* eslint-enable no-misleading-character-class */

function show(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x20) return String.fromCodePoint(0x2400 + point);
  if (point === 0x7f) return '␡';
  return `⟨U+${point.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
