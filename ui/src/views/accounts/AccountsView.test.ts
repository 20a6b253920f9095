import { screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { fakeHost, fakeWorkspace, show, textOf, violations } from '../../../tests/window';
import type { AccountCard, Event } from '../../api/bindings';
import type { Host } from '../../api/host';
import type { Language } from '../../words/words.svelte';
import AccountsView from './AccountsView.svelte';
import { failed, keys, report, sso, taken, why } from './testing';
import TurnedDown from './TurnedDown.svelte';
import WhyPanel from './WhyPanel.svelte';

const own: AccountCard = {
  key: 'ghcr.io/team',
  account: 'alice',
  origin: { kind: 'keychain', store: 'keychain', key: 'ghcr.io/team' },
  own: true,
};
const other: AccountCard = {
  key: 'r.test',
  account: 'bob',
  origin: { kind: 'file', path: '/home/b/.docker/config.json', key: 'r.test' },
  own: false,
};

function view(accounts: AccountCard[], has: Partial<Host> = {}, language: Language = 'en') {
  const asked = vi.fn(async () => ({
    ok: true as const,
    value: report({ accounts, awsProfiles: [keys, sso] }),
  }));
  const host = fakeHost({ accounts: asked, why: async () => ({ ok: true, value: why }), ...has });
  const workspace = fakeWorkspace(host, language);
  return { page: show(workspace, AccountsView, {}), workspace, asked };
}

test('says first how many there are, then where each is', async () => {
  const { page } = view([own, other]);
  await screen.findByRole('heading', {
    name: 'Kaibo has one account of its own and found one of another tool.',
  });
  expect(textOf(page)).toContain('kept by Kaibo in the Keychain');
  expect(textOf(page)).toContain('in the file /home/b/.docker/config.json');
  expect(textOf(page)).toContain('Secrets are kept in the Keychain');
  expect(textOf(page)).toContain('sign-in in the browser, 123456789012, eu-west-1, not signed in');
});

test('whose account a helper has is not guessed, and it is not run for a list', async () => {
  const helper: AccountCard = {
    key: 'quay.io',
    origin: { kind: 'helper', program: 'docker-credential-desktop', server: 'quay.io' },
    own: false,
  };
  const { page } = view([helper]);
  await waitFor(() => expect(textOf(page)).toContain('The helper has the account'));
  expect(textOf(page)).toContain('from the helper docker-credential-desktop');
});

test('only Kaibo’s own accounts can be changed and removed', async () => {
  view([own, other]);
  await screen.findByRole('button', { name: 'Remove: ghcr.io/team' });
  expect(screen.queryByRole('button', { name: 'Remove: r.test' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Change: r.test' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Test: r.test' })).toBeTruthy();
});

test('an account is removed only after a second yes', async () => {
  const logout = vi.fn(async () => ({ ok: true as const, value: null }));
  const { asked } = view([own], { logout });
  await userEvent.click(await screen.findByRole('button', { name: 'Remove: ghcr.io/team' }));
  expect(logout).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: 'Remove it' }));
  expect(logout).toHaveBeenCalledWith('ghcr.io/team');
  await waitFor(() => expect(asked).toHaveBeenCalledTimes(2));
});

test('a test tells in its row what came of it', async () => {
  const results = [
    failed<ReturnType<typeof taken>>({ kind: 'auth-rejected', registry: 'r.test', account: 'bob' }),
  ];
  const testAccount = vi.fn(async () => results.shift() ?? { ok: true as const, value: taken() });
  const { page } = view([other], { testAccount });
  const button = await screen.findByRole('button', { name: 'Test: r.test' });
  await userEvent.click(button);
  expect(textOf(await screen.findByRole('alert'))).toContain('“bob”');
  expect(textOf(page)).toContain('renew it with the tool');
  await userEvent.click(button);
  await waitFor(() => expect(textOf(page)).toContain('The registry took this account.'));
  expect(screen.queryByRole('alert')).toBeNull();
});

test('adding, changing and signing in to AWS open the dialog for it', async () => {
  const { workspace, asked } = view([own]);
  await userEvent.click(await screen.findByRole('button', { name: 'Add an account' }));
  expect(workspace.signIn?.registry).toBe('');
  workspace.signIn?.then?.();
  await waitFor(() => expect(asked).toHaveBeenCalledTimes(2));
  await userEvent.click(await screen.findByRole('button', { name: 'Change: ghcr.io/team' }));
  expect(workspace.signIn).toMatchObject({ registry: 'ghcr.io/team', username: 'alice' });
  await userEvent.click(screen.getByRole('button', { name: 'Sign in in the browser as dev' }));
  expect(workspace.signIn).toMatchObject({ about: 'aws', profile: 'dev' });
});

