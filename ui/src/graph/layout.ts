import { UNFOLDED_IMAGES, type Row } from './outline';

/** The picture's measures in CSS pixels (the 4 px grid of the tokens). */
export interface Measures {
  /** Width of a tag or the first index, of an entry, and the space between columns. */
  root: number;
  entry: number;
  gap: number;
  /** The least width of a part; it takes what is left. */
  part: number;
}

const WIDE: Measures = { root: 172, entry: 184, gap: 40, part: 244 };
const NARROW: Measures = { root: 148, entry: 168, gap: 24, part: 216 };
/** Below this width the columns move together. */
const NARROW_BELOW = WIDE.root + WIDE.entry + 2 * WIDE.gap + WIDE.part;

const TAG = 46;
const INDEX = 66;
const ENTRY = 50;
const PART = 46;
const FOLDED = 28;
const BETWEEN_PARTS = 6;
const BETWEEN_ENTRIES = 24;
const BETWEEN_FOLDED = 10;
const TAG_TO_INDEX = 44;
const RECORD_INDENT = 20;
/** Where the entry's middle is, below the top of its first part: between the first two. */
const ENTRY_MIDDLE = PART + BETWEEN_PARTS / 2;
/** What an entry that is being read will need at least: it does not jump when its parts arrive. */
const RESERVED = 2 * PART + BETWEEN_PARTS;

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A strip that stands for the parts of a folded entry. */
export interface Strip extends Box {
  /** Which row it belongs to. */
  row: number;
}

export interface Span {
  top: number;
  bottom: number;
}

export interface Layout {
  /** By the row's index. */
  boxes: readonly Box[];
  /** Parent's index by the row's index; -1 at a root. */
  parents: readonly number[];
  /** Indices of rows by column, each sorted by y: what the window is searched in. */
  lanes: readonly (readonly number[])[];
  strips: ReadonlyMap<number, Strip>;
  /** From where to where a row's own part of the picture reaches, by the row's index. */
  spans: readonly Span[];
  width: number;
  height: number;
}

export interface LayoutOptions {
  /** What there is of room, at zoom 1. */
  width: number;
  /** Keeps room for the parts of entries that are not read yet. */
  reserve?: boolean;
}

