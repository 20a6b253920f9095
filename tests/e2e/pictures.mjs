// The pictures of docs/pictures, taken in the real window: `npm run pictures -w @kaibo/e2e`; with
// words behind it, only those views: `npm run pictures -w @kaibo/e2e -- accounts sign-in`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.env.KAIBO_PICTURES ??= join(dirname(fileURLToPath(import.meta.url)), '../../docs/pictures');
const { Kaibo } = await import('./lib/app.mjs');
const { image, index, sha256 } = await import('./lib/images.mjs');
const { ALICE, startPrivateRegistry, startSso } = await import('./lib/servers.mjs');
const { Stage, freePort } = await import('./lib/stage.mjs');

/** What is clicked on the way, in the language of the window. */
const WORDS = {
  en: {
    add: 'Add an account',
    registry: 'Registry',
    username: 'User name',
    token: 'Access token',
    password: 'Password',
    submit: 'Test and sign in',
    signIn: /^Sign in to /,
    done: 'Done',
    notNow: 'Not now',
    accounts: 'Accounts',
    why: 'Why: quay.io',
    browser: 'Sign in in the browser as dev',
    cancel: 'Cancel',
    ca: 'Certificate of its authority (CA)',
    chooseCa: 'Choose the authority’s certificate…',
    save: 'Save and try again',
    probe: 'Probe this reference',
    group: /^Group/,
  },
  ja: {
    add: 'アカウントを追加',
    registry: 'レジストリ',
    username: 'ユーザー名',
    token: 'アクセストークン',
    password: 'パスワード',
    submit: '確かめてサインイン',
    signIn: /にサインイン$/,
    done: '完了',
    notNow: '今はしない',
    accounts: 'アカウント',
    why: '理由: quay.io',
    browser: 'dev としてブラウザーでサインイン',
    cancel: '中止',
    ca: '認証局の証明書（CA）',
    chooseCa: '認証局の証明書を選択…',
    save: '保存して再試行',
    probe: '経路を調べる',
    group: /まとめ/,
  },
};

/** Of each kind one, and the same names in every language and look. They are taken in this order. */
const VIEWS = {
  first: async (kaibo) => {
    await kaibo.until('the samples are there', () => kaibo.run('return document.querySelectorAll("main li button").length >= 8'));
  },
  'multi-platform': async (kaibo) => {
    await kaibo.open('sample:hello');
    await kaibo.read();
    await kaibo.click('treeitem', /linux\/arm64/);
    await kaibo.json();
  },
  'single-manifest': async (kaibo) => {
    await kaibo.open('sample:single');
    await kaibo.read();
    await kaibo.json();
  },
  error: async (kaibo) => {
    await kaibo.open(`127.0.0.1:${await freePort()}/team/app:1.4`);
    await kaibo.get('alert');
  },
  certificate: async (kaibo, { registry, words }) => {
    await kaibo.open(`${registry.host}/team/shop:2.4.0`);
    await kaibo.click('button', words.chooseCa);
    await kaibo.fill(words.ca, registry.ca);
  },
  'account-wanted': async (kaibo, { words }) => {
    await kaibo.leave(() => kaibo.click('button', words.save));
    await kaibo.get('button', words.signIn);
  },
  'sign-in-refused': async (kaibo, { words }) => {
    await kaibo.click('button', words.signIn);
    await kaibo.fill(words.username, ALICE.username);
    await kaibo.fill(words.password, 'looking-glass');
    await kaibo.click('button', words.submit);
    await kaibo.until('it is told', () => kaibo.run('return document.querySelector("dialog [role=alert]") !== null'));
  },
  'sign-in-done': async (kaibo, { words }) => {
    await kaibo.fill(words.password, ALICE.password);
    await kaibo.click('button', words.submit);
    await kaibo.get('button', words.done);
  },
  registry: async (kaibo, { registry, words }) => {
    await kaibo.click('button', words.done);
    await kaibo.read();
    await kaibo.open(`${registry.host}/`);
    await kaibo.get('row', /team\/shop/);
  },
  repository: async (kaibo, { registry, words }) => {
    await kaibo.open(`${registry.host}/team/shop:`);
    await kaibo.get('row', /2\.4\.0/);
    await kaibo.click('button', words.group);
    await kaibo.until('the digests are there', () => kaibo.run('return document.querySelectorAll("[role=grid] [role=row] svg").length > 8'));
  },
  accounts: async (kaibo, { words }) => {
    await kaibo.leave(() => kaibo.click('button', words.accounts));
    await kaibo.click('button', words.why);
    await kaibo.until('it is told', () => kaibo.run('return document.querySelectorAll("main ol > li").length > 4'));
  },
  'sign-in': async (kaibo, { words }) => {
    await kaibo.click('button', words.add);
    await kaibo.fill(words.registry, 'ghcr.io/team');
    await kaibo.fill(words.username, ALICE.username);
    await kaibo.fill(words.token, 'not a real token');
  },
  'device-code': async (kaibo, { words }) => {
    await kaibo.click('button', words.notNow);
    await kaibo.click('button', words.browser);
    await kaibo.reads(/KQTX-ZNLB/);
  },
  'probe-failed': async (kaibo, { words }) => {
    await kaibo.click('button', words.cancel);
    await kaibo.press('Escape');
    await kaibo.open(`127.0.0.1:${await freePort()}/team/shop:2.4.0`);
    await kaibo.leave(() => kaibo.click('button', words.probe));
    await kaibo.until('the probe is over', () => kaibo.run('return document.querySelector("main [aria-busy=true]") === null && document.querySelectorAll("main li").length > 3'));
  },
};

