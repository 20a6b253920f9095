import { expect, test } from 'vitest';

import { tokenize } from './json';

function check(text: string): string {
  const tokens = tokenize(text);
  expect(tokens.map((token) => text.slice(token.start, token.end)).join('')).toBe(text);
  return tokens
    .filter((token) => token.kind !== 'space' && token.kind !== 'punctuation')
    .map((token) => `${token.kind}:${text.slice(token.start, token.end)}`)
    .join(' ');
}

test('keys, strings, numbers and words are told apart', () => {
  expect(check('{ "a" : "b", "n": [-1.5e+3, 0, true, null] }')).toBe(
    'key:"a" string:"b" key:"n" number:-1.5e+3 number:0 word:true word:null',
  );
});

test('escapes stay inside their string', () => {
  expect(check('{"a\\"b": "\\\\", "c":"\\u202e"}')).toBe(
    'key:"a\\"b" string:"\\\\" key:"c" string:"\\u202e"',
  );
});

test('an indented document keeps each space, tab and line end', () => {
  check('{\r\n\t"a":\u00a0 1 ,\n\n  "b": []\n}\n');
});

test('what is no JSON is kept', () => {
  expect(check('<html>no')).toBe('other:<html>no');
  expect(check('{"open')).toBe('other:"open');
  expect(check('{"a": "line\nbreak"}')).toContain('other');
  check('');
  check('\u0000\u001b[31m\ufeff');
  check('truex nul -');
});

test('any text comes back whole', () => {
  const alphabet = [
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    ' ',
    '\n',
    '\t',
    'a',
    '0',
    '-',
    '.',
    'e',
    '\u202e',
    '😀',
    '\u0000',
    'true',
  ];
  let seed = 7;
  for (let round = 0; round < 400; round += 1) {
    let text = '';
    for (let i = 0; i < 40; i += 1) {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      text += alphabet[seed % alphabet.length] ?? '';
    }
    check(text);
  }
});

test('a long document is read as far as it is shown', () => {
  const text = `[${'1, '.repeat(100_000)}1]`;
  const tokens = tokenize(text, 30);
  expect(tokens.at(-1)?.end).toBeGreaterThanOrEqual(30);
  expect(tokens.length).toBeLessThan(40);
});

test('a string of megabytes does not take long', () => {
  const started = performance.now();
  check(`{"a":"${'x'.repeat(2_000_000)}", "b": "${'\\'.repeat(200_000)}`);
  expect(performance.now() - started).toBeLessThan(1_000);
});
