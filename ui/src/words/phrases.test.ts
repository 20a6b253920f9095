import { expect, test } from 'vitest';
import { phrasesOf } from './phrases';

const check = (text: string, ...phrases: string[]): void => {
  expect(phrasesOf(text, 'ja')).toEqual(phrases);
};

test('a line ends between phrases, not inside words', () => {
  check('レイヤーは2枚です。', 'レイヤーは', '2枚です。');
  check('行われません。どのマシンも', '行われません。', 'どの', 'マシンも');
  check('設計書（マニフェスト）がありません。', '設計書', '（マニフェスト）がありません。');
  check('「docker pull」しても失敗する', '「docker pull」しても', '失敗する');
});

test('nothing is lost, and other languages are left alone', () => {
  const text = '10行の「unknown/unknown」はビルド記録です。 linux/amd64 用。';
  expect(phrasesOf(text, 'ja').join('')).toBe(text);
  expect(phrasesOf('One tag, 3 platforms.', 'en')).toEqual(['One tag, 3 platforms.']);
});