/** What is shown dark as well. */
const DARK = ['first', 'multi-platform', 'single-manifest', 'error', 'accounts', 'device-code', 'repository'];

/** What Docker and AWS would have left in a home. */
function furnish(home) {
  mkdirSync(join(home, '.docker'));
  const auth = Buffer.from('bob:not a real token').toString('base64');
  writeFileSync(
    join(home, '.docker/config.json'),
    JSON.stringify({ auths: { 'https://index.docker.io/v1/': { auth } }, credHelpers: { 'quay.io': 'desktop' } }),
  );
  mkdirSync(join(home, '.aws'));
  writeFileSync(
    join(home, '.aws/config'),
    '[default]\nregion = eu-west-1\n\n[profile dev]\nsso_session = team\nsso_account_id = 123456789012\nsso_role_name = Reader\nregion = eu-west-1\n\n' +
      '[sso-session team]\nsso_start_url = https://team.awsapps.com/start\nsso_region = eu-west-1\nsso_registration_scopes = sso:account:access\n',
  );
  writeFileSync(join(home, '.aws/credentials'), '[default]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = none\n');
}

/** A repository with some releases, most of them under several names, and a signature; and others beside it. */
async function stock(registry) {
  const release = (n) =>
    index([image({ files: [{ base: 'base' }, { 'bin/shop': `${n}` }] }), image({ architecture: 'arm64', files: [{ base: 'base arm' }, { 'bin/shop': `arm ${n}` }] })]);
  const names = { '2.4.0': ['2.4', '2', 'latest'], '2.3.1': ['2.3'], '2.3.0': [], '2.2.0': ['2.2'], '2.10.0-rc.1': ['next'] };
  for (const [version, aliases] of Object.entries(names)) {
    const made = release(version);
    for (const name of [version, ...aliases]) await registry.push('team/shop', name, made);
    if (version === '2.4.0') await registry.push('team/shop', `${sha256(made.bytes).replace(':', '-')}.sig`, image({ files: [{ signature: 'of cosign' }] }));
  }
  for (const name of ['team/cart', 'team/search', 'tools/migrate']) await registry.push(name, '1.0', image());
}

const wanted = process.argv.slice(2);
const registry = await startPrivateRegistry();
const sso = await startSso();
const stage = await Stage.open({ width: 1280, height: 840 });
try {
  await stock(registry);
  for (const language of ['en', 'ja']) {
    for (const theme of ['light', 'dark']) {
      const home = stage.newHome();
      furnish(home);
      stage.writeSettings(home, JSON.stringify({ language, theme, recent: [] }));
      const env = { AWS_ENDPOINT_URL_SSO_OIDC: sso.origin, AWS_EC2_METADATA_DISABLED: 'true' };
      const kaibo = await Kaibo.open(stage, { home, env, keyring: true });
      await kaibo.until('it looks as it should', () =>
        kaibo.run('return document.documentElement.lang === arguments[0] && document.documentElement.dataset.theme === arguments[1]', language, theme),
      );
      for (const [name, go] of Object.entries(VIEWS)) {
        await go(kaibo, { registry, words: WORDS[language] });
        if (wanted.length > 0 ? !wanted.includes(name) : theme === 'dark' && !DARK.includes(name)) continue;
        // Nothing is pointed at that looks different then; behind a dialog nothing feels the pointer.
        const [x, y] = await kaibo.run('const box = document.querySelector("dialog[open] h2")?.getBoundingClientRect(); return box ? [box.right - 4, box.top + 4] : [640, 4]');
        await kaibo.window.point(Math.round(x), Math.round(y));
        // Pictures, fonts and what fades in.
        await kaibo.run('return document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 500)))');
        console.log(await kaibo.screenshot(`${name}-${language}-${theme}`));
      }
      await kaibo.close();
    }
  }
} finally {
  await stage.close();
  await sso.close();
  await registry.close();
}
