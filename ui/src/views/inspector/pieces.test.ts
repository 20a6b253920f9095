import { expect, test } from 'vitest';
import { isOneLine, piecesOf } from './pieces';

const DIGEST = `sha256:${'ab'.repeat(32)}`;

function check(text: string, digest?: string): string {
  const start = digest === undefined ? -1 : text.indexOf(digest);
  const spans =
    digest === undefined ? [] : [{ start, end: start + digest.length, digest, node: `layer:${digest}` }];
  const pieces = piecesOf(text, spans);
  expect(pieces.map((piece) => piece.raw).join('')).toBe(text);
  return pieces
    .filter((piece) => piece.kind !== 'quiet')
    .map((piece) => `${piece.kind}(${piece.shown})`)
    .join('');
}

test('a digest that is a node is a link inside its string', () => {
  expect(check(`{"digest": "${DIGEST}", "size": 5}`, DIGEST)).toBe(`value(")link(${DIGEST})value(")value(5)`);
});

test('a digest that is no node is text', () => {
  const text = `{"digest": "${DIGEST}"}`;
  expect(piecesOf(text, [{ start: 12, end: 83, digest: DIGEST }]).some(({ kind }) => kind === 'link')).toBe(
    false,
  );
});

test('characters that cannot be seen are written out, and their bytes kept', () => {
  const shown = check('{"a": "x\u202ey\u0000"}');
  expect(shown).toContain('hidden(');
  expect(shown).not.toContain('\u202e');
});

test('line ends and tabs between tokens stay as they are', () => {
  expect(piecesOf('{\r\n\t"a": 1\n}', []).some(({ kind }) => kind === 'hidden')).toBe(false);
});

test('values that look like secrets are masked, wherever they stand', () => {
  expect(check('{"Env": ["PATH=/bin", "API_KEY=hunter2"]}')).toContain('secret(hunter2)');
  expect(check('{"password": "hunter2"}')).toContain('secret(hunter2)');
  expect(check('{"digest": "hello"}')).not.toContain('secret');
});

test('neighbours that look alike are one element', () => {
  expect(piecesOf('{"a":1,"b":2}', []).length).toBe(5);
});

test('spans that lie outside or overlap do no harm', () => {
  const text = `{"digest": "${DIGEST}"}`;
  const pieces = piecesOf(text, [
    { start: 2, end: 500, digest: DIGEST, node: 'x' },
    { start: 13, end: 20, digest: DIGEST, node: 'x' },
    { start: 14, end: 22, digest: DIGEST, node: 'x' },
  ]);
  expect(pieces.map((piece) => piece.raw).join('')).toBe(text);
});

test('what is shown in part is a beginning of the document', () => {
  const text = `[${'"abc", '.repeat(2_000)}1]`;
  const part = piecesOf(text, [], { until: 1_000 })
    .map((piece) => piece.raw)
    .join('');
  expect(text.startsWith(part)).toBe(true);
  expect(part.length).toBeGreaterThanOrEqual(1_000);
  expect(part.length).toBeLessThan(1_100);
});

test('line breaks are drawn for a document in one line, and are no part of it', () => {
  const text = '{"a":{},"b":[1,{"c":"d"}],"e":[]}';
  const pieces = piecesOf(text, [], { addsBreaks: true });
  expect(pieces.map((piece) => piece.raw).join('')).toBe(text);
  const lines = pieces
    .map((piece) => (piece.kind === 'break' ? `\n${'  '.repeat(piece.depth ?? 0)}` : piece.raw))
    .join('');
  expect(lines).toBe('{\n  "a":{},\n  "b":[\n    1,\n    {\n      "c":"d"\n    }\n  ],\n  "e":[]\n}');
});

test('only a document without line ends of its own is in one line', () => {
  const long = `"${'x'.repeat(200)}"`;
  expect(isOneLine(`{"a":${long}}`)).toBe(true);
  expect(isOneLine(`{"a":${long}}\n`)).toBe(true);
  expect(isOneLine(`{\n  "a": ${long}\n}`)).toBe(false);
  expect(isOneLine('{}')).toBe(false);
});
