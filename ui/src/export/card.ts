import { ICONS, type IconName } from '../components/shared/icons';
import type { Severity } from '../api/bindings';
import type { Box } from '../graph/layout';
import type { Row } from '../graph/outline';
import type { Label } from '../views/tree/label';
import { shortDigest } from '../words/format';
import type { Marks } from './marks';
import type { Palette } from './palette';
import { type Measure, type Type, element, escaped, fitted } from './svg';

/** One card in words and numbers. */
export interface CardContent {
  readonly row: Row;
  readonly label: Label;
  readonly size: string;
  /** Of the largest part, from 0 to 1. */
  readonly share: number;
  readonly entries: string;
  readonly users: string;
  readonly severity: Exclude<Severity, 'info'> | undefined;
  readonly isSelected: boolean;
  readonly isSame: boolean;
  readonly isOnPath: boolean;
}

/** The measures of a card on screen (tokens and TreeCard). */
const PAD = 10;
const RULE = 3;
const GAP = 8;
const ICON = 16;
const MARK = 15;
const HEAD = 20;
const LINE = 18;
const BAR = 64;
const SIGN = 12;
const SMALL: Type = { size: 11.5 };
const CODE: Type = { size: 11.5, mono: true };

export function drawCard(
  content: CardContent,
  box: Box,
  palette: Palette,
  marks: Marks,
  measure: Measure,
): string {
  const { row } = content;
  const isFolded = row.place === 'record' && !row.expanded;
  const hasLine = !isFolded && row.place !== 'more';
  const hasEntries = content.entries !== '' && !isFolded;
  const height = HEAD + (hasLine ? LINE : 0) + (hasEntries ? LINE : 0);
  const top = box.y + (box.height - height) / 2;
  return (
    drawFrame(content, box, palette, isFolded) +
    drawHead(content, box, top, palette, measure, isFolded) +
    (hasLine ? drawLine(content, box, top + HEAD, palette, marks) : '') +
    (hasEntries
      ? text(content.entries, SMALL, box.x + RULE + PAD, top + HEAD + LINE + 13, palette.ink3, palette)
      : '')
  );
}

function drawFrame(content: CardContent, box: Box, palette: Palette, isFolded: boolean): string {
  const { row, isSelected, isSame, isOnPath } = content;
  const role = row.place === 'more' ? 'index' : row.node.role;
  const isMissing = role === 'missing' || row.node.verified === false;
  const isStub = row.unread || isFolded || isMissing || row.place === 'more';
  const ruleColour = isMissing ? palette.role.missing : palette.role[role];
  const frame =
    isSelected || isSame
      ? palette.ink
      : isMissing
        ? palette.role.missing
        : isOnPath
          ? palette.ink3
          : palette.line2;
  const fill =
    isSelected || isSame
      ? palette.roleSoft[role]
      : isFolded || row.place === 'more'
        ? palette.ground
        : palette.panel;
  return (
    element('rect', {
      x: box.x + 0.5,
      y: box.y + 0.5,
      width: box.width - 1,
      height: box.height - 1,
      rx: 6,
      fill,
      stroke: frame,
      'stroke-width': isSelected ? 2 : 1,
      'stroke-dasharray': isStub && !isSelected ? '3 3' : undefined,
    }) +
    // The role's rule follows the round corners at the start edge.
    element('path', {
      d: `M${box.x + 6} ${box.y}a6 6 0 0 0 -6 6v${box.height - 12}a6 6 0 0 0 6 6a9 9 0 0 1 -3 -6v${-(box.height - 12)}a9 9 0 0 1 3 -6z`,
      fill: ruleColour,
    })
  );
}