/** Where every row stands. Linear in the number of rows. */
export function layout(rows: readonly Row[], { width, reserve = false }: LayoutOptions): Layout {
  const measures = width < NARROW_BELOW ? NARROW : WIDE;
  const parents = parentsOf(rows);
  const children = childrenOf(rows, parents);
  const boxes: Box[] = new Array<Box>(rows.length);
  const lanes = new Map<string, number[]>();
  const strips = new Map<number, Strip>();
  const spans: Span[] = new Array<Span>(rows.length);

  const columnOf = (row: Row): number =>
    row.place === 'root' || row.node.role === 'index' ? row.depth : Math.max(row.depth, 1);
  const entryX = (column: number): number =>
    column === 0 ? 0 : measures.root + measures.gap + (column - 1) * (measures.entry + measures.gap);
  let deepest = 1;
  for (const row of rows) if (!isPart(row)) deepest = Math.max(deepest, columnOf(row));
  const partWidth = Math.max(measures.part, width - entryX(deepest + 1));

  function put(i: number, lane: string, box: Box): void {
    boxes[i] = box;
    const list = lanes.get(lane);
    if (list) list.push(i);
    else lanes.set(lane, [i]);
  }

  /** Lays out a row and everything under it from `y` down; says where it ends. */
  function place(i: number, y: number): number {
    const row = rows[i];
    if (!row) return y;
    const end =
      row.node.role === 'tag'
        ? placeTag(i, y)
        : row.node.role === 'index' && row.place !== 'more'
          ? placeIndex(i, y, row)
          : placeEntry(i, y, row);
    spans[i] = { top: y, bottom: end };
    return end;
  }

  function placeTag(i: number, y: number): number {
    const below = children[i] ?? [];
    // The tag comes first in its lane, so it is put before its children and moved after.
    put(i, 'c0', { x: 0, y, width: measures.root, height: TAG });
    const child = below[0];
    const first = child === undefined ? undefined : rows[child];
    if (child === undefined || !first) return y + TAG;
    if (first.node.role !== 'index') {
      const end = stack(below, y);
      setY(i, middleOf(child) - TAG / 2);
      return Math.max(end, y + TAG);
    }
    const end = stack(below, y);
    const top = Math.max(y, (boxes[child]?.y ?? y) - TAG_TO_INDEX - TAG);
    setY(i, top);
    const shift = top + TAG + TAG_TO_INDEX - (boxes[child]?.y ?? 0);
    if (shift > 0) setY(child, top + TAG + TAG_TO_INDEX);
    return Math.max(end, bottomOf(child));
  }

  function placeIndex(i: number, y: number, row: Row): number {
    const column = columnOf(row);
    const below = children[i] ?? [];
    put(i, `c${column}`, {
      x: entryX(column),
      y,
      width: column === 0 ? measures.root : measures.entry,
      height: INDEX,
    });
    if (below.length === 0) return y + INDEX;
    const end = stack(below, y);
    // Centred on the middle entry; a long list has its index at the top.
    const entries = below.filter((c) => rows[c]?.place === 'entry');
    const middle = entries[Math.floor((entries.length - 1) / 2)] ?? below[0];
    if (middle !== undefined && entries.length <= UNFOLDED_IMAGES)
      setY(i, Math.max(y, middleOf(middle) - INDEX / 2));
    return Math.max(end, bottomOf(i));
  }

  function stack(list: readonly number[], y: number): number {
    let at = y;
    list.forEach((child, n) => {
      const before = list[n - 1];
      if (before !== undefined) at += isOpen(before) || isOpen(child) ? BETWEEN_ENTRIES : BETWEEN_FOLDED;
      at = place(child, at);
    });
    return at;
  }

  function isOpen(i: number): boolean {
    const row = rows[i];
    return row !== undefined && row.place !== 'more' && (row.expanded || (reserve && row.unread));
  }

  function placeEntry(i: number, y: number, row: Row): number {
    const column = columnOf(row);
    const x = entryX(column);
    const parts = children[i] ?? [];
    const box: Box = { x, y, width: measures.entry, height: row.place === 'more' ? FOLDED : ENTRY };
    put(i, `c${column}`, box);
    if (row.place === 'more') return y + FOLDED;
    const partX = entryX(column + 1);
    if (parts.length === 0) {
      if (reserve && row.unread) {
        setY(i, y + ENTRY_MIDDLE - ENTRY / 2);
        return y + RESERVED + (row.folded?.records ?? 0) * (BETWEEN_PARTS + FOLDED);
      }
      if (row.folded || row.unread) {
        strips.set(i, { x: partX, y: y + (ENTRY - FOLDED) / 2, width: partWidth, height: FOLDED, row: i });
      }
      return y + ENTRY;
    }
    const only = parts.length === 1;
    let at = only ? y + (ENTRY - PART) / 2 : y;
    parts.forEach((part, n) => {
      if (n > 0) at += BETWEEN_PARTS;
      at = placePart(part, at, partX, partWidth, column);
    });
    const middle = only ? at - PART / 2 : y + Math.min(ENTRY_MIDDLE, (at - y) / 2);
    setY(i, Math.max(y, middle - ENTRY / 2));
    return Math.max(at, bottomOf(i));
  }

  /** A config, a layer, or a record with its own parts set in under it. */
  function placePart(i: number, y: number, x: number, wide: number, column: number): number {
    const row = rows[i];
    const parts = children[i] ?? [];
    const height = row?.place === 'record' && !row.expanded ? FOLDED : PART;
    put(i, `p${column}`, { x, y, width: wide, height });
    let at = y + height;
    for (const part of parts)
      at = placePart(part, at + BETWEEN_PARTS, x + RECORD_INDENT, wide - RECORD_INDENT, column);
    spans[i] = { top: y, bottom: at };
    return at;
  }

  function setY(i: number, y: number): void {
    const box = boxes[i];
    if (box) box.y = y;
  }
  const middleOf = (i: number): number => (boxes[i]?.y ?? 0) + (boxes[i]?.height ?? 0) / 2;
  const bottomOf = (i: number): number => (boxes[i]?.y ?? 0) + (boxes[i]?.height ?? 0);

  let y = 0;
  rows.forEach((row, i) => {
    if (row.parent !== null) return;
    if (i > 0) y += BETWEEN_ENTRIES;
    y = place(i, y);
  });
  for (const lane of lanes.values()) lane.sort((a, b) => (boxes[a]?.y ?? 0) - (boxes[b]?.y ?? 0));
  const right = rows.length === 0 ? 0 : entryX(deepest + 1) + partWidth;
  return { boxes, parents, lanes: [...lanes.values()], strips, spans, width: right, height: y };
}

