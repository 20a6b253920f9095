import { describe, expect, it } from 'vitest';
import { GraphMaker, wide } from '../../tests/graphs';
import type { Patch } from '../api/bindings';
import { EMPTY, merge, usersOf } from './merge';

describe('merge', () => {
  it('a_later_node_replaces_the_stub', () => {
    const maker = new GraphMaker();
    const id = maker.node('manifest', 'm', { verified: null });
    const first = merge(EMPTY, [maker.patch(1)]);
    const read = { ...maker.patch(2), nodes: [{ ...maker.nodes[0]!, verified: true }], edges: [] };
    const then = merge(first, [read]);
    expect(first.nodes.get(id)?.verified).toBeNull();
    expect(then.nodes.get(id)?.verified).toBe(true);
    expect(then.revision).toBe(2);
  });

  it('a_retyped_node_keeps_its_edges_findings_and_lines', () => {
    const maker = new GraphMaker();
    const tag = maker.node('tag', 'r/x:1');
    const manifest = maker.node('manifest', 'm');
    const layer = maker.node('layer', 'l');
    maker.edge(tag, manifest, 'names');
    maker.edge(manifest, layer, 'layer');
    maker.nodes[1]!.layers = [{ node: layer }];
    const patch: Patch = {
      ...maker.patch(1),
      findings: [{ node: manifest, severity: 'info', irregularity: { kind: 'platform-absent' } }],
    };
    const missing = layer.replace('layer:', 'missing:');
    const artifact = manifest.replace('manifest:', 'artifact:');
    const retype: Patch = {
      ...maker.patch(2),
      nodes: [],
      edges: [],
      retyped: [
        { from: manifest, to: artifact },
        { from: layer, to: missing },
      ],
    };
    const graph = merge(EMPTY, [patch, retype]);
    expect([...graph.nodes.keys()].sort()).toEqual([artifact, missing, tag].sort());
    expect(graph.nodes.get(artifact)?.role).toBe('artifact');
    expect(graph.nodes.get(artifact)?.layers?.[0]?.node).toBe(missing);
    expect(graph.edges.map(({ from, to }) => [from, to])).toEqual([
      [tag, artifact],
      [artifact, missing],
    ]);
    expect(graph.findings[0]?.node).toBe(artifact);
    expect(graph.renamed.get(manifest)).toBe(artifact);
  });

  it('an_edge_that_is_told_twice_is_one', () => {
    const maker = wide(2, 2);
    const graph = merge(EMPTY, [maker.patch(1), maker.patch(2)]);
    expect(graph.edges.length).toBe(maker.edges.length);
  });

  it('a_layer_that_is_named_twice_by_one_image_has_one_user', () => {
    const maker = new GraphMaker();
    const tag = maker.node('tag', 'r/x:1');
    maker.image(tag, 'amd64', ['same', 'same'], 'names');
    const graph = maker.graph();
    expect(graph.edges.filter((edge) => edge.kind === 'layer').length).toBe(2);
    expect(usersOf(graph, maker.node('layer', 'same'))).toBe(1);
  });

  it('the_order_of_children_is_config_then_layers_by_position', () => {
    const maker = new GraphMaker();
    const manifest = maker.node('manifest', 'm');
    maker.edge(manifest, maker.node('layer', 'a'), 'layer');
    maker.edge(manifest, maker.node('layer', 'b'), 'layer');
    maker.edge(manifest, maker.node('config', 'c'), 'config');
    const kinds = maker
      .graph()
      .out.get(manifest)
      ?.map((edge) => `${edge.kind}${edge.position}`);
    expect(kinds).toEqual(['config0', 'layer0', 'layer1']);
  });
});