function drawHead(
  content: CardContent,
  box: Box,
  top: number,
  palette: Palette,
  measure: Measure,
  isFolded: boolean,
): string {
  const { row, label, size, severity } = content;
  const isPart =
    row.place === 'part' || row.place === 'record-part' || row.place === 'record' || row.place === 'more';
  const role = row.place === 'more' ? 'index' : row.node.role;
  const titleType: Type = isFolded || row.place === 'more' ? { size: 12.5 } : { size: 13.5, strong: !isPart };
  const baseline = top + 15;
  let end = box.x + box.width - PAD;
  let drawn = icon(
    row.place === 'more' ? 'plus' : role,
    box.x + RULE + PAD,
    top + 2,
    ICON,
    palette.role[role],
  );
  if (row.place === 'record') {
    drawn += icon(row.expanded ? 'down' : 'right', end - 12, top + 4, 12, palette.ink3);
    end -= 12 + GAP;
  }
  if (size) {
    drawn += text(size, SMALL, end, baseline, palette.ink2, palette, 'end');
    end -= measure(size, SMALL) + GAP;
  }
  // Entries have room on their second line; their platform is what one wants to read here.
  if (severity && isPart) {
    drawn += drawSeverity(severity, end - SIGN, top + 4, palette);
    end -= 12 + GAP;
  }
  const start = box.x + RULE + PAD + ICON + GAP;
  const title = fitted(label.title, titleType, end - start, measure);
  drawn += text(
    title,
    titleType,
    start,
    baseline,
    isFolded || row.place === 'more' ? palette.ink2 : palette.ink,
    palette,
  );
  if (isPart && label.note) {
    const noteType: Type = label.mono ? CODE : SMALL;
    const noteStart = start + measure(title, titleType) + GAP;
    drawn += text(
      fitted(label.note, noteType, end - noteStart, measure),
      noteType,
      noteStart,
      baseline,
      palette.ink3,
      palette,
    );
  }
  return drawn;
}

function drawLine(content: CardContent, box: Box, top: number, palette: Palette, marks: Marks): string {
  const { row, label, share, users } = content;
  const start = box.x + RULE + PAD;
  const baseline = top + 13;
  const { digest } = row.node;
  if (digest === undefined) return text(label.note, SMALL, start, baseline, palette.ink3, palette);
  let drawn =
    marks.use(digest, start, top + 1.5, MARK) +
    text(shortDigest(digest), CODE, start + MARK + 4, baseline, palette.ink2, palette);
  if (users) drawn += text(users, SMALL, start + MARK + 4 + 92, baseline, palette.ink2, palette);
  const isPart = row.place === 'part' || row.place === 'record-part';
  if (content.severity && !isPart && row.place !== 'record') {
    drawn += drawSeverity(content.severity, box.x + box.width - PAD - SIGN, top + 3, palette);
  }
  if (isPart && row.node.size !== undefined) {
    const bar = { x: box.x + box.width - PAD - BAR, y: top + 6.5, height: 5, rx: 2.5 };
    drawn += element('rect', { ...bar, width: BAR, fill: palette.sunken });
    drawn += element('rect', { ...bar, width: Math.max(3, share * BAR), fill: palette.role[row.node.role] });
  }
  return drawn;
}

function drawSeverity(severity: 'warning' | 'error', x: number, y: number, palette: Palette): string {
  return icon(
    severity === 'error' ? 'error' : 'warn',
    x,
    y,
    SIGN,
    severity === 'error' ? palette.error : palette.warn,
  );
}

function icon(name: IconName, x: number, y: number, size: number, colour: string): string {
  return element('path', {
    d: ICONS[name],
    transform: `translate(${x} ${y}) scale(${size / 16})`,
    fill: 'none',
    stroke: colour,
    'stroke-width': 1.4,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });
}

function text(
  content: string,
  type: Type,
  x: number,
  y: number,
  fill: string,
  palette: Palette,
  anchor?: 'end',
): string {
  if (content === '') return '';
  return element(
    'text',
    {
      x,
      y,
      fill,
      'font-size': type.size,
      'font-family': type.mono ? palette.fontMono : undefined,
      'font-weight': type.strong ? 600 : undefined,
      'text-anchor': anchor,
    },
    escaped(content),
  );
}
