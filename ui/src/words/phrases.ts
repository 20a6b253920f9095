import type { Language } from './format';

/** Engines that find phrases themselves are left to it. */
const finds = (): boolean =>
  typeof CSS !== 'undefined' && CSS.supports?.('word-break', 'auto-phrase') === true;

/** A phrase ends with particles or a sign: where Hiragana or a closing sign gives way to another script. */
const AFTER = /([\p{Script=Hiragana}、。！？：」』）](?=[^\p{Script=Hiragana}ー、。！？：」』）\s]))/gu;
const PAUSE = /([、。！？：](?=[^、。！？：」』）\s]))/gu;
const BEFORE = /([^「『（](?=[「『（]))/gu;
const MARK = '\n';

/**
 * A Japanese text in the pieces between which a line may end; other languages have spaces.
 * A line that ends inside a word is hard to read, and engines without phrases end it anywhere.
 */
export function phrasesOf(text: string, language: Language): readonly string[] {
  if (language !== 'ja' || finds()) return [text];
  return text
    .replaceAll(PAUSE, `$1${MARK}`)
    .replaceAll(AFTER, `$1${MARK}`)
    .replaceAll(BEFORE, `$1${MARK}`)
    .split(MARK)
    .filter((phrase) => phrase !== '');
}
