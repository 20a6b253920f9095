import { describe, expect, test } from 'vitest';
import type { Edge, Node, NodeId } from '../../api/bindings';
import { type Graph, graphOf } from '../../graph/merge';
import { Words } from '../../words/words.svelte';
import { lookInto } from './look';
import { IDS, digest, sampleGraph } from './testing';
import { titleOf } from './title';
import { whatIs } from './whatis';

function kinds(graph: Graph, id: NodeId, via?: Edge): string[] {
  const look = lookInto(graph);
  const node = look.node(id);
  if (!node) throw new Error(`no ${id}`);
  return whatIs(look, node, via).map((sentence) => sentence.kind);
}

function check(id: NodeId, expected: string[]): void {
  expect(kinds(sampleGraph(), id)).toEqual(expected);
}

/** A tag and what it leads to. */
function lone(node: Node): Graph {
  const tag: Node = { id: 'tag:x/y:1', role: 'tag', verified: null };
  const edges: Edge[] = [{ from: tag.id, to: node.id, kind: 'names', position: 0 }];
  return graphOf({ nodes: [tag, node], edges, findings: [], summary: sampleGraph().summary });
}

describe('what is this', () => {
  test('a tag says where it leads', () => check(IDS.tag, ['tag', 'tag-index']));
  test('an index says which entries are records', () => check(IDS.index, ['index', 'index-records']));
  test('a manifest counts its parts', () => check(IDS.manifest, ['manifest', 'manifest-parts']));
  test('a config says that its date is none', () => check(IDS.config, ['config', 'date-epoch']));
  test('a shared layer says so, and what Already exists means', () =>
    check(IDS.layer, ['layer', 'layer-base', 'layer-shared', 'layer-exists']));
  test('zstd and foreign addresses are mentioned', () =>
    check(IDS.top, ['layer', 'layer-exists', 'layer-zstd', 'layer-foreign']));
  test('a record says whose it is and why it is unknown/unknown', () =>
    check(IDS.record, ['attestation-of', 'attestation-listed']));
  test('the config of a record is a placeholder', () => check(IDS.recordConfig, ['config-record']));
  test('a statement is not a layer of files', () => check(IDS.statement, ['statement']));
  test('a missing entry says which pulls fail', () => check(IDS.missing, ['missing', 'missing-platform']));

  test('a tag that names a record directly says that nothing runs', () => {
    const record: Node = {
      id: `attestation:${digest('a')}`,
      role: 'attestation',
      digest: digest('a'),
      verified: true,
    };
    expect(kinds(lone(record), 'tag:x/y:1')).toEqual(['tag', 'tag-attestation']);
    expect(kinds(lone(record), record.id)).toEqual(['attestation', 'attestation-alone']);
  });

  test('a lone manifest says that no machine chooses', () => {
    const manifest: Node = {
      id: `manifest:${digest('m')}`,
      role: 'manifest',
      digest: digest('m'),
      verified: true,
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      layers: [{ node: 'layer:x' }],
    };
    expect(kinds(lone(manifest), manifest.id)).toEqual([
      'manifest',
      'manifest-parts',
      'manifest-alone',
      'manifest-docker',
    ]);
  });

  test('an unread stub says so', () => {
    const stub: Node = {
      id: `manifest:${digest('s')}`,
      role: 'manifest',
      digest: digest('s'),
      verified: null,
    };
    expect(kinds(lone(stub), stub.id)).toContain('manifest-unread');
  });
});

describe('titles', () => {
  const title = (id: NodeId, via?: Edge): string => {
    const look = lookInto(sampleGraph());
    const node = look.node(id);
    return node ? new Words('en').tell('inspector-title', titleOf(look, node, via)) : '';
  };

  test('a layer is called by its place and its platform', () => {
    expect(title(IDS.top)).toBe('Layer 2 of linux/amd64');
    expect(title(IDS.layer, { from: IDS.other, to: IDS.layer, kind: 'layer', position: 0 })).toBe(
      'Layer 1 of linux/arm64',
    );
  });
  test('a record by the platform that it describes', () =>
    expect(title(IDS.record)).toBe('Build record for linux/amd64'));
  test('a tag by the tag alone', () => expect(title(IDS.tag)).toBe('Tag 1.0.0'));
  test('a missing part by its platform', () => expect(title(IDS.missing)).toBe('Missing: linux/arm/v7'));
});

test('every sentence and title is in the catalogue, in both languages', () => {
  const sources = import.meta.glob<string>('./{whatis,title,facts}.ts', {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  const said = (file: string, pattern: RegExp): string[] =>
    [...(sources[file] ?? '').matchAll(pattern)]
      .map((match) => match[1] ?? '')
      .filter((kind) => !kind.includes('$'));
  const ids = [
    ...said('./whatis.ts', /\bsay\('([a-z-]+)'/g).map((kind) => `inspector-what-${kind}`),
    ...said('./title.ts', /\btitle\('([a-z-]+)'/g).map((kind) => `inspector-title-${kind}`),
    ...said('./facts.ts', /label: '([a-z-]+)'/g).map((label) => `inspector-fact-${label}`),
    ...said('./facts.ts', /(?:text|command)\('([a-z-]+)'/g).map((label) => `inspector-fact-${label}`),
    ...['absent', 'epoch', 'epoch-plus-one', 'buildpacks', 'go-zero', 'unreadable'].map(
      (kind) => `inspector-what-date-${kind}`,
    ),
    ...['index', 'manifest', 'attestation', 'artifact', 'missing', 'unknown', 'open'].map(
      (kind) => `inspector-what-tag-${kind}`,
    ),
    ...['names', 'lists', 'config', 'layer', 'attests', 'subject'].map(
      (kind) => `inspector-what-missing-${kind}`,
    ),
  ];
  expect(ids.length).toBeGreaterThan(70);
  for (const language of ['en', 'ja'] as const) {
    const words = new Words(language);
    for (const id of ids) expect(words.has(id), `${language}: ${id}`).toBe(true);
  }
});
