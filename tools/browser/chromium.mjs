// Chromium without a screen, spoken to over a pipe (the DevTools protocol): enough to open a page,
// run something in it and take its picture, without a driver or a library.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { where } from "../lib/run.mjs";
import { Refusal } from "../lib/say.mjs";

// No first-run pages, and nothing that looks for a network behind a test's back.
const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-default-apps",
  "--hide-scrollbars",
  "--remote-debugging-pipe",
];

export class Chromium {
  #next = 1;
  #waiting = new Map();
  #listeners = new Set();

  static async start() {
    const program = ["chromium", "chromium-browser", "google-chrome"].map(where).find(Boolean);
    if (!program) throw new Refusal("chromium is not installed (Debian: apt-get install chromium)");
    return new Chromium(program);
  }

  constructor(program) {
    this.profile = mkdtempSync(join(tmpdir(), "kaibo-chromium-"));
    this.child = spawn(program, [...flags, `--user-data-dir=${this.profile}`], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    this.gone = new Promise((resolve) => this.child.on("exit", resolve));
    process.on("exit", () => this.child.kill("SIGKILL"));
    let text = "";
    this.child.stdio[4].on("data", (chunk) => {
      text += chunk;
      const messages = text.split("\0");
      text = messages.pop();
      for (const message of messages) this.#take(JSON.parse(message));
    });
    this.gone.then(() => {
      for (const { reject } of this.#waiting.values()) reject(new Error("Chromium ended"));
    });
  }

  #take(message) {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (waiting && message.error) waiting.reject(new Error(`${waiting.method}: ${message.error.message}`));
    else if (waiting) waiting.resolve(message.result);
    else for (const listener of this.#listeners) listener(message);
  }

  send(method, params = {}, sessionId = undefined) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve, reject });
      this.child.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Opens an address in a page of its own. */
  async open(address, { width = 1280, height = 840 } = {}) {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    const page = new Page(this, targetId, sessionId);
    await Promise.all(["Page.enable", "Runtime.enable", "Log.enable", "Network.enable"].map((method) => page.send(method)));
    await page.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
    // Colours on their way from one theme to another are nobody's.
    await page.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-reduced-motion", value: "reduce" }] });
    await page.send("Page.navigate", { url: address });
    return page;
  }

  async stop() {
    this.send("Browser.close").catch(() => {});
    const patience = setTimeout(() => this.child.kill("SIGKILL"), 5_000);
    await this.gone;
    clearTimeout(patience);
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

class Page {
  /** What the console and the network complained of. */
  complaints = [];
  /** Every address that was asked for. */
  asked = [];

  constructor(browser, targetId, sessionId) {
    Object.assign(this, { browser, targetId, sessionId });
    this.unlisten = browser.listen(({ method, params, sessionId: from }) => {
      if (from !== sessionId) return;
      if (method === "Runtime.exceptionThrown") this.complaints.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
      if (method === "Runtime.consoleAPICalled" && ["error", "warning", "assert"].includes(params.type)) this.complaints.push(params.args.map((arg) => arg.value ?? arg.description).join(" "));
      if (method === "Log.entryAdded" && params.entry.level === "error") this.complaints.push(`${params.entry.text} ${params.entry.url ?? ""}`);
      if (method === "Network.requestWillBeSent") this.asked.push(params.request.url);
    });
  }

  send(method, params) {
    return this.browser.send(method, params, this.sessionId);
  }

  /** Runs a function's body in the page; its value comes back as JSON. */
  async run(body, ...args) {
    const expression = `(async (...args) => { ${body} })(...${JSON.stringify(args)})`;
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Waits until an expression is true in the page. */
  async until(expression, patience = 10_000) {
    const end = Date.now() + patience;
    while (!(await this.run(`return Boolean(${expression});`))) {
      if (Date.now() > end) throw new Error(`never came: ${expression}\n${(await this.run("return document.body.innerText;")).slice(0, 400)}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  async picture() {
    const { data } = await this.send("Page.captureScreenshot", { format: "png" });
    return Buffer.from(data, "base64");
  }

  async close() {
    this.unlisten();
    await this.browser.send("Target.closeTarget", { targetId: this.targetId });
  }
}
