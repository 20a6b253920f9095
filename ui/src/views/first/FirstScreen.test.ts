import { screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { fakeHost, fakeWorkspace, show, violations } from '../../../tests/window';
import type { SampleCard } from '../../api/host';
import { digest } from '../inspector/testing';
import FirstScreen from './FirstScreen.svelte';
import { pictureOf } from './pictures';

const NAMES = ['hello', 'single', 'multi', 'list', 'fam', 'comp', 'artifacts', 'epoch0', 'referrers'];
const SAMPLES: SampleCard[] = NAMES.map((name) => ({
  name,
  tags: ['1'],
  reference: `sample:${name}:1`,
}));

function first(has: Parameters<typeof fakeHost>[0] = {}, language: 'en' | 'ja' = 'en') {
  const workspace = fakeWorkspace(fakeHost(has), language);
  workspace.samples = SAMPLES;
  workspace.settings = {
    ...workspace.settings,
    recent: [
      {
        reference: '127.0.0.1:5100/demo/\u202ehello:1',
        at: 1_795_508_300,
        digest: digest('a'),
        role: 'index',
        images: 3,
      },
    ],
  };
  const open = vi.spyOn(workspace, 'open').mockImplementation(() => {});
  return { workspace, open, page: show(workspace, FirstScreen, {}) };
}

test('every sample has its own picture, title and lesson', () => {
  for (const language of ['en', 'ja'] as const) {
    const { page } = first({}, language);
    for (const name of NAMES) {
      expect(pictureOf(name)).not.toBe(pictureOf('no such sample'));
      expect(page.querySelectorAll('li .title')[NAMES.indexOf(name)]?.textContent).not.toBe(name);
      expect(page.textContent).not.toContain('first-');
    }
    page.remove();
  }
});

test('a sample opens with a click', async () => {
  const { open } = first();
  await userEvent.click(screen.getByRole('button', { name: /One tag, three platforms/ }));
  expect(open).toHaveBeenCalledWith('sample:hello:1');
});

test('a file is chosen by the system and opened; without a choice nothing happens', async () => {
  const pickFile = vi.fn(async (kind: 'file' | 'folder') =>
    kind === 'file' ? 'docker-archive:/x.tar' : null,
  );
  const { open } = first({ pickFile });
  await userEvent.click(screen.getByRole('button', { name: 'Open a folder' }));
  expect(open).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: 'Open a file' }));
  expect(open).toHaveBeenCalledWith('docker-archive:/x.tar');
});

test('what was open before opens again, and can be forgotten', async () => {
  const { open, workspace, page } = first();
  expect(page.textContent).not.toContain('\u202e');
  await userEvent.click(screen.getByRole('button', { name: /127\.0\.0\.1:5100/ }));
  expect(open).toHaveBeenCalledWith('127.0.0.1:5100/demo/\u202ehello:1');
  await userEvent.click(screen.getByRole('button', { name: 'Forget all' }));
  expect(workspace.settings.recent).toEqual([]);
});

test('the first screen has no accessibility violation', async () => {
  expect(await violations(first().page)).toEqual([]);
});
