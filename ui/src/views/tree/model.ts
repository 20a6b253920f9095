import type { Finding, NodeId, Severity } from '../../api/bindings';
import type { Graph } from '../../graph/merge';
import { typeNameOf, type Row } from '../../graph/outline';
import type { Words } from '../../words/words.svelte';
import { artifactName } from './label';

const WEIGHT: Record<Severity, number> = { info: 0, warning: 1, error: 2 };

/** The worst finding of every node that has one. */
export function severities(findings: readonly Finding[]): ReadonlyMap<NodeId, Severity> {
  const worst = new Map<NodeId, Severity>();
  for (const { node, severity } of findings) {
    const known = worst.get(node);
    if (known === undefined || WEIGHT[severity] > WEIGHT[known]) worst.set(node, severity);
  }
  return worst;
}

/** The largest config or layer: all bars of the view are measured against it. */
export function largestPart(graph: Graph): number {
  let largest = 0;
  for (const node of graph.nodes.values()) {
    if (node.role === 'layer' || node.role === 'config') largest = Math.max(largest, node.size ?? 0);
  }
  return largest;
}

/** What a record holds, where that is known; else the size of its own document. */
export function sizeOf(graph: Graph, row: Row): number | undefined {
  if (row.place !== 'record') return row.node.size;
  let sum = 0;
  let known = false;
  for (const edge of graph.out.get(row.node.id) ?? []) {
    if (edge.kind !== 'layer') continue;
    sum += graph.nodes.get(edge.to)?.size ?? 0;
    known = true;
  }
  return known ? sum : row.node.size;
}

/** "3 platforms, 3 build records": what an index lists, indexes inside it included. */
export function entriesOf(graph: Graph, row: Row, words: Words): string {
  if (row.node.role !== 'index' || row.place === 'more' || row.node.verified === null) return '';
  const { images, records } = listed(graph, row.node.id, new Set());
  if (images + records === 0) return words.say('tree-index-empty');
  if (images === 0) return words.say('tree-index-records', { records });
  return records === 0
    ? words.say('tree-index-entries', { images })
    : words.say('tree-index-entries-records', { images, records });
}

function listed(graph: Graph, index: NodeId, seen: Set<NodeId>): { images: number; records: number } {
  const sum = { images: 0, records: 0 };
  if (seen.has(index)) return sum;
  seen.add(index);
  for (const edge of graph.out.get(index) ?? []) {
    if (edge.kind !== 'lists') continue;
    const role = graph.nodes.get(edge.to)?.role;
    if (role === 'index') {
      const inside = listed(graph, edge.to, seen);
      sum.images += inside.images;
      sum.records += inside.records;
    } else if (role === 'attestation') sum.records += 1;
    else sum.images += 1;
  }
  return sum;
}

const DOCUMENTS = new Set(['index', 'manifest', 'attestation', 'artifact', 'config', 'referrer']);

/** Bytes of documents that were read, and of all that are known to be there. */
export function documentBytes(graph: Graph): { read: number; known: number } {
  let read = 0;
  let known = 0;
  for (const node of graph.nodes.values()) {
    if (!DOCUMENTS.has(node.role)) continue;
    known += node.size ?? 0;
    if (node.verified !== null) read += node.size ?? 0;
  }
  return { read, known };
}

/** Findings that say the same are one, with the nodes that they are about. */
export interface FindingGroup {
  key: string;
  severity: Severity;
  finding: Finding;
  nodes: NodeId[];
}

/** Gravest first; otherwise in the order in which they were found. */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  const groups = new Map<string, FindingGroup>();
  for (const finding of findings) {
    const key = JSON.stringify(finding.irregularity);
    const group = groups.get(key);
    if (group) group.nodes.push(finding.node);
    else groups.set(key, { key, severity: finding.severity, finding, nodes: [finding.node] });
  }
  return [...groups.values()].sort((a, b) => WEIGHT[b.severity] - WEIGHT[a.severity]);
}

/** The answer in one sentence. An artifact is told by its plain name; the Facts have the type as written. */
export function headlineOf(graph: Graph, words: Words): string {
  const { headline } = graph.summary;
  if (headline.kind === 'nothing') return '';
  if (headline.kind !== 'tag-names-artifact') return words.tell('headline', headline);
  for (const node of graph.nodes.values()) {
    const name = node.artifactType === headline.artifactType ? typeNameOf(graph, node) : undefined;
    if (!name) continue;
    const plain = { ...headline, artifactType: artifactName(name, words) };
    return words.tell('headline', plain);
  }
  return words.tell('headline', headline);
}
