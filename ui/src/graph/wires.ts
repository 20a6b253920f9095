import type { NodeId } from '../api/bindings';
import { branch, wire, type Box, type Layout } from './layout';
import type { Row } from './outline';

/** A line from what names to what is named. */
export interface Wire {
  key: string;
  d: string;
  look: 'plain' | 'hot' | 'note' | 'stub' | 'missing';
}

/** The lines of the rows that are drawn; those of the selected path come last, on top. */
export function wires(
  plan: Layout,
  rows: readonly Row[],
  drawn: readonly number[],
  path: ReadonlySet<string>,
  boxOf: (i: number) => Box | undefined,
): Wire[] {
  const plain: Wire[] = [];
  const hot: Wire[] = [];
  for (const i of drawn) {
    const row = rows[i];
    const strip = plan.strips.get(i);
    const box = boxOf(i);
    if (!row || !box) continue;
    if (strip) plain.push({ key: `${row.key}//`, d: wire(box, strip), look: 'stub' });
    const p = plan.parents[i] ?? -1;
    const parent = rows[p];
    const from = boxOf(p);
    if (!parent || !from) continue;
    const d =
      row.place === 'record-part' && parent.place === 'record' && box.x < from.x + from.width
        ? branch(from, box)
        : wire(from, box);
    if (path.has(row.key)) hot.push({ key: row.key, d, look: 'hot' });
    else plain.push({ key: row.key, d, look: lookOf(row) });
  }
  return [...plain, ...hot];
}

function lookOf(row: Row): Wire['look'] {
  if (row.node.role === 'missing') return 'missing';
  if (row.place === 'record' || row.place === 'record-part' || row.node.role === 'attestation') return 'note';
  if (row.place === 'more') return 'stub';
  return row.unread ? 'stub' : 'plain';
}

/** The line at the end that joins all occurrences of a shared part. */
export function rail(plan: Layout, rows: readonly Row[], id: NodeId, gutter: number): string {
  const boxes = rows.flatMap((row, i) =>
    row.node.id === id && row.place !== 'more' ? (plan.boxes[i] ?? []) : [],
  );
  if (boxes.length < 2) return '';
  const x = Math.round(Math.max(...boxes.map((box) => box.x + box.width)) + gutter / 2);
  const middles = boxes.map((box) => Math.round(box.y + box.height / 2));
  const ticks = boxes.map((box, n) => `M${box.x + box.width + 2} ${middles[n]}H${x}`);
  return `M${x} ${Math.min(...middles)}V${Math.max(...middles)}${ticks.join('')}`;
}

/**
 * What names something that is in sight stays in sight itself: within its own part of the picture it
 * is held at the edge. Returns the boxes of the rows that are held.
 */
export function held(
  plan: Layout,
  rows: readonly Row[],
  seen: readonly number[],
  top: number,
  bottom: number,
): Map<number, Box> {
  const boxes = new Map<number, Box>();
  if (bottom <= top) return boxes;
  const names = new Set<number>();
  for (const i of seen) {
    for (let p = plan.parents[i] ?? -1; p >= 0 && !names.has(p); p = plan.parents[p] ?? -1) names.add(p);
  }
  // Outermost last: a tag follows what it names.
  for (const i of [...names].sort((a, b) => b - a)) {
    const row = rows[i];
    const box = plan.boxes[i];
    const span = plan.spans[i];
    if (!row || !box || !span || row.place === 'record') continue;
    if (row.node.role === 'tag') {
      const named = boxes.get(i + 1);
      const before = plan.boxes[i + 1];
      if (named && before) boxes.set(i, { ...box, y: box.y + named.y - before.y });
      continue;
    }
    const above = row.depth === 0 && row.node.role === 'index' ? box.y - (plan.boxes[i - 1]?.y ?? box.y) : 0;
    const y = clampTo(box, span, top + Math.min(HELD_MARGIN, Math.max(0, top)) + above, bottom - HELD_MARGIN);
    if (y !== box.y) boxes.set(i, { ...box, y });
  }
  return boxes;
}

/** Where a box stands that may not leave the window nor its own span. */
function clampTo(box: Box, span: { top: number; bottom: number }, top: number, bottom: number): number {
  if (box.y < top) return Math.max(box.y, Math.min(top, span.bottom - box.height));
  if (box.y + box.height > bottom) return Math.min(box.y, Math.max(bottom - box.height, top, span.top));
  return box.y;
}

const HELD_MARGIN = 4;
