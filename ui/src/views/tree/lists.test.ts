import { screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { GraphMaker } from '../../../tests/graphs';
import { fakeHost, fakeWorkspace, show, textOf, violations } from '../../../tests/window';
import type { InspectReport, Patch, Place } from '../../api/bindings';
import type { Host } from '../../api/host';
import type { Language } from '../../words/words.svelte';
import type { Workspace } from '../../state/workspace.svelte';
import TreeView from './TreeView.svelte';

const REGISTRY: Place = { kind: 'registry', registry: 'docker.io', repository: 'library/alpine' };

function reportOf(maker: GraphMaker, place: Place, more: Partial<InspectReport>): InspectReport {
  return {
    schema: 'kaibo.inspect/1',
    reference: 'alpine',
    place,
    nodes: maker.nodes,
    edges: maker.edges,
    findings: [],
    summary: maker.patch().summary,
    requests: { count: 1, bytes: 1, elapsedMs: 1 },
    unread: 0,
    origin: 'source',
    problems: [],
    ...more,
  };
}

/** The tree of one image, read from `place`. */
async function tree(
  has: Partial<Host> = {},
  more: Partial<InspectReport> = {},
  place: Place = REGISTRY,
  language: Language = 'en',
): Promise<{ workspace: Workspace; page: HTMLElement; patch: (referrer: string) => Patch }> {
  const maker = new GraphMaker();
  const image = maker.image(maker.node('tag', 'alpine'), 'linux/amd64', ['a'], 'names');
  const host = fakeHost({
    inspect: async (_job, _request, on) => {
      on({ kind: 'patch', patch: maker.patch() });
      on({
        kind: 'named',
        shown: 'docker.io/library/alpine',
        reference: {
          transport: 'registry',
          registry: 'docker.io',
          repository: 'library/alpine',
          defaulted: { registry: true, namespace: true, tag: true },
        },
        place,
      });
      return { ok: true, value: reportOf(maker, place, more) };
    },
    ...has,
  });
  const workspace = fakeWorkspace(host, language);
  workspace.open('alpine');
  await vi.waitFor(() => expect(workspace.session?.phase).toBe('done'));
  workspace.words.language = language;
  const page = show(workspace, TreeView, { session: workspace.session! });
  const patch = (referrer: string): Patch => {
    const more = new GraphMaker();
    more.edge(more.node('referrer', referrer, { artifactType: 'application/spdx+json' }), image, 'subject');
    return more.patch(2);
  };
  return { workspace, page, patch };
}

test('an image of a registry leads to its other tags', async () => {
  const { workspace } = await tree();
  await userEvent.click(screen.getByRole('button', { name: 'Tags' }));
  expect(workspace.place).toEqual({ kind: 'repository', repository: 'docker.io/library/alpine' });
});

test('what is in no registry has neither tags nor attachments to ask for', async () => {
  await tree({}, {}, { kind: 'layout', path: '/x' });
  expect(screen.queryByRole('button', { name: 'Tags' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Attachments' })).toBeNull();
});

test('attachments are looked for only when they are asked for, and are not verified', async () => {
  const referrers = vi.fn<Host['referrers']>();
  const { workspace, page, patch } = await tree({ referrers });
  referrers.mockImplementation(async (_job, on) => {
    on({ kind: 'patch', patch: patch('a list of parts') });
    return { ok: true, value: 1 };
  });
  expect(referrers).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: 'Attachments' }));
  await waitFor(() =>
    expect(textOf(page)).toContain('One signature or attachment was found. Present, not verified'),
  );
  expect(screen.queryByRole('button', { name: 'Attachments' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Show' }));
  expect(workspace.session?.selected?.role).toBe('referrer');
  expect(await violations(page)).toEqual([]);
});

test('that nothing is attached is said', async () => {
  const { page } = await tree({ referrers: async () => ({ ok: true, value: 0 }) }, {}, REGISTRY, 'ja');
  await userEvent.click(screen.getByRole('button', { name: '添付' }));
  await waitFor(() => expect(textOf(page)).toContain('署名や添付は見つかりませんでした。'));
});

test('reading all asks with numbers where it spends many pulls', async () => {
  const { workspace, page } = await tree({}, { unread: 12, quota: { limit: 100, remaining: 9 } });
  const again = vi.spyOn(workspace, 'again').mockImplementation(() => {});
  const user = userEvent.setup();
  await user.click(screen.getByRole('button', { name: 'Read all' }));
  expect(again).not.toHaveBeenCalled();
  expect(textOf(page)).toContain('docker.io counts each as a pull: 12 pulls, and 9 are left.');
  expect(textOf(page)).toContain('There are fewer pulls left than manifests.');
  await user.click(screen.getByText('Not now'));
  expect(textOf(page)).not.toContain('counts each as a pull');
  await user.click(screen.getByRole('button', { name: 'Read all' }));
  await user.click(screen.getByText('Spend 12 pulls'));
  expect(again).toHaveBeenCalledWith({ all: true });
});

test('reading few asks nothing', async () => {
  const { workspace } = await tree({}, { unread: 2, quota: { limit: 100, remaining: 90 } });
  const again = vi.spyOn(workspace, 'again').mockImplementation(() => {});
  await userEvent.click(screen.getByRole('button', { name: 'Read all' }));
  expect(again).toHaveBeenCalledWith({ all: true });
});