function isPart(row: Row): boolean {
  return row.place === 'part' || row.place === 'record-part' || row.place === 'record';
}

/** Rows come parent first, so one stack is enough. */
function parentsOf(rows: readonly Row[]): number[] {
  const open: number[] = [];
  return rows.map((row, i) => {
    open.length = row.level - 1;
    const parent = open[row.level - 2] ?? -1;
    open[row.level - 1] = i;
    return parent;
  });
}

function childrenOf(rows: readonly Row[], parents: readonly number[]): number[][] {
  const children: number[][] = rows.map(() => []);
  parents.forEach((parent, i) => children[parent]?.push(i));
  return children;
}

/** What a lane shows between two heights, and one more at either side for the lines that leave. */
export function laneWindow(
  layout: Layout,
  lane: readonly number[],
  top: number,
  bottom: number,
): readonly number[] {
  const boxes = layout.boxes;
  const first = lowerBound(lane, (i) => (boxes[i]?.y ?? 0) + (boxes[i]?.height ?? 0) > top);
  const last = lowerBound(lane, (i) => (boxes[i]?.y ?? 0) >= bottom);
  return lane.slice(Math.max(0, first - 1), last + 1);
}

/** Indices of the rows to draw between two heights. */
export function visibleRows(layout: Layout, top: number, bottom: number): number[] {
  return layout.lanes.flatMap((lane) => laneWindow(layout, lane, top, bottom)).sort((a, b) => a - b);
}

/** First place of a sorted list at which `holds` becomes true. */
function lowerBound(list: readonly number[], holds: (item: number) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const CORNER = 6;

/** Horizontal, vertical, horizontal with round corners; straight where the heights agree. */
export function wire(from: Box, to: Box): string {
  // A tag stands above its index.
  if (to.x <= from.x && to.y >= from.y + from.height) {
    const x = Math.round(from.x + from.width / 2) + 0.5;
    return `M${x} ${from.y + from.height}V${to.y}`;
  }
  const x1 = from.x + from.width;
  const x2 = to.x;
  const y1 = half(from.y + from.height / 2);
  const y2 = half(to.y + to.height / 2);
  if (Math.abs(y2 - y1) < 1) return `M${x1} ${y1}H${x2}`;
  const turn = half((x1 + x2) / 2 - 1);
  const r = Math.min(CORNER, Math.abs(y2 - y1) / 2);
  const down = y2 > y1 ? 1 : -1;
  return `M${x1} ${y1}H${turn - r}Q${turn} ${y1} ${turn} ${y1 + down * r}V${y2 - down * r}Q${turn} ${y2} ${turn + r} ${y2}H${x2}`;
}

/** From a record down to a part that is set in under it. */
export function branch(from: Box, to: Box): string {
  const x = Math.round(from.x + RECORD_INDENT / 2) + 0.5;
  const y = half(to.y + to.height / 2);
  return `M${x} ${from.y + from.height}V${y - CORNER}Q${x} ${y} ${x + CORNER} ${y}H${to.x}`;
}

function half(y: number): number {
  return Math.round(y) + 0.5;
}
