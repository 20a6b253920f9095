// The pictures of docs/pictures, taken in the real window: `npm run pictures -w @kaibo/e2e`.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.env.KAIBO_PICTURES ??= join(dirname(fileURLToPath(import.meta.url)), '../../docs/pictures');
const { Kaibo } = await import('./lib/app.mjs');
const { Stage, freePort } = await import('./lib/stage.mjs');

/** Of each kind one, and the same names in every language and look. */
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
};

const stage = await Stage.open({ width: 1280, height: 840 });
try {
  for (const language of ['en', 'ja']) {
    for (const theme of ['light', 'dark']) {
      const home = stage.newHome();
      stage.writeSettings(home, JSON.stringify({ language, theme, recent: [] }));
      const kaibo = await Kaibo.open(stage, { home });
      await kaibo.until('it looks as it should', () =>
        kaibo.run('return document.documentElement.lang === arguments[0] && document.documentElement.dataset.theme === arguments[1]', language, theme),
      );
      for (const [name, go] of Object.entries(VIEWS)) {
        await go(kaibo);
        // Pictures, fonts and what fades in.
        await kaibo.run('return document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 500)))');
        console.log(await kaibo.screenshot(`${name}-${language}-${theme}`));
      }
      await kaibo.close();
    }
  }
} finally {
  await stage.close();
}
