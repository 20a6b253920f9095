import { expect, test } from 'vitest';
import type { Event } from '../api/bindings';
import { Asked } from './asked';

const as = (account: string): Event => ({
  kind: 'credential',
  registry: 'r.test',
  account,
  origin: { kind: 'session', key: 'r.test' },
});
const warning: Event = { kind: 'warning', host: 'r.test', text: 'old' };

test('what was told once is said every time, of its own place only', () => {
  const asked = new Asked();
  asked.settle('r.test/a', { events: [warning, as('alice')] });
  const again = { events: [warning] };
  asked.settle('r.test/a', again);
  expect(again.events).toEqual([as('alice'), warning]);
  const other = { events: [] };
  asked.settle('r.test/b', other);
  expect(other.events).toEqual([]);
});

test('what is told anew takes its place', () => {
  const asked = new Asked();
  asked.settle('r.test/a', { events: [as('alice')] });
  asked.settle('r.test/a', { events: [as('bob')] });
  const again: { events: Event[] } = { events: [] };
  asked.settle('r.test/a', again);
  expect(again.events).toEqual([as('bob')]);
});
