/** Rows from `first` up to, and without, `end`. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
}

/** Rows above and below what is seen, so that a quick hand finds them drawn. */
const AROUND = 8;

/** Which of `count` rows, each `row` high, are seen when `height` is scrolled to `top`. */
export function rowsInSight(top: number, height: number, row: number, count: number): RowWindow {
  const first = Math.max(0, Math.min(count, Math.floor(top / row)) - AROUND);
  const end = Math.min(count, Math.ceil((Math.max(0, top) + height) / row) + AROUND);
  return { first, end: Math.max(first, end) };
}

/** Where to scroll so that row `at` is seen below a head of `head`; where it is seen already, `top`. */
export function scrollTo(at: number, top: number, height: number, row: number, head: number): number {
  const start = at * row;
  if (start < top) return start;
  const room = height - head;
  return start + row > top + room ? start + row - room : top;
}

/** The row to go to from `at`; headings are passed over. -1 when there is none. */
export function rowForKey(
  key: string,
  at: number,
  count: number,
  page: number,
  skip: (at: number) => boolean = () => false,
): number {
  const near = (from: number, step: 1 | -1): number => {
    for (let i = from; i >= 0 && i < count; i += step) if (!skip(i)) return i;
    return -1;
  };
  const target = (from: number, step: 1 | -1): number => {
    const wanted = Math.max(0, Math.min(count - 1, from));
    const found = near(wanted, step);
    return found >= 0 ? found : near(wanted, step === 1 ? -1 : 1);
  };
  if (count === 0) return -1;
  switch (key) {
    case 'ArrowDown':
      return target(at + 1, 1);
    case 'ArrowUp':
      return target(at < 0 ? 0 : at - 1, -1);
    case 'Home':
      return target(0, 1);
    case 'End':
      return target(count - 1, -1);
    case 'PageDown':
      return target(at + page, 1);
    case 'PageUp':
      return target(at - page, -1);
    default:
      return -1;
  }
}
