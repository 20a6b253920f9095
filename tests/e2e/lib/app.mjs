// What a reader does with the window, in the words of a test.
import { readFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { WebDriver } from './webdriver.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Pictures of failures and of `screenshot` land here; the folder is not committed. */
const pictures = process.env.KAIBO_PICTURES ?? join(here, '../pictures');

/** What is seen of an element with a role, by its accessible name. Runs in the page. */
const FIND = `
  const [role, name] = arguments;
  const native = {
    button: 'button, [role=button], summary', combobox: '[role=combobox]', tree: '[role=tree]', treegrid: '[role=treegrid]',
    treeitem: '[role=treeitem]', row: '[role=row]', dialog: 'dialog[open], [role=dialog]', radio: 'input[type=radio], [role=radio]',
    tab: '[role=tab]', alert: '[role=alert]', heading: 'h1, h2, h3, [role=heading]', menuitem: '[role=menuitem]', link: 'a[href]',
    main: 'main', status: '[role=status]', option: '[role=option]', complementary: 'aside',
    textbox: 'input:not([type]), input[type=text], input[type=password], [role=textbox]', checkbox: 'input[type=checkbox]', grid: '[role=grid]',
  };
  const labelled = (element) => {
    const by = element.getAttribute('aria-labelledby');
    if (by) return by.split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    const label = element.getAttribute('aria-label');
    if (label) return label;
    if (element.id && element.matches('input')) {
      const own = document.querySelector('label[for="' + CSS.escape(element.id) + '"]');
      if (own) return own.textContent;
    }
    if (element.labels?.length) return [...element.labels].map((each) => each.textContent).join(' ');
    return element.textContent.trim() || element.title;
  };
  const seen = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';
  const fits = (text) => name === null || (name.startsWith('/') ? new RegExp(name.slice(1, -1), 'i').test(text) : text.replace(/\\s+/g, ' ').trim() === name);
  return [...document.querySelectorAll(native[role] ?? '[role=' + role + ']')].filter((element) => (seen(element) || element.type === 'radio') && fits(labelled(element)));
`;

/** One open window of Kaibo. */
export class Kaibo {
  constructor(app) {
    this.app = app;
    this.window = app.window;
  }

  /** Opens the app on a stage and waits for its first screen, or for what `args` opened. */
  static async open(stage, options) {
    const kaibo = new Kaibo(await stage.app(options));
    await kaibo.until('the page is drawn', () => kaibo.run('return document.querySelector("main") !== null'));
    return kaibo;
  }

  get home() {
    return this.app.home;
  }

  run(body, ...args) {
    return this.window.run(body, ...args);
  }

  /** Asks again until it is true, and gives what it was. */
  async until(what, ask, { patience = 15_000 } = {}) {
    const end = Date.now() + patience;
    for (;;) {
      const answer = await ask();
      if (answer) return answer;
      if (Date.now() > end) {
        const name = what.replaceAll(/[^\p{L}\p{N}]+/gu, '-');
        await this.screenshot(`failed-${name}`).catch(() => {});
        throw new Error(`never came: ${what}\n${(await this.run('return document.body.innerText')).slice(0, 2_000)}`);
      }
      await sleep(40);
    }
  }

  /** Elements with a role and, if given, a name: text, or a regular expression. */
  async all(role, name = null) {
    const pattern = name instanceof RegExp ? `/${name.source}/` : name;
    const found = await this.run(FIND, role, pattern);
    return found.map((each) => Object.values(each)[0]);
  }

  /** The first such element, once it is there. */
  get(role, name = null, options) {
    return this.until(`${role} ${name ?? ''}`, async () => (await this.all(role, name))[0], options);
  }

  async text(role, name) {
    return this.window.text(await this.get(role, name));
  }

  async attribute(role, name, attribute) {
    return this.window.attribute(await this.get(role, name), attribute);
  }

  async click(role, name) {
    const element = await this.get(role, name);
    try {
      await this.window.click(element);
    } catch (error) {
      // A radio that is drawn by its label, or something that moved: the reader would hit it.
      if (!/not interactable|intercepted|stale/.test(error.message)) throw error;
      await this.run('arguments[0].click()', WebDriver.element(await this.get(role, name)));
    }
  }

  press(...keys) {
    return this.window.press(...keys);
  }

  /** Puts a text in the place of what stands in a field. */
  async fill(name, text) {
    const field = await this.get('textbox', name);
    await this.window.click(field);
    await this.press(['Control', 'a'], 'Delete');
    if (text !== '') await this.window.type(field, text);
  }

  /** Waits until a text can be read somewhere in the window. */
  reads(pattern, options) {
    return this.until(`${pattern}`, async () => pattern.test(await this.everything()), options);
  }

  /** Types a reference into the box and opens it. */
  async open(reference) {
    const box = await this.get('combobox');
    await this.window.click(box);
    await this.press(['Control', 'a']);
    await this.window.type(box, reference);
    await this.leave(() => this.press('Enter'));
  }

  /** Does something that leads to another image or to the first screen, and waits until it is there. */
  async leave(act) {
    await this.run('document.querySelector("main").left = true');
    await act();
    await this.until('another view', () => this.run('return document.querySelector("main")?.left === undefined'));
  }

  /** Waits until there is nothing more to read. */
  async read() {
    await this.until('the tree is read', () =>
      this.run(
        'return document.querySelector("[role=tree], [role=treegrid]") !== null && document.querySelector("[aria-busy=true]") === null',
      ),
    );
  }

  /** The parts of the tree as they are spoken. */
  parts() {
    return this.run('return [...document.querySelectorAll("[role=treeitem]")].map((item) => item.getAttribute("aria-label"))');
  }

  /** The reader chooses a part of the tree by its spoken name. */
  async select(name) {
    await this.click('treeitem', name);
    await this.until(`${name} is selected`, async () =>
      this.run('return arguments[0].getAttribute("aria-selected") === "true"', WebDriver.element(await this.get('treeitem', name))),
    );
  }

  /** The text of the JSON section, as it is drawn. */
  json() {
    return this.until('the JSON is there', () => this.run('return document.querySelector("aside pre")?.textContent ?? null'));
  }

  /** Everything that can be read in the window. */
  everything() {
    return this.run('return document.body.innerText');
  }

  async screenshot(name) {
    mkdirSync(pictures, { recursive: true });
    // A picture shows the last frame that was drawn, and a slow machine lags behind.
    await this.window.runLater('const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))').catch(() => {});
    const path = join(pictures, `${name}.png`);
    writeFileSync(path, await this.window.picture());
    return path;
  }

  /** What axe finds wrong in the window as it is: one line a violation. */
  async axe(options = {}) {
    await this.run(`if (!window.axe) { ${axeSource} }`);
    // Colours on their way from one look to the other have no contrast yet.
    await this.until('nothing moves', () =>
      this.run('return document.getAnimations().every((each) => each.playState !== "running" || each.effect.getComputedTiming().iterations === Infinity)'),
    );
    const violations = await this.window.runLater(
      'const done = arguments[arguments.length - 1]; axe.run(document, arguments[0]).then((result) => done(result.violations), (error) => done([{ id: String(error), nodes: [] }]))',
      { resultTypes: ['violations'], ...options },
    );
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`).concat(nodes.length ? [] : id));
  }

  close() {
    return this.app.close();
  }
}
