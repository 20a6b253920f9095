// Signing in where an account is wanted, and browsing to a tag and its tree, in both languages.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { image, index } from './lib/images.mjs';
import { room } from './lib/room.mjs';
import { ALICE, dockerRegistry, startPrivateRegistry, startSso } from './lib/servers.mjs';
import { hasKeyring } from './lib/stage.mjs';

const skip = !dockerRegistry && 'docker-registry is not installed';

/** What is on the screen in each language. */
const WORDS = {
  en: {
    chooseCa: 'Choose the authority’s certificate…',
    ca: 'Certificate of its authority (CA)',
    save: 'Save and try again',
    signIn: /^Sign in to localhost:/,
    username: 'User name',
    password: 'Password',
    submit: 'Test and sign in',
    rejected: /does not take the account “alice”/,
    nothingKept: /Nothing was kept/,
    taken: /The registry took this account\./,
    notKept: /Not kept: this session has no store for secrets/,
    done: 'Done',
    looked: 'Where Kaibo looked',
    nobody: /is asked without an account: none was found/,
    accounts: 'Accounts',
    own: /Kaibo has one account of its own/,
    removal: 'Remove it',
    remove: /^Remove: /,
    none: /This machine has no account for a registry/,
  },
  ja: {
    chooseCa: '認証局の証明書を選択…',
    ca: '認証局の証明書（CA）',
    save: '保存して再試行',
    signIn: /にサインイン$/,
    username: 'ユーザー名',
    password: 'パスワード',
    submit: '確かめてサインイン',
    rejected: /alice/,
    nothingKept: /何も保存していません/,
    taken: /レジストリはこのアカウントを受け入れました。/,
    notKept: /保存していません：このセッションには資格情報の保管場所がありません/,
    done: '完了',
    looked: '探した場所',
    nobody: /にはアカウントなしで問い合わせます/,
    accounts: 'アカウント',
    own: /Kaiboのアカウントは1つです/,
    removal: '削除する',
    remove: /^削除: /,
    none: /このマシンには、レジストリのアカウントがありません/,
  },
};

for (const [language, words] of Object.entries(WORDS)) {
  describe(`signing in, ${language}`, { skip }, () => {
    let registry;
    const { kaibo } = room({
      options: (stage) => {
        const home = stage.newHome();
        stage.writeSettings(home, JSON.stringify({ language, theme: 'light', recent: [] }));
        return { home };
      },
    });
    before(async () => {
      registry = await startPrivateRegistry();
      const made = index([image(), image({ architecture: 'arm64', files: [{ 'bin/app': 'arm' }] })]);
      await registry.push('team/app', '1.0', made);
      await registry.push('team/app', '1.1', made);
      await registry.push('team/other', '2.0', image());
    });
    after(() => registry?.close());

    test('an authority that is not trusted is named, and its certificate chosen in place', async () => {
      await kaibo.open(`${registry.host}/team/app:1.0`);
      await kaibo.get('alert');
      assert.match(await kaibo.text('alert'), /Team Orange CA/);
      await kaibo.click('button', words.chooseCa);
      await kaibo.get('dialog');
      assert.deepEqual(await kaibo.axe(), []);
      await kaibo.fill(words.ca, registry.ca);
      await kaibo.leave(() => kaibo.click('button', words.save));
    });

    test('that an account is wanted is said, and where one was looked for', async () => {
      await kaibo.get('button', words.signIn);
      await kaibo.click('button', words.looked);
      await kaibo.reads(words.nobody);
      await kaibo.reads(/DOCKER_AUTH_CONFIG/);
      assert.deepEqual(await kaibo.axe(), []);
    });

    test('a wrong password is told in the dialog, and nothing that was typed is lost', async () => {
      await kaibo.click('button', words.signIn);
      await kaibo.get('dialog');
      assert.deepEqual(await kaibo.axe(), []);
      await kaibo.fill(words.username, ALICE.username);
      await kaibo.fill(words.password, 'looking-glass');
      await kaibo.click('button', words.submit);
      await kaibo.until('it is told', async () => {
        const alerts = await kaibo.run('return [...document.querySelectorAll("dialog [role=alert]")].map((each) => each.textContent)');
        return alerts.some((text) => words.rejected.test(text));
      });
      await kaibo.reads(words.nothingKept);
      assert.equal(await kaibo.run('return arguments[0].value', element(await kaibo.get('textbox', words.username))), ALICE.username);
      assert.equal(await kaibo.run('return arguments[0].value', element(await kaibo.get('textbox', words.password))), 'looking-glass');
      assert.deepEqual(await kaibo.axe(), []);
    });

    test('the right one is taken, it says where it is kept, and the tree is there', async () => {
      await kaibo.fill(words.password, ALICE.password);
      await kaibo.click('button', words.submit);
      await kaibo.reads(words.taken);
      // There is no secret service on this bus.
      await kaibo.reads(words.notKept);
      assert.deepEqual(await kaibo.axe(), []);
      await kaibo.click('button', words.done);
      await kaibo.read();
      const parts = await kaibo.parts();
      // Tag, index, two manifests, each with a config and a layer.
      assert.equal(parts.length, 8, parts.join('\n'));
      assert.equal(await kaibo.run('return document.documentElement.outerHTML.includes(arguments[0])', ALICE.password), false);
    });

    test('the registry lists its repositories, a repository its tags, a tag leads to its tree', async () => {
      await kaibo.open(`${registry.host}/`);
      await kaibo.reads(/team\/other/);
      assert.deepEqual(await kaibo.axe(), []);
      await kaibo.leave(() => kaibo.click('row', /team\/app/));
      await kaibo.until('its tags are there', async () => (await kaibo.all('row', /1\.1/)).length > 0);
      assert.deepEqual(await kaibo.axe(), []);
      await kaibo.leave(() => kaibo.click('row', /1\.1/));
      await kaibo.read();
      assert.equal((await kaibo.parts()).length, 8);
    });

    test('the account stands on the page of accounts, and can be taken back', async () => {
      await kaibo.leave(() => kaibo.click('button', words.accounts));
      await kaibo.get('heading', words.own);
      await kaibo.reads(/alice/);
      assert.deepEqual(await kaibo.axe(), []);
      await kaibo.click('button', words.remove);
      await kaibo.click('button', words.removal);
      await kaibo.get('heading', words.none);
      await kaibo.open(`${registry.host}/team/other:2.0`);
      await kaibo.get('button', words.signIn);
    });
  });
}

