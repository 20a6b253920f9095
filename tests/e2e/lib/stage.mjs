// A screen nobody sees, with a home of its own: Xvfb, a D-Bus session and WebKitWebDriver, which
// starts the app. Everything is stopped by the ids it was started with.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { WebDriver } from './webdriver.mjs';

const project = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** The app under test: KAIBO_APP, else the debug build. */
export const binary =
  process.env.KAIBO_APP ?? join(process.env.CARGO_TARGET_DIR ?? join(project, 'target'), 'debug', 'kaibo-app');

const { identifier } = JSON.parse(readFileSync(join(project, 'src-tauri/tauri.conf.json'), 'utf8'));

/** Starts a keyring on the bus, opens it with a password, and then the command. */
const UNLOCKED = 'printf kaibo | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$@"';

/** Whether there is a keyring to start. */
export const hasKeyring = (process.env.PATH ?? '').split(':').some((path) => existsSync(join(path, 'gnome-keyring-daemon')));

/** Programs that are not here, with the Debian packages that bring them; empty when all is well. */
export function missing() {
  const needed = { Xvfb: 'xvfb', WebKitWebDriver: 'webkit2gtk-driver', 'dbus-run-session': 'dbus' };
  const paths = (process.env.PATH ?? '').split(':');
  const lacks = Object.entries(needed).filter(([name]) => !paths.some((path) => existsSync(join(path, name))));
  return lacks.map(([name, debian]) => `${name} (apt install ${debian})`);
}

/** A screen on which one app after the other can be opened. */
export class Stage {
  #processes = [];
  home = mkdtempSync(join(tmpdir(), 'kaibo-e2e-'));

  /** Starts the screen. `size` is that of the screen and, as no window manager is there, of the app. */
  static async open({ width = 1280, height = 900 } = {}) {
    const lacks = missing();
    if (lacks.length > 0) throw new Error(`not installed: ${lacks.join(', ')}`);
    if (!existsSync(binary)) throw new Error(`${binary} is not there: cargo build -p kaibo-app`);
    const stage = new Stage();
    stage.width = width;
    stage.height = height;
    try {
      await stage.#screen();
    } catch (error) {
      await stage.close();
      throw error;
    }
    return stage;
  }

