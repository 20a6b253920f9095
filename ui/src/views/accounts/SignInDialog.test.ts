import { screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { fakeHost, fakeWorkspace, show, textOf, violations } from '../../../tests/window';
import type { AwsProfile, AwsSignInEvent } from '../../api/bindings';
import type { Host, LoginRequest, Result } from '../../api/host';
import type { SignIn } from '../../state/workspace.svelte';
import type { Language } from '../../words/words.svelte';
import SignInDialog from './SignInDialog.svelte';
import { ECR, failed, keys, report, sso, taken } from './testing';

function dialog(wish: SignIn, has: Partial<Host> = {}, language: Language = 'en') {
  const host = fakeHost({ accounts: async () => ({ ok: true, value: report() }), ...has });
  const workspace = fakeWorkspace(host, language);
  workspace.signIn = wish;
  const page = show(workspace, SignInDialog, {});
  // jsdom does not open dialogs.
  page.querySelector('dialog')?.setAttribute('open', '');
  return { page, workspace };
}

const login = (...results: Result<ReturnType<typeof taken>>[]) =>
  vi.fn(
    async (_job: string, _request: LoginRequest) => results.shift() ?? { ok: true as const, value: taken() },
  );
const button = (name: string) => screen.findByRole('button', { name });
/** Not the choice of the same name. */
const field = (name: string) => screen.findByLabelText(name, { selector: 'input:not([type=radio])' });

test('an account is tested, kept, told of, and what failed goes on', async () => {
  const asked = login();
  const then = vi.fn();
  const { page } = dialog({ registry: 'r.test', repository: 'team/app', then }, { login: asked });
  await screen.findByRole('checkbox', { name: 'Keep in the Keychain', checked: true });
  await userEvent.type(await field('User name'), 'alice');
  await userEvent.type(await field('Password'), 'wonderland');
  await userEvent.click(await button('Test and sign in'));
  await waitFor(() => expect(textOf(page)).toContain('Signed in to r.test as alice.'));
  expect(textOf(page)).toContain('The registry took this account.');
  expect(textOf(page)).toContain('Kept in the Keychain.');
  expect(then).toHaveBeenCalledOnce();
  expect(asked.mock.calls[0]?.[1]).toEqual({
    key: 'r.test',
    username: 'alice',
    secret: 'wonderland',
    repository: 'team/app',
    keep: true,
    plainHttp: false,
    allowRealm: [],
  });
  expect(new XMLSerializer().serializeToString(page)).not.toContain('wonderland');
});

test('a wrong password is told in place, with what was tried, and nothing that was typed is lost', async () => {
  const wrong = failed<ReturnType<typeof taken>>(
    { kind: 'auth-rejected', registry: 'r.test', account: 'alice' },
    { evidence: [{ attempted: 'GET https://r.test/v2/', status: 401 }] },
  );
  const asked = login(wrong);
  const then = vi.fn();
  const { page } = dialog({ registry: 'r.test', then }, { login: asked });
  await userEvent.type(await field('User name'), 'alice');
  await userEvent.type(await field('Password'), 'wrong');
  await userEvent.click(await button('Test and sign in'));
  expect(textOf(await screen.findByRole('alert'))).toContain('does not take the account “alice”');
  expect(textOf(page)).toContain('Nothing was kept.');
  expect(textOf(page)).toContain('GET https://r.test/v2/');
  expect(then).not.toHaveBeenCalled();
  expect(await field('User name')).toHaveProperty('value', 'alice');
  expect(await field('Password')).toHaveProperty('value', 'wrong');
  expect(await violations(page)).toEqual([]);
  await userEvent.clear(await field('Password'));
  await userEvent.type(await field('Password'), 'right');
  await userEvent.click(await button('Test and sign in'));
  await waitFor(() => expect(then).toHaveBeenCalledOnce());
});

test('what is missing is said beside its field, and nobody is asked', async () => {
  const asked = login();
  const { page } = dialog({ registry: '' }, { login: asked });
  await userEvent.click(await button('Test and sign in'));
  expect(textOf(page)).toContain('Type the registry.');
  expect(document.activeElement).toBe(await field('Registry'));
  await userEvent.type(await field('Registry'), 'ghcr.io/team');
  await userEvent.click(await button('Test and sign in'));
  expect(textOf(page)).toContain('Type the user name.');
  expect(asked).not.toHaveBeenCalled();
});

test('a well-known registry says where its tokens are made', async () => {
  const { page } = dialog({ registry: 'ghcr.io' });
  expect(textOf(page)).toContain('read:packages');
  expect(screen.getByRole('radio', { name: 'Access token' })).toHaveProperty('checked', true);
  const registry = await field('Registry');
  await userEvent.clear(registry);
  await userEvent.type(registry, 'docker.io');
  expect(textOf(page)).toContain('hub.docker.com');
});

test('an identity token needs no user name', async () => {
  const asked = login();
  dialog({ registry: 'r.test' }, { login: asked });
  await userEvent.click(screen.getByRole('radio', { name: 'Identity token' }));
  expect(screen.queryByLabelText('User name')).toBeNull();
  await userEvent.type(await field('Identity token'), 'refresh');
  await userEvent.click(await button('Test and sign in'));
  await waitFor(() => expect(asked.mock.calls[0]?.[1]).toMatchObject({ username: null, secret: 'refresh' }));
});

test('a secret is shown only when the reader says so', async () => {
  dialog({ registry: 'r.test' });
  expect(await field('Password')).toHaveProperty('type', 'password');
  await userEvent.click(await button('Show'));
  expect(await field('Password')).toHaveProperty('type', 'text');
});

test.each([
  ['no-store', 'This session has no Secret Service'],
  ['store-locked', 'is locked'],
  ['store-failed', 'does not answer'],
] as const)('where nothing can be kept (%s), that is said by name', async (fault, said) => {
  const asked = login({
    ok: true,
    value: taken({ kept: { kind: 'not-kept', store: 'secret-service', why: 'no-store' } }),
  });
  const accounts = async () => ({
    ok: true as const,
    value: report({ store: { name: 'secret-service', fault } }),
  });
  const { page } = dialog({ registry: 'r.test' }, { login: asked, accounts });
  await waitFor(() => expect(textOf(page)).toContain(said));
  expect(screen.getByRole('checkbox', { name: 'Keep in the Secret Service' })).toHaveProperty(
    'disabled',
    true,
  );
  await userEvent.type(await field('User name'), 'alice');
  await userEvent.type(await field('Password'), 'w');
  await userEvent.click(await button('Test and sign in'));
  await waitFor(() => expect(textOf(page)).toContain('Not kept'));
  // A store that is locked is not to ask the reader unasked.
  expect(asked.mock.calls[0]?.[1].keep).toBe(fault === 'no-store');
});

test('a test that takes long is stopped, and its answer is nobody’s any more', async () => {
  const cancel = vi.fn(async () => {});
  let answer: (result: Result<ReturnType<typeof taken>>) => void = () => {};
  const asked = vi.fn(() => new Promise<Result<ReturnType<typeof taken>>>((done) => (answer = done)));
  const then = vi.fn();
  const { page } = dialog({ registry: 'r.test', then }, { login: asked, cancel });
  await userEvent.type(await field('User name'), 'alice');
  await userEvent.type(await field('Password'), 'w');
  await userEvent.click(await button('Test and sign in'));
  await waitFor(() => expect(textOf(page)).toContain('Asking r.test'));
  await userEvent.click(await button('Cancel'));
  expect(cancel).toHaveBeenCalledOnce();
  answer({ ok: true, value: taken() });
  await Promise.resolve();
  expect(then).not.toHaveBeenCalled();
  expect(await field('User name')).toHaveProperty('value', 'alice');
});

test('what the connection needs is kept before the account is tested', async () => {
  const order: string[] = [];
  const saveRegistrySettings = vi.fn(async () => {
    order.push('settings');
    return { ok: true as const, value: null };
  });
  const asked = vi.fn(async () => {
    order.push('login');
    return { ok: true as const, value: taken() };
  });
  dialog({ registry: 'r.test:5000/team' }, { login: asked, saveRegistrySettings });
  await userEvent.click(screen.getByText('Connection'));
  await userEvent.type(await field('Certificate of its authority (CA)'), '/tmp/ca.pem');
  await userEvent.click(screen.getByRole('checkbox', { name: 'Trust any certificate of this registry' }));
  expect(textOf(document.body)).toContain('can pretend to be it');
  await userEvent.type(await field('User name'), 'alice');
  await userEvent.type(await field('Password'), 'w');
  await userEvent.click(await button('Test and sign in'));
  await waitFor(() => expect(order).toEqual(['settings', 'login']));
  expect(saveRegistrySettings).toHaveBeenCalledWith('r.test:5000', {
    ca: '/tmp/ca.pem',
    insecure: true,
    plainHttp: false,
    allowRealm: [],
  });
});

test('a certificate that is not trusted opens the connection; a host for tokens is allowed in place', async () => {
  const asked = login(
    failed({ kind: 'tls-untrusted', host: 'r.test', issuer: 'Test CA' }),
    failed({ kind: 'realm-not-allowed', registry: 'r.test', realm: 't.test' }),
  );
  const { page } = dialog({ registry: 'r.test' }, { login: asked });
  await userEvent.type(await field('User name'), 'alice');
  await userEvent.type(await field('Password'), 'w');
  await userEvent.click(await button('Test and sign in'));
  await screen.findByRole('alert');
  expect([...page.querySelectorAll('details')].some((each) => each.open)).toBe(true);
  await userEvent.click(await button('Test and sign in'));
  await userEvent.click(await button('Allow t.test this time'));
  await waitFor(() => expect(asked).toHaveBeenCalledTimes(3));
  expect(asked.mock.calls[2]?.[1].allowRealm).toEqual(['t.test']);
});

test('the authority’s certificate has a dialog of its own', async () => {
  const saveRegistrySettings = vi.fn(async () => ({ ok: true as const, value: null }));
  const then = vi.fn();
  const { workspace } = dialog(
    { registry: 'r.test', about: 'ca', then },
    { saveRegistrySettings, pickCertificate: async () => '/tmp/ca.pem' },
  );
  await userEvent.click(await button('Choose a file: Certificate of its authority (CA)'));
  await userEvent.click(await button('Save and try again'));
  await waitFor(() => expect(then).toHaveBeenCalledOnce());
  expect(saveRegistrySettings).toHaveBeenCalledWith('r.test', expect.objectContaining({ ca: '/tmp/ca.pem' }));
  expect(workspace.signIn).toBeNull();
});

test('a file that cannot be used leaves the dialog open', async () => {
  const saveRegistrySettings = async () =>
    failed<null>({ kind: 'setting-unusable', setting: 'ca', value: '/tmp/x' });
  const then = vi.fn();
  dialog({ registry: 'r.test', about: 'ca', then }, { saveRegistrySettings });
  await userEvent.type(await field('Certificate of its authority (CA)'), '/tmp/x');
  await userEvent.click(await button('Save and try again'));
  expect(textOf(await screen.findByRole('alert'))).toContain('/tmp/x');
  expect(then).not.toHaveBeenCalled();
});

const withProfiles = (profiles: readonly AwsProfile[]): Partial<Host> => ({
  accounts: async () => ({ ok: true, value: report({ awsProfiles: [...profiles] }) }),
  saveRegistrySettings: vi.fn(async () => ({ ok: true as const, value: null })),
});

test('a registry of AWS asks for a profile and no password, and tests it', async () => {
  const has = withProfiles([keys, sso]);
  const testAccount = vi.fn(async () => ({ ok: true as const, value: taken({ key: ECR, account: 'AWS' }) }));
  const then = vi.fn();
  const { page } = dialog({ registry: ECR, then }, { ...has, testAccount });
  expect(screen.queryByLabelText('Password')).toBeNull();
  await userEvent.click(await screen.findByRole('radio', { name: /default/, description: /keys in a file/ }));
  await userEvent.click(await button('Test and use'));
  await waitFor(() => expect(then).toHaveBeenCalledOnce());
  expect(has.saveRegistrySettings).toHaveBeenCalledWith(
    ECR,
    expect.objectContaining({ awsProfile: 'default' }),
  );
  expect(textOf(page)).toContain('The registry took this account.');
});

test('a sign-in in the browser shows its code, opens its page, and goes on when it is confirmed', async () => {
  let tell: (event: AwsSignInEvent) => void = () => {};
  let confirm: (result: Result<AwsProfile>) => void = () => {};
  const awsSignIn = vi.fn((_job: string, _profile: string, on: (event: AwsSignInEvent) => void) => {
    tell = on;
    return new Promise<Result<AwsProfile>>((done) => (confirm = done));
  });
  const openSignInPage = vi.fn(async () => ({ ok: true as const, value: null }));
  const testAccount = async () => ({ ok: true as const, value: taken({ key: ECR }) });
  const then = vi.fn();
  const { page } = dialog(
    { registry: ECR, then },
    { ...withProfiles([sso]), awsSignIn, openSignInPage, testAccount },
  );
  await userEvent.click(await screen.findByRole('radio', { name: /dev/ }));
  await userEvent.click(await button('Sign in in the browser'));
  await waitFor(() => expect(awsSignIn).toHaveBeenCalled());
  tell({
    kind: 'code',
    userCode: 'ABCD-EFGH',
    verificationUri: 'https://device.sso.eu-west-1.amazonaws.com/',
    verificationUriComplete: 'https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD-EFGH',
    expiresInS: 600,
  });
  await waitFor(() => expect(textOf(page)).toContain('ABCD-EFGH'));
  expect(textOf(page)).toContain('10:00 left');
  expect(await violations(page)).toEqual([]);
  await userEvent.click(await button('Open the page'));
  expect(openSignInPage).toHaveBeenCalledWith(awsSignIn.mock.calls[0]?.[0]);
  confirm({ ok: true, value: { ...sso, signedInUntil: '2999-01-01T00:00:00Z' } });
  await waitFor(() => expect(then).toHaveBeenCalledOnce());
});

test.each([
  ['aws-sign-in-denied', 'was denied in the browser'],
  ['aws-sign-in-expired', 'in time'],
] as const)('%s is told, and another try is at hand', async (kind, said) => {
  const awsSignIn = vi.fn(async () => failed<AwsProfile>({ kind }));
  dialog({ registry: ECR }, { ...withProfiles([sso]), awsSignIn });
  await userEvent.click(await screen.findByRole('radio', { name: /dev/ }));
  await userEvent.click(await button('Sign in in the browser'));
  expect(textOf(await screen.findByRole('alert'))).toContain(said);
  await userEvent.click(await button('Sign in in the browser as dev'));
  expect(awsSignIn).toHaveBeenCalledTimes(2);
});

test('whoever has a password for a registry of AWS can type it', async () => {
  dialog({ registry: ECR }, withProfiles([]));
  await userEvent.click(await button('I have a user name and a password'));
  await field('Password');
});

test.each(['en', 'ja'] as const)(
  'every form of the dialog is whole and accessible (%s)',
  async (language) => {
    const wishes: SignIn[] = [
      { registry: 'r.test' },
      { registry: '' },
      { registry: ECR },
      { registry: '', about: 'aws' },
      { registry: 'r.test', about: 'ca' },
      { registry: 'r.test', about: 'client-certificate' },
    ];
    for (const wish of wishes) {
      const { page } = dialog(wish, withProfiles([keys, sso]), language);
      await waitFor(() => expect(page.querySelector('input')).not.toBeNull());
      await new Promise((done) => setTimeout(done, 20));
      for (const part of page.querySelectorAll('details')) part.open = true;
      expect(await violations(page)).toEqual([]);
      expect(textOf(page)).not.toMatch(/sign-in-|connection-|aws-[a-z]+-|\{|undefined|\bnull\b|\bnone\b/);
      page.remove();
    }
  },
);
