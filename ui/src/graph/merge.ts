import type { Edge, EdgeKind, Finding, Node, NodeId, Patch, Role, Summary } from '../api/bindings';

/** Nodes and edges as far as they are known, with both directions at hand. Never changed in place. */
export interface Graph {
  revision: number;
  nodes: ReadonlyMap<NodeId, Node>;
  edges: readonly Edge[];
  /** Edges by the node that names, in document order within a kind. */
  out: ReadonlyMap<NodeId, readonly Edge[]>;
  /** Edges by the node that is named. */
  into: ReadonlyMap<NodeId, readonly Edge[]>;
  findings: readonly Finding[];
  summary: Summary;
  /** Names that nodes had before they were read, to what they are called now. */
  renamed: ReadonlyMap<NodeId, NodeId>;
}

const NO_SUMMARY: Summary = {
  headline: { kind: 'nothing' },
  images: 0,
  records: 0,
  layers: 0,
  stored: 0,
  verified: 0,
  unread: 0,
  broken: 0,
};

export const EMPTY: Graph = {
  revision: 0,
  nodes: new Map(),
  edges: [],
  out: new Map(),
  into: new Map(),
  findings: [],
  summary: NO_SUMMARY,
  renamed: new Map(),
};

/** In which order the children of a document are drawn. */
const KINDS: Record<EdgeKind, number> = { names: 0, lists: 1, config: 2, layer: 3, attests: 4, subject: 5 };

/** The role in a node's id (`role:digest`, `tag:reference`). */
export function roleOfId(id: NodeId): Role {
  return id.slice(0, id.indexOf(':')) as Role;
}

/** The graph after the patches, in order. One copy however many patches there are. */
export function merge(graph: Graph, patches: readonly Patch[]): Graph {
  if (patches.length === 0) return graph;
  const nodes = new Map(graph.nodes);
  const renamed = new Map(graph.renamed);
  let edges = [...graph.edges];
  let findings = [...graph.findings];
  let { revision, summary } = graph;

  for (const patch of patches) {
    if (patch.retyped.length > 0) {
      const names = new Map(patch.retyped.map(({ from, to }) => [from, to]));
      const now = (id: NodeId): NodeId => names.get(id) ?? id;
      for (const { from, to } of patch.retyped) {
        const node = nodes.get(from);
        nodes.delete(from);
        if (node && !nodes.has(to)) nodes.set(to, { ...node, id: to, role: roleOfId(to) });
        for (const [old, current] of renamed) if (current === from) renamed.set(old, to);
        renamed.set(from, to);
      }
      edges = edges.map((edge) => ({ ...edge, from: now(edge.from), to: now(edge.to) }));
      findings = findings.map((finding) => ({ ...finding, node: now(finding.node) }));
      for (const node of nodes.values()) {
        if (node.layers?.some((line) => names.has(line.node))) {
          nodes.set(node.id, {
            ...node,
            layers: node.layers.map((line) => ({ ...line, node: now(line.node) })),
          });
        }
      }
    }
    for (const node of patch.nodes) nodes.set(node.id, node);
    edges.push(...patch.edges);
    findings.push(...patch.findings);
    revision = patch.revision;
    summary = patch.summary;
  }

  // The same edge may be told again after a retyping or a second page.
  const known = new Set<string>();
  edges = edges.filter((edge) => {
    const key = `${edge.from} ${edge.kind} ${edge.position} ${edge.to}`;
    return !known.has(key) && known.add(key);
  });
  return { revision, nodes, edges, findings, summary, renamed, ...directions(edges) };
}

function directions(edges: readonly Edge[]): Pick<Graph, 'out' | 'into'> {
  const out = new Map<NodeId, Edge[]>();
  const into = new Map<NodeId, Edge[]>();
  for (const edge of edges) {
    push(out, edge.from, edge);
    push(into, edge.to, edge);
  }
  for (const list of out.values())
    list.sort((a, b) => KINDS[a.kind] - KINDS[b.kind] || a.position - b.position);
  return { out, into };
}

function push(map: Map<NodeId, Edge[]>, key: NodeId, edge: Edge): void {
  const list = map.get(key);
  if (list) list.push(edge);
  else map.set(key, [edge]);
}

/** A whole graph at once, as a report has it. */
export function graphOf(report: {
  nodes: Node[];
  edges: Edge[];
  findings: Finding[];
  summary: Summary;
}): Graph {
  return merge(EMPTY, [{ revision: 1, retyped: [], ...report }]);
}

const users = new WeakMap<Graph, Map<NodeId, number>>();

/** How many images or artifacts name a layer or config: more than one means that it is shared. */
export function usersOf(graph: Graph, id: NodeId): number {
  let known = users.get(graph);
  if (!known) users.set(graph, (known = new Map()));
  let count = known.get(id);
  if (count === undefined) known.set(id, (count = countUsers(graph, id)));
  return count;
}

function countUsers(graph: Graph, id: NodeId): number {
  const from = new Set<NodeId>();
  for (const edge of graph.into.get(id) ?? [])
    if (edge.kind === 'layer' || edge.kind === 'config') from.add(edge.from);
  return from.size;
}
