import { describe, expect, it } from 'vitest';
import { GraphMaker, wide } from '../../tests/graphs';
import type { NodeId, Patch, Problem } from '../api/bindings';
import type { Host, InspectEvent, InspectReport, Result } from '../api/host';
import { recordedHost } from '../api/recorded';
import { Session } from './session.svelte';

const now = (draw: () => void): void => draw();
const problem = (kind: 'cancelled' | 'internal'): Problem => ({ kind, evidence: [], chain: [] });

function hostOf(
  events: InspectEvent[],
  result: Result<InspectReport>,
  expand?: (node: NodeId) => Result<Patch[]>,
): Host {
  const host = recordedHost({
    recordings: [],
    settings: { language: 'en', theme: 'auto', recent: [] },
    pace: 0,
    hold: Infinity,
  });
  return {
    ...host,
    inspect: async (_job, _request, on) => {
      events.forEach(on);
      return result;
    },
    expand: async (_job, node) => expand?.(node) ?? { ok: false, problem: problem('internal') },
  };
}

function reportOf(maker: GraphMaker): InspectReport {
  const { summary } = maker.patch();
  return {
    schema: 'kaibo.inspect/1',
    reference: 'r/x:1',
    place: { kind: 'registry', registry: 'r', repository: 'x' },
    nodes: maker.nodes,
    edges: maker.edges,
    findings: [],
    summary,
    requests: { count: 1, bytes: 1, elapsedMs: 1 },
    unread: 0,
    origin: 'source',
    problems: [],
  };
}

async function read(
  maker: GraphMaker,
  events: InspectEvent[] = [{ kind: 'patch', patch: maker.patch() }],
): Promise<Session> {
  const session = new Session(
    hostOf(events, { ok: true, value: reportOf(maker) }),
    { reference: 'r/x:1' },
    now,
  );
  await session.read();
  return session;
}

describe('Session', () => {
  it('ends_with_a_picture_and_a_selection', async () => {
    const session = await read(wide(2, 2));
    expect(session.phase).toBe('done');
    expect(session.selected?.role).toBe('index');
    expect(session.path.map((row) => row.node.role)).toEqual(['tag', 'index']);
  });

  it('the_selection_follows_a_node_that_turns_out_to_be_something_else', async () => {
    const maker = new GraphMaker();
    const manifest = maker.node('manifest', 'm', { verified: null });
    maker.edge(maker.node('tag', 'r/x:1'), manifest, 'names');
    const artifact = manifest.replace('manifest:', 'artifact:');
    const retype: Patch = {
      ...maker.patch(2),
      nodes: [],
      edges: [],
      retyped: [{ from: manifest, to: artifact }],
    };
    const session = await read(maker, [
      { kind: 'patch', patch: maker.patch(1) },
      { kind: 'patch', patch: retype },
    ]);
    expect(session.selected?.id).toBe(artifact);
  });

  it('a_hidden_node_is_unfolded_when_it_is_selected', async () => {
    const maker = wide(9, 2, 0);
    const session = await read(maker);
    const hidden = maker.node('layer', '5 layer 1');
    expect(session.rows.some((row) => row.node.id === hidden)).toBe(false);
    expect(session.selectNode(hidden)).toBe(true);
    expect(session.selected?.id).toBe(hidden);
    expect(session.selectNode('layer:sha256:none')).toBe(false);
  });

  it('of_a_shared_layer_the_nearest_occurrence_is_selected', async () => {
    const maker = wide(3, 2, 1);
    const session = await read(maker);
    const second = session.rows.filter((row) => row.node.role === 'manifest')[1]!;
    session.select(second.key);
    session.selectNode(maker.node('layer', 'shared 0'));
    expect(session.selectedRow?.parent).toBe(second.key);
  });

  it('folding_takes_the_selection_to_what_hides_it', async () => {
    const session = await read(wide(2, 2));
    const manifest = session.rows.find((row) => row.node.role === 'manifest')!;
    session.select(session.rows.find((row) => row.parent === manifest.key)!.key);
    session.toggle(manifest);
    expect(session.selectedKey).toBe(manifest.key);
  });

  it('a_stub_is_read_when_it_is_unfolded', async () => {
    const maker = new GraphMaker();
    const index = maker.node('index', 'i');
    const stub = maker.node('manifest', 'm', { verified: null });
    maker.edge(index, stub, 'lists');
    const first = maker.patch(1);
    const read = new GraphMaker();
    read.node('manifest', 'm', { verified: true });
    read.edge(stub, read.node('layer', 'l'), 'layer');
    const asked: NodeId[] = [];
    const host = hostOf(
      [{ kind: 'patch', patch: { ...first, edges: [...first.edges] } }],
      { ok: true, value: reportOf(maker) },
      (node) => {
        asked.push(node);
        return { ok: true, value: [read.patch(2)] };
      },
    );
    const session = new Session(host, { reference: 'r/x:1' }, now);
    await session.read();
    session.toggle(session.rows[1]!, true);
    expect(session.expanding.has(stub)).toBe(true);
    await Promise.resolve();
    await Promise.resolve();
    expect(asked).toEqual([stub]);
    expect(session.rows.map((row) => row.node.role)).toEqual(['index', 'manifest', 'layer']);
    expect(session.expanding.size).toBe(0);
  });

  it('attachments_are_looked_for_once_asked_and_counted', async () => {
    const maker = wide(1, 1);
    const host = hostOf([{ kind: 'patch', patch: maker.patch() }], { ok: true, value: reportOf(maker) });
    const answers: Result<number>[] = [
      { ok: false, problem: problem('internal') },
      { ok: true, value: 2 },
    ];
    const jobs: string[] = [];
    host.referrers = async (job) => {
      jobs.push(job);
      return answers[jobs.length - 1]!;
    };
    const session = new Session(host, { reference: 'r/x:1' }, now);
    await session.read();
    expect([session.referrers, jobs]).toEqual(['unasked', []]);
    await session.lookForReferrers();
    expect([session.referrers, session.partProblem?.kind]).toEqual(['unasked', 'internal']);
    session.retryPart();
    expect(session.referrers).toBe('looking');
    await Promise.resolve();
    await Promise.resolve();
    expect([session.referrers, session.partProblem, jobs]).toEqual([2, null, [session.job, session.job]]);
  });

  it('cancelled_is_no_problem_and_others_are', async () => {
    const cancelled = new Session(
      hostOf([], { ok: false, problem: problem('cancelled') }),
      { reference: 'r/x:1' },
      now,
    );
    await cancelled.read();
    expect([cancelled.phase, cancelled.problem]).toEqual(['cancelled', null]);
    const failed = new Session(
      hostOf([], { ok: false, problem: problem('internal') }),
      { reference: 'r/x:1' },
      now,
    );
    await failed.read();
    expect([failed.phase, failed.problem?.kind]).toEqual(['failed', 'internal']);
  });

  it('nothing_arrives_after_it_is_closed', async () => {
    const maker = wide(1, 1);
    const session = new Session(
      hostOf([{ kind: 'patch', patch: maker.patch() }], { ok: true, value: reportOf(maker) }),
      { reference: 'r/x:1' },
      now,
    );
    session.close();
    await session.read();
    expect(session.rows).toEqual([]);
    expect(session.phase).toBe('reading');
  });
});
