import { expect, test } from 'vitest';
import type { NodeId } from '../../api/bindings';
import { factsOf } from './facts';
import { lookInto } from './look';
import { IDS, digest, sampleGraph } from './testing';

function check(id: NodeId, labels: string[]): ReturnType<typeof factsOf> {
  const look = lookInto(sampleGraph());
  const node = look.node(id);
  if (!node) throw new Error(`no ${id}`);
  const facts = factsOf(look, node);
  expect(facts.map((fact) => fact.label)).toEqual(labels);
  return facts;
}

test('a tag has its whole name and where it leads', () => {
  const facts = check(IDS.tag, ['name', 'points-at']);
  expect(facts[0]?.value).toEqual({ kind: 'text', text: '127.0.0.1:5100/demo/hello:1.0.0' });
});

test('a layer has both digests, the line that made it and who else names it', () => {
  const facts = check(IDS.layer, [
    'download',
    'type',
    'in',
    'diff-id',
    'chain-id',
    'made-by',
    'made',
    'also-in',
  ]);
  expect(facts.find(({ label }) => label === 'diff-id')?.value).toEqual({
    kind: 'digest',
    digest: digest('df1'),
  });
  expect(facts.find(({ label }) => label === 'also-in')?.value).toEqual({
    kind: 'nodes',
    nodes: [IDS.other],
  });
});

test('addresses outside the registry are text', () => {
  const facts = check(IDS.top, ['download', 'type', 'in', 'diff-id', 'chain-id', 'made-by', 'made', 'urls']);
  expect(facts.at(-1)?.value).toEqual({ kind: 'codes', lines: ['https://example.invalid/layer'] });
});

test('a config says when, what and as whom', () => {
  const facts = check(IDS.config, ['size', 'type', 'platform', 'built', 'in', 'entrypoint', 'user', 'ports']);
  expect(facts.find(({ label }) => label === 'entrypoint')?.value).toEqual({
    kind: 'code',
    name: '',
    text: '"/hello" "--name" "a b"',
  });
});

test('a record names what it describes and shows no platform', () => {
  check(IDS.record, ['size', 'type', 'describes', 'named-by']);
});

test('a manifest names its record', () => {
  const facts = check(IDS.manifest, ['size', 'type', 'platform', 'named-by', 'described-by']);
  expect(facts.at(-1)?.value).toEqual({ kind: 'nodes', nodes: [IDS.record] });
});