describe('signing in where there is a store', { skip: skip || (!hasKeyring && 'gnome-keyring is not installed') }, () => {
  let registry;
  const { kaibo, reopen } = room({ options: { keyring: true } });
  before(async () => {
    registry = await startPrivateRegistry();
    await registry.push('team/app', '1.0', image());
  });
  after(() => registry?.close());

  test('the account is kept there, and found after a new start', async () => {
    await kaibo.open(`${registry.host}/team/app:1.0`);
    await kaibo.click('button', WORDS.en.chooseCa);
    await kaibo.fill(WORDS.en.ca, registry.ca);
    await kaibo.leave(() => kaibo.click('button', WORDS.en.save));
    await kaibo.click('button', WORDS.en.signIn);
    await kaibo.until('it can be kept', () => kaibo.run('return document.querySelector("dialog input[type=checkbox]:not(:disabled)")?.checked'));
    await kaibo.fill(WORDS.en.username, ALICE.username);
    await kaibo.fill(WORDS.en.password, ALICE.password);
    await kaibo.click('button', WORDS.en.submit);
    await kaibo.reads(/Kept in the Secret Service\./);
    await kaibo.click('button', WORDS.en.done);
    await kaibo.read();
    await reopen({ home: kaibo.home, keyring: true });
    await kaibo.open(`${registry.host}/team/app:1.0`);
    await kaibo.read();
    await kaibo.reads(/As alice/);
    await kaibo.leave(() => kaibo.click('button', WORDS.en.accounts));
    await kaibo.reads(/kept by Kaibo in the Secret Service/);
    await kaibo.click('button', /^Test: /);
    await kaibo.reads(WORDS.en.taken);
  });
});

describe('signing in to AWS', () => {
  let sso;
  const { kaibo } = room({
    options: async (stage) => {
      sso = await startSso();
      const home = stage.newHome();
      mkdirSync(join(home, '.aws'));
      writeFileSync(
        join(home, '.aws/config'),
        '[profile dev]\nsso_session = team\nsso_account_id = 123456789012\nsso_role_name = Reader\nregion = eu-west-1\n\n' +
          '[sso-session team]\nsso_start_url = https://team.awsapps.com/start\nsso_region = eu-west-1\nsso_registration_scopes = sso:account:access\n',
      );
      return { home, env: { AWS_ENDPOINT_URL_SSO_OIDC: sso.origin, AWS_EC2_METADATA_DISABLED: 'true' } };
    },
  });
  after(() => sso?.close());

  test('a code is shown, nothing else can be opened, and the sign-in ends when it is confirmed', async () => {
    await kaibo.leave(() => kaibo.click('button', 'Accounts'));
    await kaibo.reads(/not signed in/);
    await kaibo.click('button', 'Sign in in the browser as dev');
    await kaibo.reads(/KQTX-ZNLB/);
    await kaibo.reads(/9:5\d left/);
    assert.deepEqual(await kaibo.axe(), []);
    const refused = await kaibo.window.runLater(
      'const done = arguments[0]; window.__TAURI_INTERNALS__.invoke("open_sign_in_page", { job: "of nobody" }).then(() => done("opened"), (problem) => done(problem.kind))',
    );
    assert.equal(refused, 'internal');
    sso.confirm();
    await kaibo.reads(/Signed in to AWS with the profile dev/);
    await kaibo.click('button', 'Done');
    await kaibo.reads(/signed in until/);
  });
});

function element(id) {
  return { 'element-6066-11e4-a52e-4f735466cecf': id };
}
