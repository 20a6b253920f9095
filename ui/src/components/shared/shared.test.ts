import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { createRawSnippet } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { fakeWorkspace, show } from '../../../tests/window';
import CopyButton from './CopyButton.svelte';
import Dialog from './Dialog.svelte';
import Menu from './Menu.svelte';
import Tabs from './Tabs.svelte';
import { markOf } from './digest-mark';

async function violations(): Promise<string[]> {
  const result = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return result.violations.map((violation) => violation.id);
}

describe('Menu', () => {
  const items = [
    { id: 'svg', label: 'Picture' },
    { id: 'md', label: 'Report' },
  ];

  it('opens_moves_chooses_and_gives_the_focus_back', async () => {
    const onchoose = vi.fn();
    const user = userEvent.setup();
    render(Menu, { label: 'Save', items, onchoose });
    const button = screen.getByRole('button', { name: 'Save' });
    button.focus();
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement?.textContent).toContain('Picture');
    expect(await violations()).toEqual([]);
    await user.keyboard('{ArrowDown}{Enter}');
    expect(onchoose).toHaveBeenCalledWith('md');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(button);
  });

  it('escape_closes', async () => {
    const user = userEvent.setup();
    render(Menu, { label: 'Save', items, onchoose: () => {} });
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('menu')).toBeNull();
  });
});

describe('CopyButton', () => {
  it('says_when_the_clipboard_refuses', async () => {
    const user = userEvent.setup();
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValueOnce(new Error('no'));
    show(fakeWorkspace(), CopyButton, { text: 'x', label: 'Copy', done: 'Copied' });
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    expect((await screen.findByRole('status')).textContent).toBe('Not copied: the clipboard refused');
    await user.click(screen.getByRole('button'));
    expect(write).toHaveBeenLastCalledWith('x');
    expect(screen.getByRole('status').textContent).toBe('Copied');
  });
});

describe('Tabs', () => {
  it('arrows_go_round', async () => {
    const onselect = vi.fn();
    const user = userEvent.setup();
    const tabs = [
      { id: 'a', label: 'A' },
      { id: 'b', label: 'B' },
    ];
    render(Tabs, { label: 'View', tabs, selected: 'a', prefix: 't', onselect });
    await user.click(screen.getByRole('tab', { name: 'A' }));
    await user.keyboard('{ArrowLeft}');
    expect(onselect).toHaveBeenLastCalledWith('b');
  });
});

describe('Dialog', () => {
  it('has_a_name_and_a_way_out', async () => {
    const onclose = vi.fn();
    const children = createRawSnippet(() => ({ render: () => '<p>text</p>' }));
    render(Dialog, { title: 'Settings', closeLabel: 'Close', onclose, children });
    const dialog = screen.getByRole('dialog', { hidden: true });
    expect(dialog.getAttribute('aria-labelledby')).toBe(dialog.querySelector('h2')?.id);
    dialog.querySelector('button')?.click();
    expect(onclose).toHaveBeenCalledOnce();
  });
});

describe('markOf', () => {
  it('the_same_digest_has_the_same_mark_and_others_differ', () => {
    const one = markOf('sha256:d7be6e1e41655f78');
    expect(markOf('sha256:d7be6e1e41655f78')).toEqual(one);
    expect(markOf('sha256:d6be6e1e41655f78')).not.toEqual(one);
    expect(markOf('nonsense').silhouette).toBeTruthy();
  });
});
