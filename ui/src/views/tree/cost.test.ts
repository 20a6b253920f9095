import { expect, test } from 'vitest';
import { isCostly } from './cost';

test('many pulls are asked for, and few where few are left', () => {
  const check = (pulls: number, left: number | undefined, costly: boolean): void =>
    expect(isCostly(pulls, left), `${pulls} of ${left}`).toBe(costly);
  check(1, undefined, false);
  check(4, 100, false);
  check(5, 100, true);
  check(12, undefined, true);
  check(1, 3, true);
  check(1, 0, true);
});
