import { describe, expect, it } from 'vitest';
import { rowForKey, rowsInSight, scrollTo } from './window';

describe('rows in sight', () => {
  it('are_those_seen_and_a_few_around', () => {
    expect(rowsInSight(0, 280, 28, 100_000)).toEqual({ first: 0, end: 18 });
    expect(rowsInSight(28_000, 280, 28, 100_000)).toEqual({ first: 992, end: 1018 });
    // The drawn part does not grow with the list.
    const { first, end } = rowsInSight(1_400_000, 600, 28, 100_000);
    expect(end - first).toBeLessThan(40);
  });

  it('never_leave_the_list', () => {
    expect(rowsInSight(2_800_000, 280, 28, 100_000).end).toBe(100_000);
    // A list that became shorter than it was scrolled to.
    expect(rowsInSight(28_000, 280, 28, 5)).toEqual({ first: 0, end: 5 });
    expect(rowsInSight(0, 280, 28, 0)).toEqual({ first: 0, end: 0 });
    expect(rowsInSight(-40, 280, 28, 100)).toEqual({ first: 0, end: 18 });
  });
});

describe('scrolling to a row', () => {
  it('goes_as_little_as_needed', () => {
    expect(scrollTo(5, 0, 308, 28, 28)).toBe(0);
    expect(scrollTo(10, 0, 308, 28, 28)).toBe(28);
    expect(scrollTo(3, 280, 308, 28, 28)).toBe(84);
  });
});

describe('keys', () => {
  const check = (key: string, at: number, to: number, skip?: (at: number) => boolean): void =>
    expect(rowForKey(key, at, 100, 10, skip), `${key} from ${at}`).toBe(to);

  it('move_and_stop_at_the_ends', () => {
    check('ArrowDown', -1, 0);
    check('ArrowDown', 99, 99);
    check('ArrowUp', 0, 0);
    check('ArrowUp', -1, 0);
    check('Home', 50, 0);
    check('End', 50, 99);
    check('PageDown', 95, 99);
    check('PageUp', 50, 40);
    check('x', 50, -1);
    expect(rowForKey('ArrowDown', -1, 0, 10)).toBe(-1);
  });

  it('pass_over_headings', () => {
    const heading = (at: number): boolean => at === 0 || at === 5;
    check('Home', 50, 1, heading);
    check('ArrowDown', 4, 6, heading);
    check('ArrowUp', 6, 4, heading);
    check('ArrowUp', 1, 1, heading);
    check('PageUp', 15, 4, heading);
  });
});