test('a store that is missing is said by name, with what to do', async () => {
  const value = report({ store: { name: 'secret-service', fault: 'no-store' } });
  const { page } = view([], { accounts: async () => ({ ok: true, value }) });
  await waitFor(() =>
    expect(textOf(page)).toContain('Secret Service: there is no store for secrets in this session'),
  );
  expect(textOf(page)).toContain('This machine has no account for a registry.');
  expect(textOf(page)).toContain('known until Kaibo is closed');
});

test('accounts that cannot be read are a problem with another try', async () => {
  const { page } = view([], {
    accounts: async () => failed({ kind: 'credentials-unreadable', place: '/x/auth.json' }),
  });
  expect(textOf(await screen.findByRole('alert'))).toContain('/x/auth.json');
  expect(within(page).getByRole('button', { name: 'Try again' })).toBeTruthy();
});

test('why: every look in order, a sign and a word for each, and what to do', async () => {
  const { page } = view([other]);
  await userEvent.click(await screen.findByRole('button', { name: 'Why: r.test' }));
  await waitFor(() => expect(textOf(page)).toContain('r.test/team/app is asked as alice'));
  const looks = [...page.querySelectorAll('ol > li')].map(textOf);
  expect(looks).toHaveLength(why.looks.length);
  expect(looks[0]).toContain('nothing for this registry');
  expect(looks[3]).toContain('the program is not on this machine');
  expect(looks[3]).toContain('/opt/homebrew/bin');
  expect(looks[3]).toContain('Install the program');
  expect(looks[4]).toContain('found: alice');
  expect(looks[5]).toContain('not needed');
  expect(page.textContent).not.toContain('\u202e');
});

test('why without an account, and when it cannot be told', async () => {
  const nobody = fakeWorkspace(
    fakeHost({
      why: async () => ({
        ok: true,
        value: { schema: '', registry: 'r.test', repository: '', origin: { kind: 'none' }, looks: [] },
      }),
    }),
  );
  const page = show(nobody, WhyPanel, { place: 'r.test' });
  await waitFor(() => expect(textOf(page)).toContain('r.test is asked without an account'));
  const broken = fakeWorkspace(
    fakeHost({ why: async () => failed({ kind: 'credentials-unreadable', place: '/x' }) }),
  );
  const second = show(broken, WhyPanel, { place: 'r.test' });
  await waitFor(() => expect(second.querySelector('[role=alert]')).not.toBeNull());
});

const turned: Event = {
  kind: 'turned-down',
  registry: 'ghcr.io',
  account: 'alice',
  origin: { kind: 'file', path: '/x', key: 'ghcr.io' },
};

test('an account that was not taken is told calmly, with the sign-in at hand', async () => {
  const workspace = fakeWorkspace();
  const retry = vi.fn();
  const page = show(workspace, TurnedDown, { events: [turned], place: 'ghcr.io/a/b', retry });
  expect(textOf(page)).toContain('The account “alice” was not taken; this was read without one.');
  expect(screen.queryByRole('alert')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Sign in to ghcr.io' }));
  expect(workspace.signIn?.registry).toBe('ghcr.io');
  workspace.signIn?.then?.();
  expect(retry).toHaveBeenCalledOnce();
});

test('the account that was used in the end is named', () => {
  const used: Event = {
    kind: 'credential',
    registry: 'ghcr.io',
    account: 'bob',
    origin: { kind: 'file', path: '/y', key: 'ghcr.io' },
  };
  const events = [turned, used];
  expect(textOf(show(fakeWorkspace(), TurnedDown, { events, retry: () => {} }))).toContain('read as bob');
  expect(textOf(show(fakeWorkspace(), TurnedDown, { events: [used], retry: () => {} }))).toBe('');
});

test.each(['en', 'ja'] as const)('the page and all that opens in it is accessible (%s)', async (language) => {
  const { page } = view([own, other], {}, language);
  await waitFor(() => expect(page.querySelectorAll('section').length).toBe(3));
  for (const each of page.querySelectorAll<HTMLElement>('[aria-expanded=false]')) each.click();
  await waitFor(() => expect(page.querySelectorAll('ol > li').length).toBeGreaterThan(5));
  for (const each of page.querySelectorAll('details')) each.open = true;
  expect(await violations(page)).toEqual([]);
  expect(textOf(page)).not.toMatch(/accounts-|look-|origin-|\{|undefined|\bnull\b/);
});
