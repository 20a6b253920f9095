// Browsing in the real window: a long list of tags, what is the same image, what is attached to it, and the way back.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { image, sha256 } from './lib/images.mjs';
import { room } from './lib/room.mjs';
import { dockerRegistry, startRegistry } from './lib/servers.mjs';

const skip = !dockerRegistry && 'docker-registry is not installed';

/** Twenty images, each under a hundred names: 20.99 is the newest. */
const IMAGES = 20;
const NAMES = 100;

describe('browsing', { skip }, () => {
  let registry;
  const { kaibo } = room();
  const rows = () => kaibo.run('return [...document.querySelectorAll("[role=grid] [data-key]")].map((row) => row.innerText.replace(/\\s+/g, " ").trim())');

  before(async () => {
    registry = await startRegistry();
    const base = `http://${registry.host}/v2/team/many/manifests`;
    for (let n = 1; n <= IMAGES; n += 1) {
      const made = image({ files: [{ 'bin/app': `release ${n}` }] });
      await registry.push('team/many', `${n}.0`, made);
      const put = (name) => fetch(`${base}/${name}`, { method: 'PUT', body: made.bytes, headers: { 'content-type': made.descriptor.mediaType } });
      const answers = await Promise.all(Array.from({ length: NAMES - 1 }, (_, at) => put(`${n}.${at + 1}`)));
      assert.ok(answers.every((answer) => answer.ok));
      if (n < IMAGES) continue;
      assert.ok((await put('latest')).ok);
      // As cosign hangs a signature on an image: a manifest under a tag that is made of its digest.
      await registry.push('team/many', `${sha256(made.bytes).replace(':', '-')}.sig`, image({ files: [{ signature: 'of cosign' }] }));
    }
  });
  after(() => registry?.close());

  test('what is typed with a slash lists repositories, and with a colon tags', async () => {
    await kaibo.open(`${registry.host}/`);
    await kaibo.get('heading', /has one repository\.$/);
    await kaibo.open(`${registry.host}/team/many:`);
    await kaibo.get('heading', /has 2,001 tags, the newest version is 20\.99\.$/);
    assert.deepEqual(await kaibo.axe(), []);
  });

  test('of two thousand rows only those in sight are drawn, wherever one scrolls to', async () => {
    assert.equal(await kaibo.attribute('grid', null, 'aria-rowcount'), '2002');
    for (const share of [0, 0.5, 1, 0.25]) {
      await kaibo.run('const box = document.querySelector("[role=grid]").parentElement; box.scrollTop = arguments[0] * box.scrollHeight', share);
      await kaibo.until(`rows are there at ${share}`, () =>
        kaibo.run(`
          const box = document.querySelector("[role=grid]").parentElement.getBoundingClientRect();
          return document.elementFromPoint(box.left + 60, box.top + box.height / 2)?.closest("[data-key]") != null;`),
      );
      assert.ok((await rows()).length < 80);
    }
  });

  test('what grouping costs is said first, and the requests are counted', async () => {
    await kaibo.click('button', 'Group equal tags: 2,001 requests');
    await kaibo.reads(/counts as no pull/);
    assert.deepEqual(await kaibo.axe(), []);
    await kaibo.click('button', 'Ask for all 2,001');
    // What is read the whole time keeps the page from its work.
    await kaibo.until('all digests are known', () => kaibo.run('return /^20 images have/.test(document.querySelector("main header p")?.textContent ?? "")'), { patience: 60_000 });
    // One HEAD a tag, the pages of the list, and what it takes to find out how to ask.
    const asked = Number(/([\d,]+) requests/.exec(await kaibo.everything())[1].replace(',', ''));
    assert.ok(asked >= 2_001 && asked < 2_060, `${asked} requests`);
    await kaibo.run('document.querySelector("[role=grid]").parentElement.scrollTop = 0');
    const [first, second] = await kaibo.until('the newest are on top', async () => {
      const all = await rows();
      return all[0]?.includes('latest') && all;
    });
    assert.match(second, /20\.99/);
    assert.equal(/[0-9a-f]{7}/.exec(first.replace('latest', ''))[0], /[0-9a-f]{7}/.exec(second)[0]);
  });

  test('signatures are hidden until they are asked for, and told by their image', async () => {
    assert.doesNotMatch(await kaibo.everything(), /sha256-/);
    await kaibo.click('button', 'Show 1 signature or attachment');
    await kaibo.run('document.querySelector("[role=searchbox]").focus()');
    await kaibo.press('.', 's', 'i', 'g');
    await kaibo.reads(/Signature of 20\.99/);
    assert.deepEqual(await kaibo.axe(), []);
    await kaibo.press('Escape');
  });

  test('a tag leads to its tree, its attachments are found, and back is where one was', async () => {
    await kaibo.run('document.querySelector("[role=searchbox]").focus()');
    await kaibo.press('Down');
    await kaibo.press('7', '.', '4', '2');
    await kaibo.until('the row has the focus', () => kaibo.run('return /^7\\.42/.test(document.activeElement.innerText.trim())'));
    await kaibo.leave(() => kaibo.press('Enter'));
    await kaibo.read();
    assert.ok((await kaibo.parts()).some((part) => part.includes('7.42')));
    await kaibo.click('button', 'Attachments');
    await kaibo.reads(/No signatures or attachments were found\./);
    await kaibo.leave(() => kaibo.click('button', 'Back'));
    await kaibo.reads(/20 images have more than one of these names/);
    assert.match(await kaibo.run('return document.querySelector("[role=row][tabindex=\\"0\\"]").innerText.trim()'), /^7\.42/);
    await kaibo.open(`${registry.host}/team/many:latest`);
    await kaibo.read();
    await kaibo.click('button', 'Attachments');
    await kaibo.reads(/One signature or attachment was found\. Present, not verified/);
    assert.ok((await kaibo.parts()).some((part) => /referrer/i.test(part)), (await kaibo.parts()).join('\n'));
    await kaibo.leave(() => kaibo.click('button', 'Tags'));
    await kaibo.get('heading', /has 2,001 tags/);
  });

  test('a favourite stands in the sources, and first in its registry', async () => {
    await kaibo.click('button', /^Favourite: .*\/team\/many$/);
    await kaibo.reads(/Favourites/);
    await kaibo.leave(() => kaibo.click('button', registry.host));
    const all = await kaibo.until('the list is there', async () => {
      const found = await rows();
      return found.length === 2 && found;
    });
    assert.deepEqual(all, ['team/many', 'team/many']);
    assert.deepEqual(await kaibo.axe(), []);
  });
});
