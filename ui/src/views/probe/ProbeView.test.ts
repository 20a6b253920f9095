import { screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import passed from '../../../recorded/probe/passed.json';
import untrusted from '../../../recorded/probe/untrusted.json';
import { fakeHost, fakeWorkspace, show, textOf, violations } from '../../../tests/window';
import type { ProbeReport, ProbeStep } from '../../api/bindings';
import type { Host } from '../../api/host';
import { Words } from '../../words/words.svelte';
import ProbeView from './ProbeView.svelte';
import { exported, markdownOf } from './told';

/** What real registries said. */
const PASSED = passed as unknown as ProbeReport;
const UNTRUSTED = untrusted as unknown as ProbeReport;

function playing(report: ProbeReport, has: Partial<Host> = {}): Host {
  return fakeHost({
    probe: async (_job, _request, on) => {
      report.steps.forEach(on);
      return { ok: true, value: report };
    },
    ...has,
  });
}

describe('the probe', () => {
  it('says_the_answer_first_and_every_step_with_sign_word_and_time', async () => {
    const container = show(fakeWorkspace(playing(PASSED)), ProbeView, { reference: PASSED.reference });
    const answer = await screen.findByRole('heading', { level: 1, name: /^All steps passed in/ });
    expect(textOf(answer)).toMatch(/(ms|s)\.$/);
    const steps = screen.getAllByRole('heading', { level: 2 });
    expect(steps.map(textOf).slice(0, 5)).toEqual([
      '1. Name',
      '2. Route',
      '3. DNS',
      '4. Connection',
      '5. TLS',
    ]);
    expect(textOf(container)).toContain('Manifest (HEAD) passed');
    expect(textOf(container)).toContain('allows repository:team/hello:pull');
    expect(await violations(container)).toEqual([]);
  });

  it('the_step_that_failed_is_named_and_says_why_and_what_to_do', async () => {
    const workspace = fakeWorkspace(playing(UNTRUSTED), 'ja');
    const container = show(workspace, ProbeView, { reference: UNTRUSTED.reference });
    await screen.findByRole('heading', { level: 1, name: /^手順5\/12「TLS」で失敗/ });
    const failed = container.querySelectorAll('li.failed');
    expect(failed).toHaveLength(1);
    expect(textOf(failed[0])).toContain('発行者');
    expect(container.querySelectorAll('li.skipped').length).toBeGreaterThanOrEqual(7);
    expect(textOf(container)).not.toContain('前の手順が失敗');
    expect(await violations(container)).toEqual([]);
  });

  it('tells_where_it_is_and_stops_when_it_is_left', async () => {
    let tell: (step: ProbeStep) => void = () => {};
    const cancel = vi.fn(async () => {});
    const host = fakeHost({
      probe: (_job, _request, on) => {
        tell = on;
        return new Promise(() => {});
      },
      cancel,
    });
    const container = show(fakeWorkspace(host), ProbeView, { reference: 'r.example/a:1' });
    expect(textOf(screen.getByRole('heading', { level: 1 }))).toBe('Step 1 of 12: Name …');
    PASSED.steps.slice(0, 3).forEach((step) => tell(step));
    await waitFor(() =>
      expect(textOf(screen.getByRole('heading', { level: 1 }))).toBe('Step 4 of 12: Connection …'),
    );
    expect(container.querySelectorAll('li[aria-busy="true"]')).toHaveLength(1);
    await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('runs_again_and_saves_without_names_of_accounts', async () => {
    const probe = vi.fn(playing(PASSED).probe);
    const saveFile = vi.fn(
      async (_name: string, _bytes: Uint8Array, _what: string) => '/tmp/kaibo-probe.json',
    );
    const user = userEvent.setup();
    show(fakeWorkspace(fakeHost({ probe, saveFile })), ProbeView, { reference: PASSED.reference });
    await user.click(await screen.findByRole('button', { name: 'Run again' }));
    expect(probe).toHaveBeenCalledTimes(2);
    await user.click(await screen.findByRole('button', { name: 'Save' }));
    await user.click(screen.getByRole('menuitem', { name: /JSON/ }));
    const [name, bytes, what] = saveFile.mock.calls[0] ?? [];
    expect([name, what]).toEqual(['kaibo-hello-1.0.0.json', 'json']);
    const text = new TextDecoder().decode(bytes);
    expect(JSON.parse(text).schema).toBe('kaibo.probe/1');
    expect(text).not.toContain('"alice"');
    await screen.findByText('Saved: kaibo-probe.json');
  });
});

describe('what is exported', () => {
  it('has_neither_account_nor_home', () => {
    expect(PASSED.account).toBe('alice');
    const report = exported({
      ...PASSED,
      mirrors: [
        { location: 'm', file: 'C:\\Users\\me\\.docker\\daemon.json', engine: 'docker', rule: 'mirror' },
        { location: 'm', file: '/Users/me/.docker/daemon.json', engine: 'docker', rule: 'mirror' },
      ],
    });
    expect(report.account).toBe('…');
    expect(report.mirrors.map(({ file }) => file)).toEqual([
      '~\\.docker\\daemon.json',
      '~/.docker/daemon.json',
    ]);
    expect(JSON.stringify(report)).not.toMatch(/alice"|home\/me/);
  });

  it('is_markdown_in_which_data_has_no_meaning', () => {
    const hostile: ProbeReport = {
      ...UNTRUSTED,
      steps: UNTRUSTED.steps.map((step) => ({ ...step, said: '<b>|`x`\n# y' })),
    };
    const text = markdownOf(new Words('en'), hostile);
    expect(text).toContain('| TLS | failed |');
    expect(text).toContain('\\<b\\>\\|\\`x\\`␊\\# y');
  });
});
