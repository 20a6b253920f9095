import type { Edge, LayerLine, MediaName, Node, NodeId, Role } from '../api/bindings';
import { usersOf, type Graph } from './merge';

/** How a row is drawn and spoken of. */
export type Place =
  /** A tag, or an index at the root. */
  | 'root'
  /** What an index lists: an image, an artifact, a record that stands alone, a nested index. */
  | 'entry'
  /** Config or layer of an entry. */
  | 'part'
  /** An attestation or a referrer under what it describes. */
  | 'record'
  /** Config or layer of a record. */
  | 'record-part'
  /** Entries of an index that are not drawn yet. */
  | 'more';

/** One occurrence of a node, at its place in the drawing order. */
export interface Row {
  /** Unique, and the same as long as the occurrence exists: the way from the root. */
  key: string;
  node: Node;
  place: Place;
  /** The edge that names it; absent at the root. */
  edge?: Edge;
  parent: string | null;
  /** From 1, as `aria-level`. */
  level: number;
  /** Place among its siblings, from 1, and how many there are. */
  position: number;
  siblings: number;
  /** How many indexes lie above it: its column in the picture. */
  depth: number;
  expandable: boolean;
  expanded: boolean;
  /** Expanding asks the source: it was not read so far. */
  unread: boolean;
  /** For a layer: its number from the base, from 1, and its line. */
  number?: number;
  line?: LayerLine;
  /** How many images share it. */
  users: number;
  /** For an artifact and a referrer: the name of its type, where a part of it says that it is of this type. */
  typeName?: MediaName;
  /** What a folded row hides. */
  folded?: Folded;
  /** For `more`: how many entries. */
  left?: number;
}

/** What lies inside a folded row. */
export interface Folded {
  layers: number;
  records: number;
  /** Bytes of its config and layers. */
  size: number;
}

/** What the reader opened and closed; everything else follows the rule of `unfolds`. */
export type Choices = ReadonlyMap<string, boolean>;

/** Above so many images only the first is unfolded: the list itself is what one wants to see. */
export const UNFOLDED_IMAGES = 6;

interface Entry {
  node: Node;
  edge?: Edge;
  place: Place;
}

/** The rows of everything that is unfolded, in drawing order. */
export function outline(graph: Graph, choices: Choices): Row[] {
  const rows: Row[] = [];
  const roots = rootsOf(graph);
  const records = recordsBySubject(graph);
  const many = graph.summary.images > UNFOLDED_IMAGES;

  function childrenOf(parent: Entry): Entry[] {
    const children: Entry[] = [];
    const inRecord = parent.place === 'record';
    const edges = graph.out.get(parent.node.id) ?? [];
    // Sets once per index, not once per entry: an index may have 2,000.
    const listed = parent.node.role === 'index' ? new Set(edges.map((edge) => edge.to)) : undefined;
    for (const edge of edges) {
      const node = graph.nodes.get(edge.to);
      if (!node || edge.kind === 'attests' || edge.kind === 'subject') continue;
      if (edge.kind === 'names' || edge.kind === 'lists') {
        const folds =
          listed && (graph.out.get(node.id) ?? []).some((e) => e.kind === 'attests' && listed.has(e.to));
        if (!folds) children.push({ node, edge, place: 'entry' });
      } else {
        children.push({ node, edge, place: inRecord ? 'record-part' : 'part' });
      }
    }
    for (const edge of records.get(parent.node.id) ?? []) {
      const node = graph.nodes.get(edge.from);
      if (node) children.push({ node, edge, place: 'record' });
    }
    return children;
  }

  function visit(
    entry: Entry,
    parent: Row | null,
    position: number,
    siblings: number,
    above: ReadonlySet<NodeId>,
  ): void {
    const { node, edge, place } = entry;
    const key = parent
      ? `${parent.key}/${edge?.kind ?? ''}${edge?.position ?? position}:${node.id}`
      : node.id;
    const children = above.has(node.id) ? [] : childrenOf(entry);
    const unread = isUnread(graph, node);
    const row: Row = {
      key,
      node,
      place,
      ...(edge ? { edge } : {}),
      parent: parent?.key ?? null,
      level: (parent?.level ?? 0) + 1,
      position,
      siblings,
      depth: parent ? parent.depth + (parent.node.role === 'index' ? 1 : 0) : 0,
      expandable: children.length > 0 || unread,
      expanded: false,
      unread,
      users: 0,
    };
    const typeName = typeNameOf(graph, node);
    if (typeName) row.typeName = typeName;
    if (edge?.kind === 'layer') {
      row.number = edge.position + 1;
      const line = parent?.node.layers?.[edge.position];
      if (line) row.line = line;
    }
    if (place === 'part' || place === 'record-part') row.users = usersOf(graph, node.id);
    // What describes an unread document shows up with its parts.
    row.expanded = children.length > 0 && !unread && (choices.get(key) ?? unfolds(row, many));
    if (!row.expanded && children.length > 0) row.folded = foldedOf(children);
    rows.push(row);
    if (!row.expanded) return;
    const inside = new Set(above).add(node.id);
    const left = node.entriesLeft ?? 0;
    const total = children.length + (left > 0 ? 1 : 0);
    children.forEach((child, i) => visit(child, row, i + 1, total, inside));
    if (left > 0) rows.push(moreRow(row, left, total));
  }

  roots.forEach((node, i) => visit({ node, place: 'root' }, null, i + 1, roots.length, new Set()));
  return rows;
}

