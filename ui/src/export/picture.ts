import { layout, type Box } from '../graph/layout';
import type { Graph } from '../graph/merge';
import type { Row } from '../graph/outline';
import { rail, wires, type Wire } from '../graph/wires';
import { labelOf } from '../views/tree/label';
import { entriesOf, headlineOf, largestPart, severities, sizeOf } from '../views/tree/model';
import type { Words } from '../words/words.svelte';
import { type CardContent, drawCard } from './card';
import { Marks } from './marks';
import type { Palette } from './palette';
import { type Measure, element, escaped, fitted } from './svg';

/** What is on screen: the same rows, the same places. */
export interface Scene {
  readonly graph: Graph;
  readonly rows: readonly Row[];
  /** Keys of the rows from the root to the selection. */
  readonly path: ReadonlySet<string>;
  readonly selectedKey: string | null;
  /** What was opened, as the window shows it. */
  readonly shown: string;
  /** The width of the view. */
  readonly width: number;
}

export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

const MARGIN = 24;
const HEAD = 64;
const GUTTER = 16;
const NARROWEST = 640;

/** The tree as a picture that stands alone: no style sheet, no script, no font but the system's. */
export function pictureOf(scene: Scene, words: Words, palette: Palette, measure: Measure): Picture {
  const { rows, graph } = scene;
  const plan = layout(rows, { width: Math.max(scene.width, NARROWEST) });
  const all = rows.map((_, i) => i);
  const boxOf = (i: number): Box | undefined => plan.boxes[i];
  const marks = new Marks(palette);
  const contents = contentsOf(scene, words, plan.parents);

  const lines = wires(plan, rows, all, scene.path, boxOf).map((wire) => drawWire(wire, palette));
  const selected = rows.find((row) => row.key === scene.selectedKey);
  const joined = selected && selected.users > 1 ? rail(plan, rows, selected.node.id, GUTTER) : '';
  if (joined) lines.push(element('path', { d: joined, stroke: palette.role.layer, 'stroke-width': 2 }));

  const cards = all.map((i) => {
    const box = boxOf(i);
    const content = contents[i];
    return box && content ? drawCard(content, box, palette, marks, measure) : '';
  });
  const strips = [...plan.strips.values()].map((strip) => drawStrip(strip, rows[strip.row], words, palette));

  const width = plan.width + 2 * MARGIN;
  const height = plan.height + HEAD + 2 * MARGIN;
  const headline = headlineOf(graph, words);
  const body =
    element('title', {}, escaped(words.say('tree-label', { reference: scene.shown }))) +
    element('desc', {}, escaped(headline || 'Kaibo')) +
    element('defs', {}, marks.defs || ' ') +
    element('rect', { width, height, fill: palette.ground }) +
    drawHead(headline, scene.shown, width - 2 * MARGIN, palette, measure) +
    element(
      'g',
      { transform: `translate(${MARGIN} ${MARGIN + HEAD})` },
      element('g', { fill: 'none', stroke: palette.line3 }, lines.join('') || ' ') +
        strips.join('') +
        cards.join(''),
    );
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      lang: words.language,
      'font-family': palette.fontUi,
      role: 'img',
    },
    body,
  );
  return { svg: `<?xml version="1.0" encoding="UTF-8"?>\n${svg}\n`, width, height };
}

/** What stands on each card: the same words as on screen. */
function contentsOf(scene: Scene, words: Words, parents: readonly number[]): CardContent[] {
  const { rows, graph } = scene;
  const largest = largestPart(graph);
  const worst = severities(graph.findings);
  const selected = rows.find((row) => row.key === scene.selectedKey);
  return rows.map((row, i): CardContent => {
    const isSelected = row.key === scene.selectedKey;
    const bytes = sizeOf(graph, row);
    const severity = row.place === 'more' ? undefined : worst.get(row.node.id);
    return {
      row,
      label: labelOf(row, rows[parents[i] ?? -1], words),
      size: bytes === undefined || row.place === 'more' ? '' : words.size(bytes),
      share: largest > 0 ? Math.min(1, (row.node.size ?? 0) / largest) : 0,
      entries: entriesOf(graph, row, words),
      users: row.users > 1 ? words.say('tree-users', { users: row.users }) : '',
      severity: severity === 'info' ? undefined : severity,
      isSelected,
      isSame: !isSelected && row.users > 1 && row.node.id === selected?.node.id,
      isOnPath: scene.path.has(row.key),
    };
  });
}

function drawWire({ d, look }: Wire, palette: Palette): string {
  if (look === 'hot') return element('path', { d, stroke: palette.ink, 'stroke-width': 1.6 });
  if (look === 'missing')
    return element('path', { d, stroke: palette.role.missing, 'stroke-dasharray': '3 3' });
  return element('path', {
    d,
    'stroke-opacity': 0.75,
    'stroke-dasharray': look === 'plain' ? undefined : '3 3',
  });
}

function drawStrip(box: Box, row: Row | undefined, words: Words, palette: Palette): string {
  const { layers = 0, records = 0, size = 0 } = row?.folded ?? {};
  const text = words.say(records > 0 ? 'tree-folded-records' : 'tree-folded', { layers });
  const y = box.y + box.height / 2 + 4;
  const type = { fill: palette.ink3, 'font-size': 11.5 };
  return (
    element('rect', {
      x: box.x + 0.5,
      y: box.y + 0.5,
      width: box.width - 1,
      height: box.height - 1,
      rx: 6,
      fill: 'none',
      stroke: palette.line2,
      'stroke-dasharray': '3 3',
    }) +
    element('text', { ...type, x: box.x + 10, y }, escaped(text)) +
    element(
      'text',
      { ...type, x: box.x + box.width - 10, y, 'text-anchor': 'end' },
      escaped(words.size(size)),
    )
  );
}

/** The answer, and what it is about. */
function drawHead(
  headline: string,
  shown: string,
  width: number,
  palette: Palette,
  measure: Measure,
): string {
  const answer = { size: 20, strong: true };
  const name = { size: 12, mono: true };
  return (
    element(
      'text',
      { x: MARGIN, y: MARGIN + 20, fill: palette.ink, 'font-size': answer.size, 'font-weight': 600 },
      escaped(fitted(headline, answer, width, measure)) || ' ',
    ) +
    element(
      'text',
      {
        x: MARGIN,
        y: MARGIN + 42,
        fill: palette.ink2,
        'font-size': name.size,
        'font-family': palette.fontMono,
      },
      escaped(fitted(shown, name, width, measure)) || ' ',
    )
  );
}
