// What goes wrong is said, and what takes long can be stopped.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startSilent } from './lib/servers.mjs';
import { room } from './lib/room.mjs';
import { freePort } from './lib/stage.mjs';

describe('problems', () => {
  const { kaibo } = room();

  test('a registry that nobody answers for is named, with what was tried', async () => {
    const host = `127.0.0.1:${await freePort()}`;
    await kaibo.open(`${host}/demo/app:1`);
    assert.match(await kaibo.text('alert'), new RegExp(host.replace('.', '\\.')));
    assert.match(await kaibo.everything(), new RegExp(`GET https?://${host}/v2/`));
    assert.deepEqual(await kaibo.axe(), []);
  });

  test('a text that is no reference is said to be none', async () => {
    await kaibo.open('Not A Reference');
    await kaibo.until('the problem is there', async () => (await kaibo.text('alert')).length > 10);
    assert.deepEqual(await kaibo.axe(), []);
  });

  test('a sample that is not there is named', async () => {
    await kaibo.open('sample:nonesuch');
    await kaibo.until('the problem is there', async () => (await kaibo.text('alert')).includes('nonesuch'));
  });

  test('a path that is not there is named', async () => {
    await kaibo.open('oci:/nowhere/at/all');
    await kaibo.until('the problem is there', async () => (await kaibo.text('alert')).includes('/nowhere/at/all'));
  });

  test('what takes long is stopped, and the connection with it', async () => {
    const silent = await startSilent();
    try {
      await kaibo.open(`${silent.host}/demo/app:1`);
      await kaibo.until('it is asked', () => silent.open > 0);
      await kaibo.click('button', 'Cancel');
      await kaibo.until('it says that it stopped', async () => /stopped/i.test(await kaibo.everything()));
      // Stopping is no error.
      assert.equal((await kaibo.all('alert')).length, 0);
      await kaibo.until('the connection is closed', () => silent.open === 0);
    } finally {
      await silent.close();
    }
  });

  test('Escape stops as well', async () => {
    const silent = await startSilent();
    try {
      await kaibo.open(`${silent.host}/demo/app:2`);
      await kaibo.until('it is asked', () => silent.open > 0);
      await kaibo.press('Escape');
      await kaibo.until('the connection is closed', () => silent.open === 0);
    } finally {
      await silent.close();
    }
  });

  test('another image takes the place of one that is still read', async () => {
    const silent = await startSilent();
    try {
      await kaibo.open(`${silent.host}/demo/app:3`);
      await kaibo.until('it is asked', () => silent.open > 0);
      await kaibo.open('sample:hello');
      await kaibo.read();
      await kaibo.until('the connection is closed', () => silent.open === 0);
    } finally {
      await silent.close();
    }
  });
});