  /** Xvfb looks for a free display itself and says which one it took. */
  async #screen() {
    const size = `${this.width}x${this.height}x24`;
    const child = this.#start('Xvfb', ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    const number = await Promise.race([firstLine(child.stdio[3]), ended(child, 'Xvfb'), late(10_000, 'Xvfb')]);
    this.display = `:${number}`;
  }

  /**
   * Opens the app as a reader would, and a driver to its window. Each start has its own home unless
   * one is given: settings, cache and credentials of whoever runs the tests stay out of it. With
   * `keyring` there is a Secret Service, unlocked, as on a desktop.
   */
  async app({ args = [], env = {}, home = this.newHome(), keyring = false } = {}) {
    const port = await freePort();
    const folders = ['config', 'cache', 'data', 'state', 'run'].map((name) => join(home, name));
    for (const folder of folders) mkdirSync(folder, { recursive: true, mode: 0o700 });
    const [config, cache, data, state, run] = folders;
    const environment = {
      PATH: process.env.PATH,
      LANG: 'C.UTF-8',
      HOME: home,
      XDG_CONFIG_HOME: config,
      XDG_CACHE_HOME: cache,
      XDG_DATA_HOME: data,
      XDG_STATE_HOME: state,
      XDG_RUNTIME_DIR: run,
      DISPLAY: this.display,
      GDK_BACKEND: 'x11',
      // No bus for accessibility in this room, and GTK waits for one.
      NO_AT_BRIDGE: '1',
      // What makes tauri let a driver in; without it no build does.
      TAURI_WEBVIEW_AUTOMATION: 'true',
      // With plain buffers, as the app wishes them where no graphics device is, the driver's pictures
      // never come. What is set stays.
      WEBKIT_DISABLE_DMABUF_RENDERER: '0',
      ...env,
    };
    const command = ['WebKitWebDriver', `--port=${port}`, '--host=127.0.0.1'];
    if (keyring) command.unshift('sh', '-c', UNLOCKED, 'sh');
    const driver = this.#start('dbus-run-session', ['--', ...command], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const said = collect(driver);
    const origin = `http://127.0.0.1:${port}`;
    await Promise.race([listening(port), ended(driver, 'WebKitWebDriver'), late(10_000, 'WebKitWebDriver')]);
    const capabilities = { 'webkitgtk:browserOptions': { binary, args } };
    let window;
    try {
      window = await WebDriver.open(origin, capabilities);
    } catch (error) {
      await this.#stop(driver);
      endThoseOf(home);
      throw new Error(`the app did not open: ${error.message}\n${said()}`, { cause: error });
    }
    await window.timeouts({ script: 30_000, pageLoad: 30_000, implicit: 0 });
    return {
      window,
      driver,
      home,
      said,
      environment,
      close: async () => {
        await window.close().catch(() => {});
        await this.#stop(driver);
        endThoseOf(home);
      },
    };
  }

  /** A home that nobody lived in. */
  newHome() {
    return mkdtempSync(join(this.home, 'home-'));
  }

  /** Puts a settings file into a home, as an earlier start would have left it. */
  writeSettings(home, text) {
    const folder = join(home, 'config', identifier);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'settings.json'), text);
  }

  /** Starts the program once more beside a window that is open, on the same bus; gives its exit code. */
  async startAgain(app, args) {
    const bus = busOf(app.driver.pid);
    const child = this.#start(binary, args, { env: { ...app.environment, DBUS_SESSION_BUS_ADDRESS: bus }, stdio: 'ignore' });
    const code = await Promise.race([once(child, 'exit'), late(10_000, 'the second start')]);
    return code[0];
  }

  #start(command, args, options) {
    const child = spawn(command, args, options);
    child.on('error', () => {});
    this.#processes.push({ child, group: options.detached === true });
    return child;
  }

  async #stop(child) {
    const place = this.#processes.findIndex((process) => process.child === child);
    if (place < 0) return;
    const [{ group }] = this.#processes.splice(place, 1);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    // dbus-run-session and what it started form a group of their own.
    kill(group ? -child.pid : child.pid, 'SIGTERM');
    if ((await Promise.race([gone, sleep(3_000)])) === undefined) {
      kill(group ? -child.pid : child.pid, 'SIGKILL');
      await gone;
    }
  }

  async close() {
    for (const { child } of this.#processes.toReversed()) await this.#stop(child);
    rmSync(this.home, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The address of the bus that a `dbus-run-session` made: its child, the driver, has it. */
function busOf(session) {
  const children = readFileSync(`/proc/${session}/task/${session}/children`, 'utf8').trim().split(' ');
  for (const child of children) {
    const environment = readFileSync(`/proc/${child}/environ`, 'utf8').split('\0');
    const found = environment.find((line) => line.startsWith('DBUS_SESSION_BUS_ADDRESS='));
    if (found) return found.slice('DBUS_SESSION_BUS_ADDRESS='.length);
  }
  throw new Error('the bus has no address');
}

function kill(id, signal) {
  try {
    process.kill(id, signal);
  } catch {
    // Gone already.
  }
}

/**
 * Ends what lives in a home of ours and left its group: the bus starts services, and that of
 * accessibility a bus of its own, which outlive it.
 */
function endThoseOf(home) {
  const mark = `HOME=${home}`;
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    let environment = '';
    try {
      environment = readFileSync(`/proc/${id}/environ`, 'utf8');
    } catch {
      // Not ours to look into, or gone.
    }
    if (environment.split('\0').includes(mark)) kill(Number(id), 'SIGTERM');
  }
}

function collect(child) {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += chunk));
  return () => text;
}

async function firstLine(stream) {
  let text = '';
  for await (const chunk of stream) {
    text += chunk;
    if (text.includes('\n')) return text.trim();
  }
  throw new Error('ended before it said anything');
}

async function ended(child, name) {
  const [code, signal] = await once(child, 'exit');
  throw new Error(`${name} ended: ${code ?? signal}`);
}

async function late(wait, name) {
  await sleep(wait, undefined, { ref: false });
  throw new Error(`${name} did not start in ${wait} ms`);
}

/** A port nobody listens at. */
export async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function listening(port) {
  for (;;) {
    try {
      await fetch(`http://127.0.0.1:${port}/status`);
      return;
    } catch {
      await sleep(30);
    }
  }
}
