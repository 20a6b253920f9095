import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import hello from '../../../recorded/hello.json';
import App from '../../App.svelte';
import { recordedHost, type Recording } from '../../api/recorded';
import { Workspace } from '../../state/workspace.svelte';
import { Words } from '../../words/words.svelte';

async function open(language: 'en' | 'ja' = 'en', hold = Infinity): Promise<Workspace> {
  const host = recordedHost({
    recordings: [hello as unknown as Recording],
    settings: { language, theme: 'light', recent: [] },
    pace: 0,
    hold,
  });
  const workspace = new Workspace(host, new Words(language));
  render(App, { workspace });
  workspace.open('sample:hello:1.0.0');
  await waitFor(() => expect(screen.getAllByRole('treeitem').length).toBeGreaterThan(1));
  if (hold === Infinity) await waitFor(() => expect(workspace.session?.phase).toBe('done'));
  return workspace;
}

async function violations(): Promise<string[]> {
  // jsdom lays nothing out, so colours are the browser tests' matter.
  const result = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return result.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`);
}

describe('the tree view', () => {
  it('says_the_answer_and_draws_the_tree', async () => {
    await open();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('platforms');
    expect(screen.getByRole('treeitem', { name: /^linux\/amd64/ }).getAttribute('aria-level')).toBe('3');
    expect(await violations()).toEqual([]);
  });

  it('keys_move_and_the_focus_follows', async () => {
    const workspace = await open();
    const user = userEvent.setup();
    screen.getByRole('treeitem', { selected: true }).focus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(workspace.session?.selected?.role).toBe('config');
    expect(document.activeElement?.getAttribute('aria-selected')).toBe('true');
    await user.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(screen.getByRole('treeitem', { name: /^linux\/amd64/ }).getAttribute('aria-expanded')).toBe(
      'false',
    );
    await user.keyboard('b');
    expect(workspace.session?.selected?.role).toBe('attestation');
  });

  it('the_outline_has_the_same_rows_in_the_same_order', async () => {
    const workspace = await open('ja');
    const keys = workspace.session?.rows.map((row) => row.key);
    const user = userEvent.setup();
    await user.click(screen.getByRole('tab', { name: 'アウトライン' }));
    expect(screen.getByRole('treegrid')).toBeTruthy();
    expect(workspace.session?.rows.map((row) => row.key)).toEqual(keys);
    expect(await violations()).toEqual([]);
  });

  it('stubs_stand_while_it_reads_and_cancel_keeps_them', async () => {
    const workspace = await open('en', 2);
    const user = userEvent.setup();
    await waitFor(() => expect(screen.getAllByRole('button', { name: 'Cancel' }).length).toBe(2), {
      timeout: 2000,
    });
    await user.click(screen.getAllByRole('button', { name: 'Cancel' })[1]!);
    await waitFor(() => expect(workspace.session?.phase).toBe('cancelled'));
    expect(screen.getByText(/What had arrived is shown/)).toBeTruthy();
    expect(screen.getAllByRole('treeitem').length).toBeGreaterThan(3);
  });
});
