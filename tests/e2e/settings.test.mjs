// Language, look and what is remembered.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { room } from './lib/room.mjs';

describe('settings', () => {
  const { kaibo, reopen } = room();

  /** The one settings file that the app wrote. */
  const saved = () => {
    const [folder] = readdirSync(join(kaibo.home, 'config')).filter((name) => name.includes('kaibo'));
    return JSON.parse(readFileSync(join(kaibo.home, 'config', folder, 'settings.json'), 'utf8'));
  };
  const theme = () => kaibo.run('return document.documentElement.dataset.theme');

  test('the language turns at once, everywhere', async () => {
    await kaibo.click('button', 'Settings');
    await kaibo.get('dialog');
    assert.deepEqual(await kaibo.axe(), []);
    await kaibo.click('radio', /日本語/);
    await kaibo.until('the page is Japanese', () => kaibo.run('return document.documentElement.lang === "ja"'));
    assert.match(await kaibo.everything(), /サンプル/);
    assert.equal(saved().language, 'ja');
  });

  test('so does the look', async () => {
    for (const [name, look] of [[/ダーク|暗/, 'dark'], [/コントラスト/, 'contrast'], [/ライト|明/, 'light']]) {
      await kaibo.click('radio', name);
      await kaibo.until(`it is ${look}`, async () => (await theme()) === look);
      assert.deepEqual(await kaibo.axe(), [], look);
      await kaibo.until('it is saved', () => saved().theme === look);
    }
    await kaibo.press('Escape');
    await kaibo.until('the dialog is closed', async () => (await kaibo.all('dialog')).length === 0);
  });

  test('both, and what was opened, are there after a new start', async () => {
    await kaibo.open('sample:comp');
    await kaibo.read();
    await kaibo.until('it is remembered', () => saved().recent.length === 1);
    await reopen();
    await kaibo.until('the page is Japanese', () => kaibo.run('return document.documentElement.lang === "ja"'));
    assert.equal(await theme(), 'light');
    await kaibo.get('button', /sample:comp/);
  });
});
