// A stage with one window for all tests of a suite, opened before the first and closed after the last.
import { after, before } from 'node:test';
import { Kaibo } from './app.mjs';
import { Stage } from './stage.mjs';

/** What stands for something that is there only while tests run. */
function live(get) {
  return new Proxy(
    {},
    {
      get(_target, name) {
        const now = get();
        const value = now[name];
        return typeof value === 'function' ? value.bind(now) : value;
      },
    },
  );
}

/**
 * Opens a stage and, unless `window` is false, a window on it. `options` is what `Kaibo.open` takes,
 * or makes it when the stage is there. To be called inside `describe`.
 */
export function room({ window = true, options } = {}) {
  let stage;
  let kaibo;
  const open = async (how) => {
    kaibo = await Kaibo.open(stage, typeof how === 'function' ? await how(stage) : how);
  };
  before(async () => {
    stage = await Stage.open();
    if (window) await open(options);
  });
  after(async () => {
    await kaibo?.close();
    await stage?.close();
  });
  return {
    stage: live(() => stage),
    kaibo: live(() => kaibo),
    /** Closes the window and opens another, in the same home unless told otherwise. */
    async reopen(how = { home: kaibo.home }) {
      await kaibo?.close();
      await open(how);
    },
  };
}
