import type { Edge, Node, NodeId } from '../../api/bindings';
import type { Graph } from '../../graph/merge';

/** A graph by its ends: who names a node, and whom it names, in the documents' own order. */
export interface Look {
  node(id: NodeId): Node | undefined;
  /** Edges that lead to `id`. */
  into(id: NodeId): readonly Edge[];
  /** Edges that leave `id`. */
  outOf(id: NodeId): readonly Edge[];
}

export function lookInto(graph: Graph): Look {
  return {
    node: (id) => graph.nodes.get(id),
    into: (id) => graph.into.get(id) ?? [],
    outOf: (id) => graph.out.get(id) ?? [],
  };
}

/** Manifests, attestations, artifacts and referrers that name `id` as config or layer, each once. */
export function owners(look: Look, id: NodeId): Node[] {
  const seen = new Set<NodeId>();
  const found: Node[] = [];
  for (const edge of look.into(id)) {
    if ((edge.kind !== 'layer' && edge.kind !== 'config') || seen.has(edge.from)) continue;
    seen.add(edge.from);
    const owner = look.node(edge.from);
    if (owner) found.push(owner);
  }
  return found;
}

/** The owner that the reader came from, or the first. */
export function ownerOf(look: Look, id: NodeId, via?: Edge): Node | undefined {
  const came = via && via.to === id ? look.node(via.from) : undefined;
  return came ?? owners(look, id)[0];
}

/** The image that an attestation describes, or the subject that a referrer points at. */
export function subjectOf(look: Look, id: NodeId): Node | undefined {
  const edge = look.outOf(id).find(({ kind }) => kind === 'attests' || kind === 'subject');
  return edge && look.node(edge.to);
}

export function isLoneManifest(look: Look, id: NodeId): boolean {
  const into = look.into(id);
  return into.some(({ kind }) => kind === 'names') && !into.some(({ kind }) => kind === 'lists');
}
