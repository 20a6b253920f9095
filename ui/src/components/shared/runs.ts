import { visible } from '../../words/visible';

/** A stretch of text as it is drawn; `hidden` stands for a character that cannot be seen. */
export interface Run {
  readonly raw: string;
  readonly shown: string;
  readonly hidden: boolean;
}

/** Cuts `text` so that written-out characters (controls, bidi, zero-width) can be told from real ones. */
export function runsOf(text: string): Run[] {
  if (visible(text) === text) return text === '' ? [] : [{ raw: text, shown: text, hidden: false }];
  const runs: Run[] = [];
  let plain = '';
  for (const character of text) {
    const shown = visible(character);
    if (shown === character) {
      plain += character;
      continue;
    }
    if (plain !== '') runs.push({ raw: plain, shown: plain, hidden: false });
    plain = '';
    runs.push({ raw: character, shown, hidden: true });
  }
  if (plain !== '') runs.push({ raw: plain, shown: plain, hidden: false });
  return runs;
}
