import { describe, expect, it } from 'vitest';
import vectors from '../../../tests/vectors/visible.json';
import * as format from './format';
import { visible } from './visible';
import { Words } from './words.svelte';

describe('format', () => {
  it('sizes_have_three_figures', () => {
    const check = (bytes: number, text: string): void => expect(format.size(bytes)).toBe(text);
    check(0, '0 B');
    check(999, '999 B');
    check(1000, '1.00 kB');
    check(21688, '21.7 kB');
    check(999_499, '999 kB');
    check(999_500, '1.00 MB');
    check(112_700_000, '113 MB');
    check(9_994, '9.99 kB');
    check(9_996, '10.0 kB');
    check(99_950, '100 kB');
    check(5e12, '5.00 TB');
  });

  it('numbers_are_grouped_and_dates_are_utc', () => {
    expect(format.count(21688)).toBe('21,688');
    expect(format.count(7)).toBe('7');
    expect(format.date(1_795_508_300)).toBe('2026-11-24 08:18:20 UTC');
    expect(format.date(-62_135_596_800)).toBe('0001-01-01 00:00:00 UTC');
  });

  it('of_a_long_list_the_first_are_named', () => {
    const many = Array.from({ length: 1500 }, (_, n) => String(n));
    expect(format.list(many, 'en')).toBe('0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, … (+1,488)');
    expect(format.list(['a', 'b'], 'ja')).toBe('a、b');
  });

  it('digests_are_short_and_platforms_whole', () => {
    expect(format.shortDigest('sha256:d7be6e1e41655f78')).toBe('d7be6e1e4165');
    expect(format.shortDigest('d7be6e1e41655f78', 7)).toBe('d7be6e1');
    expect(format.platform({ os: 'linux', architecture: 'arm64', variant: 'v8' })).toBe('linux/arm64/v8');
    expect(format.platform({ os: 'windows', architecture: 'amd64', osVersion: '10.0.20348' })).toBe(
      'windows(10.0.20348)/amd64',
    );
  });
});

describe('visible', () => {
  it('agrees_with_the_core_on_every_vector', () => {
    expect(vectors.length).toBeGreaterThan(8);
    for (const [text = '', expected] of vectors) expect(visible(text)).toBe(expected);
  });
});

describe('Words', () => {
  it('speaks_both_languages', () => {
    const words = new Words('en');
    expect(words.say('tree-index-entries-records', { images: 3, records: 1 })).toBe(
      '3 platforms, 1 build record',
    );
    words.language = 'ja';
    expect(words.say('tree-index-entries-records', { images: 3, records: 1 })).toBe('環境3、ビルド記録1');
  });

  it('formats_sizes_in_sentences', () => {
    const words = new Words('en');
    expect(words.say('tree-reading', { read: 4770, known: 8380 })).toBe('Read 4.77 kB of 8.38 kB');
  });

  it('what_comes_from_outside_is_made_visible', () => {
    const words = new Words('en');
    expect(words.say('status-account', { account: 'a\u202eb' })).toBe('As a⟨U+202E⟩b');
  });

  it('tells_a_tagged_value_by_its_kind', () => {
    const words = new Words('en');
    expect(words.tell('headline', { kind: 'index-empty' })).toBe('This index lists nothing.');
    expect(words.tell('problem', { kind: 'unheard-of' })).toBe('problem-unheard-of');
  });

  it('what_is_not_known_is_the_word_none_as_in_the_core', () => {
    const words = new Words('en');
    const told = (prefix: string, value: { kind: string }, attribute?: string): string =>
      words.tell(prefix, value, attribute);
    expect(told('irregularity', { kind: 'over-limit', limit: 4e6, size: null } as never, 'detail')).toBe(
      'Documents of its kind are far smaller.',
    );
    expect(told('problem', { kind: 'tls-untrusted', host: 'r.test', issuer: null } as never)).toBe(
      'The certificate of r.test is from an authority that this machine does not trust.',
    );
    expect(told('problem', { kind: 'token-failed', host: 't.test', status: null } as never)).toBe(
      'The token server t.test gave an answer that cannot be used.',
    );
    words.language = 'ja';
    for (const field of [null, undefined])
      expect(told('problem', { kind: 'token-failed', host: 't.test', status: field } as never)).not.toMatch(
        /none|null|undefined|\{\$/,
      );
  });
});
