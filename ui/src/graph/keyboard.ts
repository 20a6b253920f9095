import type { Row } from './outline';

/** What a key does in a tree (WAI-ARIA APG, "Tree View" and "Treegrid"). */
export type TreeAction =
  { kind: 'select'; key: string } | { kind: 'toggle'; key: string; open: boolean } | { kind: 'none' };

const NONE: TreeAction = { kind: 'none' };

/** The action for a key pressed on the row `current`. */
export function treeKey(rows: readonly Row[], current: string | null, pressed: string): TreeAction {
  const at = rows.findIndex((row) => row.key === current);
  const row = rows[at];
  const select = (target: Row | undefined): TreeAction =>
    target ? { kind: 'select', key: target.key } : NONE;
  switch (pressed) {
    case 'ArrowDown':
      return select(rows[Math.min(at + 1, rows.length - 1)]);
    case 'ArrowUp':
      return select(rows[Math.max(at - 1, 0)]);
    case 'Home':
      return select(rows[0]);
    case 'End':
      return select(rows.at(-1));
    case 'PageDown':
      return select(rows[Math.min(at + 10, rows.length - 1)]);
    case 'PageUp':
      return select(rows[Math.max(at - 10, 0)]);
    case 'ArrowRight':
      if (!row) return select(rows[0]);
      if (row.expandable && !row.expanded) return { kind: 'toggle', key: row.key, open: true };
      return row.expanded && rows[at + 1]?.parent === row.key ? select(rows[at + 1]) : NONE;
    case 'ArrowLeft':
      if (row?.expanded) return { kind: 'toggle', key: row.key, open: false };
      return select(rows.find((other) => other.key === row?.parent));
    case 'Enter':
    case ' ':
      if (row && (row.expandable || row.place === 'more'))
        return { kind: 'toggle', key: row.key, open: !row.expanded };
      return NONE;
    default:
      return NONE;
  }
}

/** How long letters count as one word. */
const WORD_MS = 700;

/** Letters typed on a tree or a list: goes to the next row whose words begin with them. */
export class TypeAhead {
  private typed = '';
  private last = -Infinity;

  find<R extends { readonly key: string }>(
    rows: readonly R[],
    current: string | null,
    letter: string,
    now: number,
    words: (row: R) => string,
  ): string | null {
    const again = now - this.last > WORD_MS;
    this.typed = (again ? '' : this.typed) + letter.toLowerCase();
    this.last = now;
    const at = Math.max(
      0,
      rows.findIndex((row) => row.key === current),
    );
    // A new word looks past the current row, a longer word may stay.
    const start = this.typed.length === 1 ? at + 1 : at;
    for (let step = 0; step < rows.length; step += 1) {
      const row = rows[(start + step) % rows.length];
      if (row && words(row).toLowerCase().startsWith(this.typed)) return row.key;
    }
    return null;
  }
}
