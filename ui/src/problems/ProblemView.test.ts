import { screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { fakeHost, fakeWorkspace, show, violations, textOf } from '../../tests/window';
import type { Problem, ProblemKind } from '../api/bindings';
import { Session } from '../state/session.svelte';
import type { Language } from '../words/words.svelte';
import ProblemView from './ProblemView.svelte';

const KINDS: ProblemKind[] = [
  { kind: 'reference-invalid', text: 'X', fault: 'uppercase-repository' },
  { kind: 'transport-unsupported', transport: 'docker-daemon' },
  { kind: 'name-not-resolved', host: 'r.test' },
  { kind: 'unreachable', host: 'r.test' },
  { kind: 'timed-out', host: 'r.test', stage: 'first-byte', seconds: 10 },
  { kind: 'tls-untrusted', host: 'r.test', issuer: null },
  { kind: 'tls-certificate', host: 'r.test', fault: 'expired' },
  { kind: 'tls-not-spoken', host: 'r.test' },
  { kind: 'auth-required', registry: 'r.test' },
  { kind: 'auth-rejected', registry: 'r.test', account: null },
  { kind: 'access-denied', registry: 'r.test', repository: 'a' },
  { kind: 'realm-not-allowed', registry: 'r.test', realm: 't.test' },
  { kind: 'token-failed', host: 't.test', status: null },
  { kind: 'not-found', thing: 'tag', name: '1' },
  { kind: 'rate-limited', registry: 'r.test', retryAfterS: null },
  { kind: 'registry-failed', registry: 'r.test', status: 503 },
  { kind: 'answer-malformed', registry: 'r.test', what: 'json' },
  { kind: 'redirect-refused', host: 'r.test', target: 'http://x', fault: 'downgrade' },
  { kind: 'too-large', limit: 4_194_304, size: null },
  { kind: 'digest-mismatch', expected: `sha256:${'0'.repeat(64)}`, actual: `sha256:${'1'.repeat(64)}` },
  { kind: 'offline', reference: 'x' },
  { kind: 'budget-exceeded', needed: 20, allowed: 10 },
  { kind: 'path-not-found', path: '/x' },
  { kind: 'path-unreadable', path: '/x' },
  { kind: 'not-a-layout', path: '/x' },
  { kind: 'not-an-archive', path: '/x' },
  { kind: 'tag-needed', place: 'oci:/x', tags: ['1', '2'] },
  { kind: 'tag-absent', tag: '9', tags: ['1'] },
  { kind: 'sample-unknown', name: 'x', names: ['hello'] },
  { kind: 'credentials-unreadable', place: '/x' },
  { kind: 'auth-expired', registry: 'r.test', account: null },
  { kind: 'client-certificate-wanted', host: 'r.test' },
  { kind: 'aws-nobody', profile: null },
  { kind: 'aws-sign-in-needed', profile: null },
  { kind: 'aws-sign-in-denied' },
  { kind: 'aws-sign-in-expired' },
  { kind: 'aws-expired', profile: null },
  { kind: 'aws-denied', action: 'ecr:DescribeImages', resource: null, principal: null },
  { kind: 'aws-failed', operation: 'GetAuthorizationToken', code: null },
  { kind: 'store-failed', store: 'keychain' },
  { kind: 'account-unknown', key: 'r.test', keys: [] },
  { kind: 'setting-unusable', setting: 'ca', value: 'x' },
  { kind: 'internal' },
];

function view(
  kind: ProblemKind,
  reference = 'r.test/a:1',
  language: Language = 'en',
  more: Partial<Problem> = {},
) {
  const host = fakeHost();
  const workspace = fakeWorkspace(host, language);
  workspace.session = new Session(host, { reference });
  const again = vi.spyOn(workspace, 'again').mockImplementation(() => {});
  const open = vi.spyOn(workspace, 'open').mockImplementation(() => {});
  const retry = vi.fn();
  const problem = { evidence: [], chain: [], ...more, ...kind } as Problem;
  return { page: show(workspace, ProblemView, { problem, retry }), again, open, retry, workspace };
}

test.each(KINDS.map((kind) => [kind.kind, kind] as const))(
  '%s is told in words, in both languages',
  async (name, kind) => {
    for (const language of ['en', 'ja'] as const) {
      const { page } = view(kind, 'r.test/a:1', language);
      const heading = page.querySelector('h1')?.textContent ?? '';
      expect(heading.length).toBeGreaterThan(5);
      expect(heading).not.toContain(`problem-${name}`);
      expect(page.querySelector('.advice')?.textContent).not.toContain('problem-');
      expect(page.textContent).not.toMatch(/\bnull\b|\{\$|undefined/);
      // Options of the terminal are no help in a window.
      expect(page.querySelector('.advice')?.textContent).not.toMatch(/“--|「--|kaibo login/);
      if (language === 'en') expect(await violations(page)).toEqual([]);
      page.remove();
    }
  },
);

test('what was tried stands in order, with the words of the server as text', () => {
  view({ kind: 'auth-required', registry: 'r.test' }, 'r.test/a:1', 'en', {
    evidence: [
      { attempted: 'GET https://r.test/v2/a/manifests/1', status: 401, said: '<b>no</b>\u202e' },
      { attempted: 'GET https://t.test/token' },
    ],
  });
  const items = screen.getAllByRole('listitem');
  expect(textOf(items[0])).toContain('wants an account (401)');
  expect(textOf(items[0])).toContain('<b>no</b>');
  expect(items[0]?.textContent).not.toContain('\u202e');
  expect(textOf(items[1])).toContain('no answer');
});

test('a token host is allowed for this time only, when the reader says so', async () => {
  const { again } = view({ kind: 'realm-not-allowed', registry: 'r.test', realm: 't.test' });
  await userEvent.click(screen.getByRole('button', { name: 'Allow t.test this time' }));
  expect(again).toHaveBeenCalledWith({ allowRealm: ['t.test'] });
});

test('plain HTTP is an explicit choice that says what it costs', async () => {
  const { again, page } = view({ kind: 'tls-not-spoken', host: 'r.test' });
  expect(textOf(page)).toContain('read and change');
  await userEvent.click(screen.getByRole('button', { name: 'Ask r.test over plain HTTP' }));
  expect(again).toHaveBeenCalledWith({ plainHttp: true });
});

test.each(['name-not-resolved', 'unreachable', 'timed-out'])(
  '%s of what was opened before offers the earlier copy',
  async (kind) => {
    const problem = { kind, host: 'r.test', stage: 'connect', seconds: 10 } as ProblemKind;
    const { again, workspace } = view(problem);
    expect(screen.queryByRole('button', { name: 'Open the earlier copy' })).toBeNull();
    workspace.settings = { ...workspace.settings, recent: [{ reference: 'r.test/a:1', at: 1 }] };
    await userEvent.click(await screen.findByRole('button', { name: 'Open the earlier copy' }));
    expect(again).toHaveBeenCalledWith({ offline: true });
  },
);

test('that there is no earlier copy is said without the options of the terminal', () => {
  const { page } = view({ kind: 'offline', reference: 'r.test/a:1' });
  expect(textOf(page.querySelector('h1'))).toBe('No earlier copy of r.test/a:1 is at hand.');
  expect(textOf(page)).not.toContain('--');
});

test('tags are buttons', async () => {
  const { open } = view({ kind: 'tag-needed', place: 'oci:/x', tags: ['1', '2'] }, 'oci:/x');
  await userEvent.click(screen.getByRole('button', { name: '2' }));
  expect(open).toHaveBeenCalledWith('oci:/x:2');
});

test('trying again is one click', async () => {
  const { retry } = view({ kind: 'unreachable', host: 'r.test' });
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(retry).toHaveBeenCalledOnce();
});

test('stopping is no error', () => {
  expect(textOf(view({ kind: 'cancelled' }).page)).toBe('');
});

test('an account that is wanted is the one thing to do: the sign-in, and then the same again', async () => {
  const { workspace, retry, page } = view(
    { kind: 'auth-required', registry: 'r.test' },
    'r.test/team/app:1',
    'en',
  );
  const button = screen.getByRole('button', { name: 'Sign in to r.test' });
  expect(page.querySelectorAll('.primary')).toHaveLength(1);
  expect(button.className).toContain('primary');
  await userEvent.click(button);
  expect(workspace.signIn).toMatchObject({ registry: 'r.test', repository: 'team/app' });
  workspace.signIn?.then?.();
  expect(retry).toHaveBeenCalledOnce();
});

test('where Kaibo looked is told in place', async () => {
  const { page, workspace } = view({ kind: 'auth-required', registry: 'r.test' }, 'r.test/team/app:1');
  const asked = vi.spyOn(workspace.host, 'why');
  await userEvent.click(screen.getByRole('button', { name: 'Where Kaibo looked' }));
  expect(asked).toHaveBeenCalledWith('r.test/team/app');
  expect(await violations(page)).toEqual([]);
});

test('what failed on the way can be probed', async () => {
  const { workspace } = view({ kind: 'unreachable', host: 'r.test' });
  const go = vi.spyOn(workspace, 'go').mockImplementation(() => {});
  await userEvent.click(screen.getByRole('button', { name: 'Probe this reference' }));
  expect(go).toHaveBeenCalledWith({ kind: 'probe', reference: 'r.test/a:1' });
});

test('what is no matter of the way is not probed', () => {
  view({ kind: 'not-found', thing: 'tag', name: '1' });
  expect(screen.queryByRole('button', { name: 'Probe this reference' })).toBeNull();
});

test('an authority that is not trusted leads to its certificate', async () => {
  const { workspace } = view({ kind: 'tls-untrusted', host: 'r.test', issuer: 'Test CA' });
  await userEvent.click(screen.getByRole('button', { name: 'Choose the authority’s certificate…' }));
  expect(workspace.signIn).toMatchObject({ registry: 'r.test', about: 'ca' });
});

test('a list has no image: what is allowed is kept for its registry, and the list is read again', async () => {
  const host = fakeHost({
    registrySettings: async () => ({ insecure: true, plainHttp: false, allowRealm: ['a.test'] }),
  });
  const saved = vi.spyOn(host, 'saveRegistrySettings').mockResolvedValue({ ok: true, value: null });
  const workspace = fakeWorkspace(host);
  workspace.place = { kind: 'registry', registry: 'r.test' };
  const retry = vi.fn();
  const problem = {
    kind: 'realm-not-allowed',
    registry: 'r.test',
    realm: 't.test',
    evidence: [],
    chain: [],
  } as const;
  show(workspace, ProblemView, { problem: { ...problem, evidence: [], chain: [] }, retry });
  await userEvent.click(screen.getByRole('button', { name: 'Allow t.test for this registry' }));
  await vi.waitFor(() => expect(retry).toHaveBeenCalledOnce());
  expect(saved).toHaveBeenCalledWith('r.test', {
    insecure: true,
    plainHttp: false,
    allowRealm: ['a.test', 't.test'],
  });
});