/** Tags first; without a tag, what nothing names. */
function rootsOf(graph: Graph): Node[] {
  const tags: Node[] = [];
  const others: Node[] = [];
  for (const node of graph.nodes.values()) {
    if (node.role === 'tag') tags.push(node);
    else if (isRoot(graph, node)) others.push(node);
  }
  return [...tags, ...others];
}

function isRoot(graph: Graph, node: Node): boolean {
  if ((graph.into.get(node.id) ?? []).some((edge) => edge.kind !== 'attests' && edge.kind !== 'subject'))
    return false;
  // What only describes something else is drawn there.
  return !(graph.out.get(node.id) ?? []).some(
    (edge) => (edge.kind === 'attests' || edge.kind === 'subject') && graph.nodes.has(edge.to),
  );
}

/** Attestations and referrers by what they describe, in the order in which they were read. */
function recordsBySubject(graph: Graph): Map<NodeId, Edge[]> {
  const records = new Map<NodeId, Edge[]>();
  for (const edge of graph.edges) {
    if (edge.kind !== 'attests' && edge.kind !== 'subject') continue;
    const list = records.get(edge.to);
    // BuildKit writes both forms into one attestation.
    if (!list) records.set(edge.to, [edge]);
    else if (!list.some((known) => known.from === edge.from)) list.push(edge);
  }
  return records;
}

/** The name of an artifact's type: of its config, or of what it holds. */
export function typeNameOf(graph: Graph, { id, artifactType }: Node): MediaName | undefined {
  if (!artifactType) return undefined;
  for (const { to } of graph.out.get(id) ?? []) {
    const part = graph.nodes.get(to);
    if (part?.mediaType === artifactType && part.mediaName) return part.mediaName;
  }
  return undefined;
}

/** What is unfolded before the reader chooses. */
function unfolds(row: Row, many: boolean): boolean {
  if (row.place === 'record') return false;
  if (row.place !== 'entry' || row.node.role === 'index') return true;
  return !many || row.position === 1;
}

const DOCUMENTS: ReadonlySet<Role> = new Set(['index', 'manifest', 'attestation', 'artifact', 'referrer']);

function isUnread(graph: Graph, node: Node): boolean {
  if (node.verified !== null || !DOCUMENTS.has(node.role)) return false;
  return !(graph.out.get(node.id) ?? []).some(({ kind }) => kind !== 'attests' && kind !== 'subject');
}

function foldedOf(children: readonly Entry[]): Folded {
  const folded: Folded = { layers: 0, records: 0, size: 0 };
  for (const { node, edge, place } of children) {
    if (place === 'record') folded.records += 1;
    else if (edge?.kind === 'layer') folded.layers += 1;
    if (edge?.kind === 'layer' || edge?.kind === 'config') folded.size += node.size ?? 0;
  }
  return folded;
}

function moreRow(index: Row, left: number, total: number): Row {
  return {
    key: `${index.key}/more`,
    node: index.node,
    place: 'more',
    parent: index.key,
    level: index.level + 1,
    position: total,
    siblings: total,
    depth: index.depth + 1,
    expandable: false,
    expanded: false,
    unread: true,
    users: 0,
    left,
  };
}

/** The rows from the root down to a row, itself included. */
export function pathTo(rows: readonly Row[], key: string | null): Row[] {
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const path: Row[] = [];
  for (
    let row = key === null ? undefined : byKey.get(key);
    row;
    row = row.parent === null ? undefined : byKey.get(row.parent)
  ) {
    path.unshift(row);
  }
  return path;
}

/** All rows of one node: a shared layer has more than one. */
export function occurrences(rows: readonly Row[], id: NodeId): Row[] {
  return rows.filter((row) => row.node.id === id && row.place !== 'more');
}
