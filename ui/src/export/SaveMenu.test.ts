import { screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { fakeHost, fakeWorkspace, show, textOf } from '../../tests/window';
import { Session } from '../state/session.svelte';
import { sampleGraph } from '../views/inspector/testing';
import SaveMenu from './SaveMenu.svelte';

function menu() {
  const saveFile = vi.fn(async (name: string) => `/home/somebody/${name}`);
  const report = vi.fn(async () => '# report');
  const host = fakeHost({ saveFile, report });
  const session = new Session(host, { reference: 'sample:hello:1.0.0' });
  session.graph = sampleGraph();
  session.phase = 'done';
  return { saveFile, report, session, page: show(fakeWorkspace(host), SaveMenu, { session }) };
}

test('the picture is saved as it is on screen', async () => {
  const { saveFile, page } = menu();
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await userEvent.click(screen.getByRole('menuitem', { name: 'Picture as SVG' }));
  await waitFor(() => expect(saveFile).toHaveBeenCalled());
  const [name, bytes, kind] = saveFile.mock.calls[0] as unknown as [string, Uint8Array, string];
  expect([name, kind]).toEqual(['kaibo-sample-hello-1.0.0.svg', 'svg']);
  expect(new TextDecoder().decode(bytes)).toContain('linux/amd64');
  // The folder is nobody's business on a shared screen.
  await waitFor(() => expect(textOf(page)).toContain('Saved as kaibo-sample-hello-1.0.0.svg'));
});

test('a report has no environment values unless they are ticked', async () => {
  const { report, saveFile, session } = menu();
  for (const environment of [false, true]) {
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Report…' }));
    if (environment) await userEvent.click(screen.getByRole('checkbox', { hidden: true }));
    await userEvent.click(screen.getByRole('button', { name: 'Save report', hidden: true }));
    await waitFor(() => expect(report).toHaveBeenLastCalledWith(session.job, 'md', { environment }));
  }
  await waitFor(() => expect(saveFile).toHaveBeenCalledTimes(2));
});
