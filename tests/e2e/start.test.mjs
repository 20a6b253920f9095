// How the app starts: with something to open, and only once.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Kaibo } from './lib/app.mjs';
import { image, writeLayout } from './lib/images.mjs';
import { room } from './lib/room.mjs';

describe('a start', () => {
  const { stage } = room({ window: false });

  const withApp = async (options, work) => {
    const kaibo = await Kaibo.open(stage, options);
    try {
      await work(kaibo);
    } finally {
      await kaibo.close();
    }
  };

  test('opens the reference that it is given', () =>
    withApp({ args: ['sample:single'] }, async (kaibo) => {
      await kaibo.read();
      await kaibo.get('treeitem', /amd64/);
    }));

  test('opens the folder that it is given', () => {
    const folder = join(stage.home, 'layout');
    writeLayout(folder, 'mine', image());
    return withApp({ args: [folder] }, async (kaibo) => {
      await kaibo.read();
      await kaibo.get('treeitem', /^Layer 1/);
    });
  });

  test('explains a file that is no image', () =>
    withApp({ args: [process.execPath] }, async (kaibo) => {
      await kaibo.until('the problem is there', async () => (await kaibo.text('alert')).length > 10);
    }));

  test('a second one hands over what it was given, and ends', () =>
    withApp({}, async (kaibo) => {
      assert.equal(await stage.startAgain(kaibo.app, ['sample:multi']), 0);
      await kaibo.read();
      await kaibo.get('treeitem', /windows/);
    }));

  test('does not stumble over damaged settings', async () => {
    const home = stage.newHome();
    stage.writeSettings(home, '{"language": "ja", "theme": 5, "recent": [{"reference": 1}]');
    await withApp({ home }, (kaibo) => kaibo.get('combobox'));
    stage.writeSettings(home, '{"language": "ja", "theme": 5, "recent": [{"reference": 1}]}');
    await withApp({ home }, (kaibo) =>
      kaibo.until('what can be read of them is used', () => kaibo.run('return document.documentElement.lang === "ja"')),
    );
  });

  test('shows the window by itself, and says how long that took', () =>
    withApp({}, async (kaibo) => {
      await kaibo.until('it is visible', () => kaibo.run('return document.visibilityState === "visible"'));
      const about = await kaibo.window.runLater(
        'const done = arguments[0]; window.__TAURI_INTERNALS__.invoke("about").then(done, (error) => done(String(error)))',
      );
      assert.ok(about.startMs > 0 && about.startMs < 10_000, JSON.stringify(about));
    }));
});
