import { screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { expect, test } from 'vitest';
import { GraphMaker } from '../../../tests/graphs';
import { fakeHost, fakeWorkspace, show } from '../../../tests/window';
import type { MenuItem } from '../../api/host';
import TopBar from './TopBar.svelte';

function window() {
  const maker = new GraphMaker();
  maker.edge(maker.node('tag', 'r.test/a:1'), maker.node('index', 'index'), 'names');
  let choose: (item: MenuItem) => void = () => {};
  const host = fakeHost({
    inspect: async (_job, _request, on) => {
      on({ kind: 'patch', patch: maker.patch() });
      return { ok: false, problem: { kind: 'cancelled', evidence: [], chain: [] } };
    },
    onMenu: (callback) => void (choose = callback),
  });
  const workspace = fakeWorkspace(host);
  void workspace.start();
  show(workspace, TopBar, {});
  return { workspace, choose: (item: MenuItem) => choose(item) };
}

test('the menu leads into the box, with its text selected', () => {
  const { workspace, choose } = window();
  workspace.typed = 'r.test/a:1';
  choose('go-to');
  const box = screen.getByRole<HTMLInputElement>('combobox');
  expect(document.activeElement).toBe(box);
});

test('the menu saves when there is something to save', async () => {
  const { workspace, choose } = window();
  choose('save');
  expect(screen.queryByRole('menu')).toBeNull();
  workspace.open('r.test/a:1');
  await screen.findByRole('button', { name: 'Save' });
  // Where both the system's menu and the page take the key, the second does not undo the first.
  choose('save');
  await screen.findByRole('menu');
  choose('save');
  await tick();
  expect(screen.getByRole('menu')).toBeTruthy();
});

test('the menu turns the look and the view', () => {
  const { workspace, choose } = window();
  choose('outline');
  choose('theme-contrast');
  choose('settings');
  expect([workspace.treeMode, workspace.theme, workspace.settingsOpen]).toEqual([
    'outline',
    'contrast',
    true,
  ]);
});
