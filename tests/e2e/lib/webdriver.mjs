// The part of the W3C WebDriver protocol that the tests need, over fetch.

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** What the driver answered instead of a value. */
export class DriverError extends Error {
  constructor(path, { error, message }) {
    super(`${path}: ${error}: ${message}`);
    this.code = error;
  }
}

/** One session with a window. */
export class WebDriver {
  #base;

  constructor(base) {
    this.#base = base;
  }

  /** Waits until the driver listens at `origin` and opens a window. */
  static async open(origin, capabilities) {
    const { sessionId } = await call(origin, 'POST', '/session', { capabilities: { alwaysMatch: capabilities } });
    return new WebDriver(`${origin}/session/${sessionId}`);
  }

  async #ask(method, path, body) {
    return call(this.#base, method, path, body);
  }

  /** Runs `body` in the page, as the body of a function; gives what it returns. */
  run(body, ...args) {
    return this.#ask('POST', '/execute/sync', { script: body, args });
  }

  /** As `run`; what `body` calls last among its arguments gives the result. */
  runLater(body, ...args) {
    return this.#ask('POST', '/execute/async', { script: body, args });
  }

  async find(selector, using = 'css selector') {
    const found = await this.#ask('POST', '/element', { using, value: selector });
    return found[ELEMENT];
  }

  async findAll(selector, using = 'css selector') {
    const found = await this.#ask('POST', '/elements', { using, value: selector });
    return found.map((each) => each[ELEMENT]);
  }

  /** An element as an argument for `run`. */
  static element(id) {
    return { [ELEMENT]: id };
  }

  text(id) {
    return this.#ask('GET', `/element/${id}/text`);
  }

  attribute(id, name) {
    return this.#ask('GET', `/element/${id}/attribute/${name}`);
  }

  click(id) {
    return this.#ask('POST', `/element/${id}/click`, {});
  }

  clear(id) {
    return this.#ask('POST', `/element/${id}/clear`, {});
  }

  type(id, text) {
    return this.#ask('POST', `/element/${id}/value`, { text });
  }

  active() {
    return this.#ask('GET', '/element/active').then((found) => found[ELEMENT]);
  }

  /** Presses keys one after the other; `['Control', 'l']` holds the first ones. */
  async press(...chords) {
    const actions = chords.flatMap((chord) => {
      const keys = (Array.isArray(chord) ? chord : [chord]).map((key) => KEYS[key] ?? key);
      const down = keys.map((value) => ({ type: 'keyDown', value }));
      const up = keys.toReversed().map((value) => ({ type: 'keyUp', value }));
      return [...down, ...up];
    });
    await this.#ask('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  /** Moves the pointer to a place of the window. */
  async point(x, y) {
    await this.#ask('POST', '/actions', {
      actions: [{ type: 'pointer', id: 'mouse', actions: [{ type: 'pointerMove', duration: 0, x, y }] }],
    });
  }

  /** The page as PNG bytes. */
  async picture() {
    return Buffer.from(await this.#ask('GET', '/screenshot'), 'base64');
  }

  resize(width, height) {
    return this.#ask('POST', '/window/rect', { x: 0, y: 0, width, height });
  }

  timeouts(values) {
    return this.#ask('POST', '/timeouts', values);
  }

  close() {
    return this.#ask('DELETE', '');
  }
}

/** Keys by name, as WebDriver writes them. */
const KEYS = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  Left: '\uE012',
  Up: '\uE013',
  Right: '\uE014',
  Down: '\uE015',
  Delete: '\uE017',
};

async function call(base, method, path, body) {
  const answer = await fetch(base + path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  });
  const { value } = await answer.json();
  if (!answer.ok) throw new DriverError(`${method} ${path}`, value);
  return value;
}
