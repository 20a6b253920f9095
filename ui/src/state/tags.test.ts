import { describe, expect, it } from 'vitest';
import { digestOf } from '../../tests/graphs';
import type { TagRow } from '../api/bindings';
import { arrange, groupCount, leaders, matcher, sorted, type TagView } from './tags';

/** `order` as the backend would give it, for one-figure versions. */
function row(name: string, image?: string, more: Partial<TagRow> = {}): TagRow {
  const order = `${name === 'latest' ? 'e' : /^\d/.test(name) ? 'c' : 'd'}${name}`;
  return { name, order, platforms: [], ...(image ? { digest: digestOf(image) } : {}), ...more };
}

const signature = (image: string): TagRow =>
  row(`${digestOf(image).replace(':', '-')}.sig`, undefined, {
    order: `a${image}`,
    attached: { subject: digestOf(image), kind: 'signature' },
  });

const VIEW: TagView = { filter: '', grouped: false, attached: false };

function lines(rows: readonly TagRow[], view: Partial<TagView> = {}, order: 'version' | 'date' = 'version') {
  const inOrder = sorted(rows, order);
  return arrange(inOrder, leaders(sorted(rows, 'version')), { ...VIEW, ...view });
}

const names = (...args: Parameters<typeof lines>): string[] =>
  lines(...args).map(({ row: { name } }) => name);

describe('the order', () => {
  const dated = [
    row('1.0', 'a', { date: '2026-01-01T00:00:00Z' }),
    row('2.0', 'b', { date: '2025-01-01T00:00:00Z' }),
    row('latest', 'b'),
  ];

  it('is_by_version_the_newest_first_or_by_date', () => {
    expect(names(dated)).toEqual(['latest', '2.0', '1.0']);
    // What has no date comes last.
    expect(names(dated, {}, 'date')).toEqual(['1.0', '2.0', 'latest']);
  });
});

describe('equal tags', () => {
  const rows = [
    row('latest', 'two'),
    row('2.1', 'two'),
    row('2.0', 'old'),
    row('2', 'two'),
    row('1.0', 'one'),
  ];

  it('are_called_by_their_newest_version', () => {
    expect(lines(rows).map(({ row: { name }, sameAs }) => [name, sameAs])).toEqual([
      ['latest', '2.1'],
      ['2.1', null],
      ['2.0', null],
      ['2', '2.1'],
      ['1.0', null],
    ]);
    expect(groupCount(rows)).toBe(1);
  });

  it('stand_together_when_they_are_grouped', () => {
    expect(lines(rows, { grouped: true }).map(({ row: { name }, part }) => [name, part])).toEqual([
      ['latest', 'first'],
      ['2.1', 'middle'],
      ['2', 'last'],
      ['2.0', null],
      ['1.0', null],
    ]);
  });

  it('are_not_guessed_without_digests', () => {
    const unknown = [row('2'), row('1')];
    expect(
      lines(unknown, { grouped: true }).every(({ part, sameAs }) => part === null && sameAs === null),
    ).toBe(true);
    expect(groupCount(unknown)).toBe(0);
  });
});

describe('what is attached', () => {
  const rows = [row('2.0', 'two'), row('2', 'two'), row('1.0', 'one'), signature('two'), signature('gone')];

  it('is_hidden_at_first', () => {
    expect(names(rows)).toEqual(['2.0', '2', '1.0']);
  });

  it('follows_its_image_or_stands_at_the_end', () => {
    const shown = lines(rows, { attached: true, grouped: true });
    expect(shown.map(({ row: { name, attached }, about }) => (attached ? about : name))).toEqual([
      '2.0',
      '2',
      '2.0',
      '1.0',
      null,
    ]);
    expect(lines(rows, { attached: true })[1]?.about).toBe('2.0');
  });
});

describe('the filter', () => {
  it('takes_every_word_and_the_beginning_of_a_digest', () => {
    const digest = digestOf('x');
    const hex = digest.slice('sha256:'.length);
    const check = (filter: string, matches: boolean): void =>
      expect(matcher(filter)('1.27-Alpine', digest), filter).toBe(matches);
    check('', true);
    check('alpine 1.2', true);
    check('ALP', true);
    check('slim', false);
    check(hex.slice(0, 7), true);
    check(digest, true);
    check(hex.slice(0, 3), false);
    check(hex.slice(1, 9), false);
  });
});

it('a_long_list_is_arranged_in_one_pass', () => {
  // A list that is compared with itself would not end: the time is not measured, only waited for.
  const rows = Array.from({ length: 100_000 }, (_, n) => row(String(n), `image ${n % 5_000}`));
  expect(lines(rows, { grouped: true, attached: true }).length).toBe(100_000);
});
