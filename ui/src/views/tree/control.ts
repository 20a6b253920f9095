import { treeKey, TypeAhead } from '../../graph/keyboard';
import type { Session } from '../../state/session.svelte';
import type { Words } from '../../words/words.svelte';
import { labelOf } from './label';

/** Keys of picture and outline: one set for both. */
export class TreeControl {
  private readonly ahead = new TypeAhead();

  constructor(
    private readonly session: () => Session,
    private readonly words: () => Words,
  ) {}

  /** Does what the key says; false when it means nothing here. */
  key(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const session = this.session();
    const { rows } = session;
    if (event.key.length === 1 && event.key !== ' ') {
      if (event.key === '+' || event.key === '-') return false;
      const found = this.ahead.find(rows, session.selectedKey, event.key, performance.now(), (row) => {
        const parent = rows.find((other) => other.key === row.parent);
        return labelOf(row, parent, this.words()).title;
      });
      if (found !== null) session.select(found);
      return true;
    }
    const action = treeKey(rows, session.selectedKey, event.key);
    if (action.kind === 'none') return event.key.startsWith('Arrow') || event.key === ' ';
    if (action.kind === 'select') {
      session.select(action.key);
    } else {
      const row = rows.find((other) => other.key === action.key);
      if (row) session.toggle(row, action.open);
    }
    return true;
  }
}

/** Gives the focus to the element of a row; the view has scrolled to it already. */
export function focusRow(within: HTMLElement | undefined, key: string | null): void {
  for (const element of within?.querySelectorAll<HTMLElement>('[data-key]') ?? []) {
    if (element.dataset.key === key) element.focus({ preventScroll: true });
  }
}
