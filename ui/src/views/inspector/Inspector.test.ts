import { screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { fakeHost, fakeWorkspace, show, violations, textOf } from '../../../tests/window';
import type { NodeId } from '../../api/bindings';
import type { DocumentText, Host } from '../../api/host';
import { Session } from '../../state/session.svelte';
import type { Language } from '../../words/words.svelte';
import Inspector from './Inspector.svelte';
import { IDS, digest, sampleGraph } from './testing';

afterEach(() => vi.restoreAllMocks());

function documentOf(text: string, node?: NodeId): DocumentText {
  const named = node?.slice(node.indexOf(':') + 1) ?? '';
  const start = node ? text.indexOf(named) : -1;
  return {
    text,
    exact: true,
    size: text.length,
    digest: digest('x'),
    spans: node ? [{ start, end: start + named.length, node }] : [],
  };
}

function inspect(
  selected: NodeId,
  has: Partial<Host> = {},
  language: Language = 'en',
): { session: Session; pane: HTMLElement } {
  const host = fakeHost(has);
  const session = new Session(host, { reference: 'x' });
  session.graph = sampleGraph();
  session.phase = 'done';
  session.selectNode(selected);
  const pane = show(fakeWorkspace(host, language), Inspector, { session });
  return { session, pane };
}

test('a layer says what it is, where it stands and who else names it', async () => {
  const { session, pane } = inspect(IDS.layer);
  expect(textOf(screen.getByRole('heading', { level: 2 }))).toContain('Layer 1 of linux/amd64');
  expect(textOf(pane)).toContain('prints “Already exists”');
  expect(textOf(pane)).toContain('21,688 bytes');
  const facts = screen.getByRole('region', { name: 'Facts' });
  await userEvent.click(within(facts).getByRole('button', { name: /linux\/arm64/ }));
  expect(session.selected?.id).toBe(IDS.other);
  await waitFor(() => expect(textOf(document.activeElement)).toContain('Manifest for linux/arm64'));
});

test('secrets are masked until they are clicked, in settings, history and JSON', async () => {
  const text = JSON.stringify({ Env: ['API_KEY=hunter2hunter2'] });
  const { pane } = inspect(IDS.config, { document: async () => ({ ok: true, value: documentOf(text) }) });
  await screen.findByRole('group', { name: 'Exact JSON' });
  expect(textOf(pane)).not.toContain('hunter2');
  expect(textOf(pane)).not.toContain('abcdefgh');
  const environment = screen.getByRole('region', { name: 'Environment' });
  await userEvent.click(within(environment).getByRole('button', { name: /Hidden value, 14 characters/ }));
  expect(textOf(environment)).toContain('hunter2hunter2');
  expect(textOf(document.activeElement)).toContain('hunter2hunter2');
});

test('a date that is none is not shown as a date', () => {
  const { pane } = inspect(IDS.config);
  expect(textOf(pane)).toContain('No build date recorded');
  expect(textOf(pane)).toContain('a reproducible build');
});

test('hostile text is text, and what cannot be seen is written out', () => {
  const { pane } = inspect(IDS.config);
  expect(pane.querySelector('b')).toBeNull();
  expect(textOf(pane)).toContain('<b>bold</b>');
  expect(pane.textContent).not.toMatch(/[\u202e\u200b]/);
  expect(pane.textContent?.includes('\u001b')).toBe(false);
});

test('JSON is exact, and a digest in it leads to its node', async () => {
  const text = `{\n  "config": {"digest": "${digest('cfg')}"},\r\n\t"x": 1.0e3\n}`;
  const { session } = inspect(IDS.manifest, {
    document: async () => ({ ok: true, value: documentOf(text, IDS.config) }),
  });
  const code = await screen.findByRole('group', { name: 'Exact JSON' });
  expect(code.textContent).toBe(text);
  await userEvent.click(within(code).getByRole('link'));
  expect(session.selected?.id).toBe(IDS.config);
});

test('line breaks that are added are not in the text', async () => {
  const text = JSON.stringify({ a: 'x'.repeat(100), b: [1, 2, { c: null }], d: {} });
  inspect(IDS.index, { document: async () => ({ ok: true, value: documentOf(text) }) });
  const code = await screen.findByRole('group', { name: 'Exact JSON' });
  expect(code.textContent).toBe(text);
  expect(code.querySelectorAll('br').length).toBeGreaterThan(5);
  await userEvent.click(screen.getByRole('button', { name: 'Line breaks' }));
  expect(code.querySelectorAll('br')).toHaveLength(0);
});

test('a long document is shown in part, with a button for more', async () => {
  const line = `"${'x'.repeat(400)}",\n`;
  const text = `[\n${line.repeat(60)}1]`;
  inspect(IDS.index, { document: async () => ({ ok: true, value: documentOf(text) }) });
  const code = await screen.findByRole('group', { name: 'Exact JSON' });
  const before = code.textContent?.length ?? 0;
  expect(before).toBeLessThan(text.length);
  await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
  expect(code.textContent?.length).toBeGreaterThan(before);
});

test('an answer that comes late is not shown for another node', async () => {
  const waiting: ((text: string) => void)[] = [];
  const { session } = inspect(IDS.index, {
    document: () =>
      new Promise((done) => waiting.push((text) => done({ ok: true, value: documentOf(text) }))),
  });
  session.selectNode(IDS.manifest);
  await waitFor(() => expect(waiting).toHaveLength(2));
  waiting[1]?.('"second"');
  waiting[0]?.('"first"');
  const code = await screen.findByRole('group', { name: 'Exact JSON' });
  expect(code.textContent).toBe('"second"');
});

test('a statement is read on demand, and that it is unsigned is said', async () => {
  const statement = vi.fn(async () => ({
    ok: true as const,
    value: {
      envelope: { kind: 'unsigned' as const },
      statementType: 'https://in-toto.io/Statement/v0.1',
      predicateType: 'https://slsa.dev/provenance/v0.2',
      subjects: [{ name: 'pkg:docker/demo/hello@1.0.0', digest: {} }],
      builder: 'https://example.invalid/builder',
      materials: [],
      materialsTotal: 0,
    },
  }));
  inspect(IDS.statement, { statement });
  expect(statement).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: 'Read the statement' }));
  const section = await screen.findByRole('region', { name: 'Statement' });
  await waitFor(() => expect(textOf(section)).toContain('Provenance (SLSA 0.2)'));
  expect(textOf(section)).toContain('https://example.invalid/builder');
  expect(textOf(section)).toContain('Unsigned.');
  expect(section.querySelector('a')).toBeNull();
});

test('the program of the command can be chosen', async () => {
  inspect(IDS.index, {
    commands: async () => [
      { tool: 'crane', line: 'crane manifest x' },
      { tool: 'skopeo', line: 'skopeo inspect --raw docker://x' },
    ],
  });
  const section = await screen.findByRole('region', { name: 'Command' });
  expect(textOf(section)).toContain('crane manifest x');
  await userEvent.click(within(section).getByRole('button', { name: 'crane' }));
  await userEvent.click(screen.getByRole('menuitemradio', { name: 'skopeo' }));
  expect(textOf(section)).toContain('skopeo inspect --raw docker://x');
});

test.each(Object.entries(IDS))(
  '%s has no accessibility violation, and every word is there',
  async (_, id) => {
    for (const language of ['en', 'ja'] as const) {
      const text = '{"a": 1}';
      const { pane } = inspect(
        id,
        { document: async () => ({ ok: true, value: documentOf(text) }) },
        language,
      );
      await waitFor(() => expect(pane.querySelector('h2')).not.toBeNull());
      // A message that is missing shows as its id.
      expect(pane.textContent).not.toMatch(/inspector-(?:what|fact|title|value|section)-/);
      expect(await violations(pane)).toEqual([]);
      pane.remove();
    }
  },
);
