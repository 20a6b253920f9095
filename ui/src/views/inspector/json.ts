/**
 * Reads JSON for the eye only: every character of the text is in exactly one token, in order, and
 * nothing is parsed, re-ordered or printed anew. What is no JSON becomes tokens of kind "other", so
 * a broken document is shown as it is.
 */
export type TokenKind = 'space' | 'punctuation' | 'key' | 'string' | 'number' | 'word' | 'other';

export interface Token {
  readonly kind: TokenKind;
  /** UTF-16 offsets, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

const SPACE = /[\t\n\r ]+/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /(?:true|false|null)(?![A-Za-z0-9_])/y;
const PUNCTUATION = /[{}[\]:,]/y;
const COLON_FOLLOWS = /[\t\n\r ]*:/y;
const ENDS_OTHER = new Set('\t\n\r {}[]:,"');

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** By hand, not by pattern: a string may have megabytes, and patterns keep a note for each character. */
function stringEnd(text: string, start: number): number {
  if (text[start] !== '"') return -1;
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') return at + 1;
    if (character === '\n' || character === '\r') return -1;
    if (character === '\\') at += 1;
  }
  return -1;
}

/** Up to the end of the line for a string that is never closed, else up to something that JSON knows. */
function otherEnd(text: string, start: number): number {
  const isOpenString = text[start] === '"';
  let at = start + 1;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (isOpenString ? character === '\n' || character === '\r' : ENDS_OTHER.has(character)) break;
    at += 1;
  }
  return at;
}

const READERS: readonly (readonly [TokenKind, (text: string, at: number) => number])[] = [
  ['space', (text, at) => matchAt(SPACE, text, at)],
  ['punctuation', (text, at) => matchAt(PUNCTUATION, text, at)],
  ['string', stringEnd],
  ['number', (text, at) => matchAt(NUMBER, text, at)],
  ['word', (text, at) => matchAt(WORD, text, at)],
];

function tokenAt(text: string, start: number): Token {
  for (const [kind, endOf] of READERS) {
    const end = endOf(text, start);
    if (end < 0) continue;
    const isKey = kind === 'string' && matchAt(COLON_FOLLOWS, text, end) >= 0;
    return { kind: isKey ? 'key' : kind, start, end };
  }
  return { kind: 'other', start, end: otherEnd(text, start) };
}

/**
 * The tokens of `text` from its beginning, as far as `until` (the last token may reach beyond).
 * A long document is read only as far as it is shown.
 */
export function tokenize(text: string, until: number = text.length): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length && at < until) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}
