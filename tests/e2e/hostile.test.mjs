// An image that wants to run something, and a page that wants more than it may.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { image, index, writeLayout } from './lib/images.mjs';
import { startSilent } from './lib/servers.mjs';
import { room } from './lib/room.mjs';

const SCRIPT = '<script>window.pwned=1</script>';
const PICTURE = '<img src=x onerror="window.pwned=1">';
const ESCAPES = '\u001b[31mred\u001b]8;;https://evil.example\u0007link';
const TURNED = 'safe\u202egnp.exe\u200b\u2066hidden\u2069';
const HOSTILE = [SCRIPT, PICTURE, ESCAPES, TURNED, '{{constructor.constructor("window.pwned=1")()}}', 'javascript:window.pwned=1', '"><svg onload="window.pwned=1">'];

describe('hostile content', () => {
  const { kaibo, stage } = room();

  const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
  const calm = async (where) => {
    assert.equal(await kaibo.run('return window.pwned === undefined'), true, `something ran: ${where}`);
    const text = await kaibo.run('return document.body.textContent');
    const at = text.search(invisible);
    assert.equal(at, -1, `${where}: U+${text.codePointAt(at)?.toString(16)} in ${JSON.stringify(text.slice(Math.max(0, at - 60), at + 20))}`);
    assert.equal(await kaibo.run('return document.querySelectorAll("main script, main img, aside img, aside script").length'), 0, where);
  };

  test('labels, annotations, history and environment are text', async () => {
    const pairs = Object.fromEntries(HOSTILE.map((text, place) => [`key${place}`, text]));
    const made = image({
      config: { Labels: { ...pairs, [SCRIPT]: 'key' }, Env: HOSTILE.map((text, place) => `V${place}=${text}`), Cmd: HOSTILE, User: PICTURE },
      history: [{ created: '2026-11-24T08:18:20Z', created_by: PICTURE + TURNED, comment: ESCAPES, author: SCRIPT }],
      annotations: { ...pairs, [PICTURE]: 'key' },
    });
    const folder = join(stage.home, 'hostile');
    writeLayout(folder, 'bad', index([made], pairs));
    await kaibo.open(`oci:${folder}:bad`);
    await kaibo.read();
    const items = await kaibo.all('treeitem');
    assert.ok(items.length >= 5);
    for (let place = 0; place < items.length; place += 1) {
      await kaibo.run('document.querySelectorAll("[role=treeitem]")[arguments[0]].click()', place);
      await kaibo.run('return new Promise((done) => setTimeout(done, 150))');
      await calm(`part ${place}`);
    }
    await kaibo.select(/config/i);
    await kaibo.json();
    assert.ok((await kaibo.everything()).includes(SCRIPT), 'it is shown, not hidden');
    assert.deepEqual(await kaibo.axe(), []);
  });

  test('a hostile name is text, in the box and in the problem', async () => {
    for (const text of [PICTURE, `sample:${SCRIPT}`, `oci:/nowhere/${TURNED}`]) {
      await kaibo.open(text);
      await kaibo.get('alert');
      await calm(text);
    }
  });
});

describe('what the page may not', () => {
  const { kaibo, stage } = room();

  const refused = (command, values = {}) =>
    kaibo.window.runLater(
      `const done = arguments[arguments.length - 1];
       window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]).then(() => done(null), (error) => done(String(error)))`,
      command,
      values,
    );

  test('build code out of text', async () => {
    for (const attempt of ['eval("1")', 'new Function("return 1")()']) {
      const said = await kaibo.run(`try { ${attempt}; return null } catch (error) { return String(error) }`);
      assert.match(said ?? 'it ran', /EvalError|unsafe-eval|Content Security Policy/, attempt);
    }
  });

  test('run a script that was put into it, or a handler', async () => {
    await kaibo.run(
      `const script = document.createElement('script'); script.textContent = 'window.pwned = 1'; document.head.append(script);
       const box = document.createElement('div'); box.innerHTML = '<img src="data:," onerror="window.pwned = 1">'; document.body.append(box);
       const link = document.createElement('a'); link.href = 'javascript:window.pwned=1'; document.body.append(link); link.click();`,
    );
    await kaibo.run('return new Promise((done) => setTimeout(done, 300))');
    assert.equal(await kaibo.run('return window.pwned === undefined'), true);
  });

  test('talk to anybody, or go anywhere', async () => {
    const silent = await startSilent();
    try {
      const url = `http://${silent.host}/`;
      const said = await kaibo.window.runLater(
        'const done = arguments[1]; fetch(arguments[0]).then(() => done("it spoke"), (error) => done(String(error)))',
        url,
      );
      assert.notEqual(said, 'it spoke');
      await kaibo.run(
        `const url = arguments[0];
         const picture = new Image(); picture.src = url + 'picture';
         const frame = document.createElement('iframe'); frame.src = url + 'frame'; document.body.append(frame);
         const sheet = document.createElement('link'); sheet.rel = 'stylesheet'; sheet.href = url + 'sheet'; document.head.append(sheet);
         const form = document.createElement('form'); form.action = url + 'form'; form.method = 'post'; document.body.append(form);
         try { new WebSocket(url.replace('http', 'ws')) } catch {}
         try { navigator.sendBeacon(url, 'x') } catch {}
         window.open(url + 'window');
         form.submit();`,
        url,
      );
      await kaibo.run('return new Promise((done) => setTimeout(done, 300))');
      await kaibo.run('location.href = arguments[0]', url);
      await kaibo.run('return new Promise((done) => setTimeout(done, 500))');
      assert.match(await kaibo.run('return location.href'), /^tauri:\/\/localhost/);
      assert.equal(silent.seen, 0, 'nobody was asked');
    } finally {
      await silent.close();
    }
  });

  test('ask for what no capability names', async () => {
    for (const command of ['plugin:dialog|open', 'plugin:window|close', 'plugin:webview|create_webview_window', 'plugin:event|emit', 'plugin:path|resolve_directory', 'plugin:app|version']) {
      assert.match((await refused(command)) ?? 'it was allowed', /not allowed|not found/i, command);
    }
    assert.equal(await refused('about'), null);
  });

  test('change what all objects are made of', async () => {
    assert.equal(await kaibo.run('return Object.isFrozen(Object.prototype)'), true);
    assert.equal(await kaibo.run('return window.__TAURI__ === undefined'), true);
  });
});
