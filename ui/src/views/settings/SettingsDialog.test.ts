import { screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { fakeHost, fakeWorkspace, show, violations, textOf } from '../../../tests/window';
import SettingsDialog from './SettingsDialog.svelte';

function settings() {
  const saveSettings = vi.fn(async () => {});
  const workspace = fakeWorkspace(fakeHost({ saveSettings }));
  workspace.settings = { language: 'en', theme: 'light', recent: [] };
  workspace.about = { version: '1.2.3', platform: 'Linux' };
  workspace.settingsOpen = true;
  return { workspace, saveSettings, page: show(workspace, SettingsDialog, {}) };
}

test('a choice is used and kept at once', async () => {
  const { workspace, saveSettings, page } = settings();
  await userEvent.click(screen.getByRole('radio', { name: 'Dark', hidden: true }));
  expect(workspace.settings.theme).toBe('dark');
  await userEvent.click(screen.getByRole('radio', { name: '日本語', hidden: true }));
  expect(saveSettings).toHaveBeenLastCalledWith({ language: 'ja', theme: 'dark', recent: [] });
  expect(textOf(page)).toContain('設定');
});

test('the version is told', () => {
  expect(textOf(settings().page)).toContain('Version 1.2.3, Linux');
});

test('closing leaves the settings as they are', async () => {
  const { workspace } = settings();
  await userEvent.click(screen.getByRole('button', { name: 'Done', hidden: true }));
  expect(workspace.settingsOpen).toBe(false);
});

test('the dialog has no accessibility violation', async () => {
  const { page } = settings();
  // jsdom does not open dialogs.
  page.querySelector('dialog')?.setAttribute('open', '');
  expect(await violations(page)).toEqual([]);
});
