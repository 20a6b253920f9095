// Everything without a mouse.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { room } from './lib/room.mjs';

describe('the keyboard', () => {
  const { kaibo } = room();

  const focused = () =>
    kaibo.run('const e = document.activeElement; return { role: e.getAttribute("role") ?? e.localName, name: e.getAttribute("aria-label") ?? e.textContent.trim() }');
  const selected = () => kaibo.run('return document.querySelector("[aria-selected=true][role=treeitem]")?.getAttribute("aria-label")');

  test('reaches everything on the first screen with Tab, each with a name and a ring', async () => {
    await kaibo.until('the samples are there', async () => (await kaibo.all('button', /three platforms/)).length > 0);
    const reachable = await kaibo.run(
      'return [...document.querySelectorAll("a[href], button, input, select, textarea, [tabindex]")].filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility()).length',
    );
    const seen = new Set();
    for (let i = 0; i < reachable + 2; i += 1) {
      await kaibo.press('Tab');
      const at = await kaibo.run(
        `const e = document.activeElement; const s = getComputedStyle(e);
         const ring = (x) => { const s = getComputedStyle(x); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0; };
         return { name: e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent.trim() ?? e.textContent.trim(), path: [...document.querySelectorAll('*')].indexOf(e), body: e === document.body, ring: ring(e) || ring(e.parentElement) }`,
      );
      if (at.body) continue;
      assert.ok(at.name, 'what has the focus has a name');
      assert.ok(at.ring, `${at.name} shows that it has the focus`);
      seen.add(at.path);
    }
    assert.equal(seen.size, reachable);
  });

  test('Ctrl L goes to the box, Enter opens', async () => {
    await kaibo.press(['Control', 'l']);
    assert.equal((await focused()).role, 'combobox');
    await kaibo.window.type(await kaibo.window.active(), 'sample:hello');
    await kaibo.press('Enter');
    await kaibo.read();
  });

  test('arrows walk the tree', async () => {
    // As many steps as it takes: what stands between the box and the tree may change.
    for (let i = 0; i < 40 && (await focused()).role !== 'treeitem'; i += 1) await kaibo.press('Tab');
    assert.equal((await focused()).role, 'treeitem');
    await kaibo.press('Home');
    const first = await selected();
    const walked = new Set([first]);
    for (let i = 0; i < 5; i += 1) {
      await kaibo.press('Down');
      walked.add(await selected());
    }
    assert.equal(walked.size, 6);
    assert.equal((await focused()).role, 'treeitem', 'the focus follows');
    await kaibo.press('Home');
    assert.equal(await selected(), first);
    await kaibo.press('End');
    assert.notEqual(await selected(), first);
  });

  test('the inspector follows, and its links can be reached', async () => {
    await kaibo.press('Home', 'Down');
    assert.match(await selected(), /index/i);
    assert.match(await kaibo.json(), /"manifests"/);
    for (let i = 0; i < 60 && (await focused()).role !== 'a'; i += 1) await kaibo.press('Tab');
    assert.equal((await focused()).role, 'a');
  });

  test('Ctrl comma opens the settings, Escape closes them and gives the focus back', async () => {
    await kaibo.press(['Control', ',']);
    await kaibo.get('dialog');
    await kaibo.press('Escape');
    await kaibo.until('the dialog is closed', async () => (await kaibo.all('dialog')).length === 0);
  });

  test('Alt with an arrow goes back', async () => {
    await kaibo.press(['Alt', 'Left']);
    await kaibo.until('the first screen is there', async () => (await kaibo.all('button', /three platforms/)).length > 0);
  });
});
