import type { Edge, Headline, Node, NodeId, Patch, Role, Summary } from '../src/api/bindings';
import { EMPTY, merge, type Graph } from '../src/graph/merge';

/** Graphs of any size for tests: every digest is made of its name. */
export class GraphMaker {
  nodes: Node[] = [];
  edges: Edge[] = [];
  private positions = new Map<string, number>();

  node(role: Role, name: string, more: Partial<Node> = {}): NodeId {
    const digest = digestOf(name);
    const id = role === 'tag' ? `tag:${name}` : `${role}:${digest}`;
    if (!this.nodes.some((known) => known.id === id)) {
      const own = role === 'tag' ? {} : { digest, size: 1000 };
      this.nodes.push({
        id,
        role,
        verified: role === 'layer' || role === 'tag' ? null : true,
        ...own,
        ...more,
      });
    }
    return id;
  }

  edge(from: NodeId, to: NodeId, kind: Edge['kind']): void {
    const key = `${from} ${kind}`;
    const position = this.positions.get(key) ?? 0;
    this.positions.set(key, position + 1);
    this.edges.push({ from, to, kind, position });
  }

  /** A manifest with a config and layers; `layers` are names, so that they can be shared. */
  image(parent: NodeId, name: string, layers: readonly string[], kind: Edge['kind'] = 'lists'): NodeId {
    const [os = 'linux', architecture = name] = name.includes('/') ? name.split('/') : ['linux', name];
    const manifest = this.node('manifest', `${name} manifest`, { platform: { os, architecture } });
    this.edge(parent, manifest, kind);
    this.edge(manifest, this.node('config', `${name} config`), 'config');
    for (const layer of layers) this.edge(manifest, this.node('layer', layer), 'layer');
    return manifest;
  }

  /** A BuildKit attestation that describes a manifest of the same index. */
  record(index: NodeId, subject: NodeId, name: string): NodeId {
    const record = this.node('attestation', name, { platform: { os: 'unknown', architecture: 'unknown' } });
    this.edge(index, record, 'lists');
    this.edge(record, subject, 'attests');
    this.edge(record, this.node('config', `${name} config`), 'config');
    this.edge(record, this.node('layer', `${name} statement`), 'layer');
    return record;
  }

  patch(revision = 1, summary: Partial<Summary> = {}): Patch {
    const images = this.nodes.filter((node) => node.role === 'manifest').length;
    const headline: Headline = { kind: 'platforms-mixed', platforms: images };
    return {
      revision,
      retyped: [],
      nodes: this.nodes,
      edges: this.edges,
      findings: [],
      summary: {
        headline,
        images,
        records: 0,
        layers: 0,
        stored: 0,
        verified: 0,
        unread: 0,
        broken: 0,
        ...summary,
      },
    };
  }

  graph(): Graph {
    return merge(EMPTY, [this.patch()]);
  }
}

export function digestOf(name: string): string {
  let hex = '';
  let state = 2166136261;
  for (let i = 0; hex.length < 64; i += 1) {
    for (const character of `${name}${i}`) state = Math.imul(state ^ character.charCodeAt(0), 16777619) >>> 0;
    hex += state.toString(16).padStart(8, '0');
  }
  return `sha256:${hex}`;
}

/** A tag, an index, and so many images with so many layers, the first of which they share. */
export function wide(images: number, layers: number, shared = 1): GraphMaker {
  const maker = new GraphMaker();
  const tag = maker.node('tag', 'registry.example/wide:1');
  const index = maker.node('index', 'index');
  maker.edge(tag, index, 'names');
  const nodes = new Set<string>();
  for (let i = 0; i < images; i += 1) {
    const names = Array.from({ length: layers }, (_, n) => (n < shared ? `shared ${n}` : `${i} layer ${n}`));
    // `node` looks for equal ids; in large graphs that search is what takes the time, so it is done here.
    const manifest = maker.node('manifest', `m${i}`, { platform: { os: 'linux', architecture: `a${i}` } });
    maker.edge(index, manifest, 'lists');
    for (const [n, name] of ['config', ...names].entries()) {
      const role = n === 0 ? 'config' : 'layer';
      const digest = digestOf(n === 0 ? `c${i}` : name);
      const id = `${role}:${digest}`;
      if (!nodes.has(id)) maker.nodes.push({ id, role, digest, size: 1000, verified: n === 0 ? true : null });
      nodes.add(id);
      maker.edge(manifest, id, role);
    }
  }
  return maker;
}
