import { describe, expect, it } from 'vitest';
import { wide } from '../../tests/graphs';
import { treeKey, TypeAhead } from './keyboard';
import { outline } from './outline';

const rows = outline(wide(2, 2).graph(), new Map());
const key = (i: number): string => rows.at(i)!.key;

function check(from: number, pressed: string, to: number): void {
  expect(treeKey(rows, key(from), pressed), pressed).toEqual({ kind: 'select', key: key(to) });
}

describe('treeKey', () => {
  it('arrows_and_ends_move', () => {
    check(0, 'ArrowDown', 1);
    check(1, 'ArrowUp', 0);
    check(0, 'ArrowUp', 0);
    check(-1, 'ArrowDown', -1);
    check(3, 'Home', 0);
    check(3, 'End', -1);
    check(0, 'PageDown', -1);
  });

  it('right_goes_in_and_left_goes_out', () => {
    check(2, 'ArrowRight', 3);
    check(3, 'ArrowLeft', 2);
    expect(treeKey(rows, key(2), 'ArrowLeft')).toEqual({ kind: 'toggle', key: key(2), open: false });
    expect(treeKey(rows, key(3), 'ArrowRight')).toEqual({ kind: 'none' });
  });

  it('enter_folds_and_unfolds', () => {
    expect(treeKey(rows, key(2), 'Enter')).toEqual({ kind: 'toggle', key: key(2), open: false });
    expect(treeKey(rows, key(3), 'Enter')).toEqual({ kind: 'none' });
  });

  it('an_empty_tree_does_nothing', () => {
    expect(treeKey([], null, 'ArrowDown')).toEqual({ kind: 'none' });
  });
});

describe('TypeAhead', () => {
  const words = (row: (typeof rows)[number]): string => row.node.platform?.architecture ?? row.node.role;

  it('letters_in_a_row_are_one_word', () => {
    const ahead = new TypeAhead();
    expect(ahead.find(rows, key(0), 'a', 0, words)).toBe(key(2));
    expect(ahead.find(rows, key(2), '1', 100, words)).toBe(rows.find((row) => words(row) === 'a1')?.key);
  });

  it('after_a_pause_it_begins_again_and_goes_round', () => {
    const ahead = new TypeAhead();
    expect(ahead.find(rows, key(-1), 't', 0, words)).toBe(key(0));
    expect(ahead.find(rows, key(0), 'i', 2000, words)).toBe(key(1));
    expect(ahead.find(rows, key(0), 'x', 4000, words)).toBeNull();
  });
});
