// What a reader does first: the window opens, an image is opened, its parts and bytes are seen.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { image, index, writeLayout } from './lib/images.mjs';
import { room } from './lib/room.mjs';
import { dockerRegistry, startRegistry } from './lib/servers.mjs';

const samples = join(dirname(fileURLToPath(import.meta.url)), '../../crates/local/samples');

describe('the window', () => {
  const { kaibo, stage } = room();

  test('opens on the first screen, with the reference box and the samples', async () => {
    assert.equal(await kaibo.run('return document.title'), 'Kaibo');
    await kaibo.get('combobox');
    await kaibo.get('heading');
    await kaibo.until('the samples are there', async () => (await kaibo.all('button', /.*three platforms.*/)).length > 0);
    assert.deepEqual(await kaibo.axe(), []);
  });

  test('opens a sample by a click', async () => {
    await kaibo.leave(() => kaibo.click('button', /three platforms/));
    await kaibo.read();
    const parts = await kaibo.parts();
    // The tag, the index, three platforms, each with a config, a layer and a build record.
    assert.ok(parts.length >= 8, parts.join('\n'));
    for (const platform of ['linux/amd64', 'linux/arm64', 'linux/arm/v7']) {
      assert.ok(parts.some((part) => part.includes(platform)), `${platform} in ${parts.join('\n')}`);
    }
    assert.deepEqual(await kaibo.axe(), []);
  });

  test('shows the exact bytes of what is selected', async () => {
    await kaibo.open('sample:single');
    await kaibo.read();
    await kaibo.click('treeitem', /amd64|manifest/);
    const layout = JSON.parse(readFileSync(join(samples, 'single/index.json'), 'utf8'));
    const [{ digest }] = layout.manifests;
    const bytes = readFileSync(join(samples, 'single/blobs', digest.replace(':', '/')), 'utf8');
    assert.equal(await kaibo.json(), bytes);
    assert.match(await kaibo.text('complementary'), new RegExp(digest.slice(7, 19)));
  });

  test('a digest in the JSON leads to the part it names', async () => {
    const target = await kaibo.run('return document.querySelector("aside pre a").textContent');
    await kaibo.run('document.querySelector("aside pre a").click()');
    await kaibo.until('the part is selected', async () =>
      (await kaibo.run('return document.querySelector("aside").innerText')).includes(target.replace('sha256:', '').slice(0, 12)),
    );
  });

  test('opens what is typed', async () => {
    await kaibo.open('sample:multi');
    await kaibo.read();
    await kaibo.get('treeitem', /windows/);
  });

  test('goes back and forward', async () => {
    await kaibo.leave(() => kaibo.click('button', 'Back'));
    await kaibo.read();
    assert.equal((await kaibo.all('treeitem', /windows/)).length, 0);
    await kaibo.leave(() => kaibo.click('button', 'Forward'));
    await kaibo.get('treeitem', /windows/);
  });

  test('picture and outline have the same rows', async () => {
    await kaibo.open('sample:hello');
    await kaibo.read();
    const drawn = await kaibo.parts();
    await kaibo.click('tab', 'Outline');
    await kaibo.get('treegrid');
    const rows = await kaibo.run('return document.querySelectorAll("[role=treegrid] [role=row][aria-level]").length');
    assert.equal(rows, drawn.length);
    assert.deepEqual(await kaibo.axe(), []);
    await kaibo.click('tab', 'Picture');
    await kaibo.get('tree');
  });

  test('opens a layout of the reader’s own', async () => {
    const folder = join(stage.home, 'layout');
    writeLayout(folder, 'mine', image({ files: [{ a: 'a' }, { b: 'b' }, { c: 'c' }] }));
    await kaibo.open(`oci:${folder}:mine`);
    await kaibo.read();
    const parts = await kaibo.parts();
    assert.equal(parts.filter((part) => /^Layer \d/.test(part)).length, 3, parts.join('\n'));
  });

  test('opens an image of a registry', { skip: !dockerRegistry && 'docker-registry is not installed' }, async () => {
    const registry = await startRegistry();
    try {
      const made = index([image(), image({ architecture: 'arm64', files: [{ 'bin/app': 'arm' }] })]);
      await registry.push('demo/app', '1.0', made);
      await kaibo.open(`${registry.host}/demo/app:1.0`);
      await kaibo.read();
      const parts = await kaibo.parts();
      // Tag, index, two manifests, each with a config and a layer.
      assert.equal(parts.length, 8, parts.join('\n'));
      await kaibo.select(/linux\/arm64/);
      const manifest = [...made.manifests.values()].find(({ bytes }) => bytes.equals(image({ architecture: 'arm64', files: [{ 'bin/app': 'arm' }] }).bytes));
      assert.equal(await kaibo.json(), manifest.bytes.toString());
      // The documents are kept a moment after they were shown.
      await kaibo.until('it is remembered', async () => /demo\/app:1\.0/.test(await kaibo.run('return document.querySelector("nav").innerText')));
    } finally {
      await registry.close();
    }
    // The registry is gone; what was read of it is not.
    await kaibo.leave(() => kaibo.press(['Control', 'r']));
    await kaibo.leave(() => kaibo.click('button', 'Open the earlier copy'));
    await kaibo.read();
    assert.equal((await kaibo.parts()).length, 8);
    assert.match(await kaibo.everything(), /An earlier copy, from \d{4}-.* the registry was not asked/);
  });

  test('the picture scrolls sideways only when it has to', async () => {
    const sideways = () =>
      kaibo.run(`const main = document.querySelector('main');
        return [main, ...main.querySelectorAll('*')].filter((each) => /auto|scroll/.test(getComputedStyle(each).overflowX) && each.scrollWidth > each.clientWidth).length`);
    for (const reference of ['sample:hello', 'sample:fam', 'sample:single']) {
      await kaibo.open(reference);
      await kaibo.read();
      assert.equal(await sideways(), 0, reference);
    }
    await kaibo.click('button', 'Larger');
    await kaibo.until('it scrolls', async () => (await sideways()) === 1);
  });
});
