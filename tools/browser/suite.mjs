// The window's pages in a plain browser, on recorded inspections: every screen in both languages and
// all themes draws, breaks no rule of axe, complains of nothing and asks nobody else.

import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

import { root } from "../lib/machine.mjs";
import { dim, green, red } from "../lib/say.mjs";
import { Chromium } from "./chromium.mjs";
import { frameTimes, listScreens, narrow, overlaps } from "./lists.mjs";

const dist = join(root, "ui", "dist-recorded");
const pictures = join(root, "target", "kaibo", "browser");
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json", ".png": "image/png", ".woff2": "font/woff2" };

export async function browserSuite() {
  const recordings = readdirSync(join(root, "ui", "recorded")).filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length));
  if (recordings.length === 0) throw new Error("ui/recorded holds no recording");
  const axe = readFileSync(join(root, "node_modules", "axe-core", "axe.min.js"), "utf8");
  mkdirSync(pictures, { recursive: true });
  const { server, origin } = await serveDist();
  const browser = await Chromium.start();
  const sum = { passed: 0, failed: 0, skipped: 0, notes: [] };
  const told = (name, faults) => {
    console.log(`${faults.length === 0 ? green("ok  ") : red("FAIL")} ${name}`);
    for (const fault of faults) console.log(dim(`     ${fault}`));
    sum[faults.length === 0 ? "passed" : "failed"] += 1;
    if (faults.length > 0) sum.notes.push(`${name}: ${faults[0].slice(0, 200)}`);
  };
  try {
    for (const screen of [null, ...recordings, "127.0.0.1:9/nobody:here"]) {
      for (const language of ["en", "ja"]) {
        for (const theme of ["light", "dark", "contrast"]) {
          const name = `${(screen ?? "first screen").replaceAll(/[^\w. -]/g, "-")}, ${language}, ${theme}`;
          const query = new URLSearchParams({ lang: language, theme, ...(screen ? { play: screen } : {}) });
          told(name, await look(browser, origin, `${origin}/?${query}`, { axe, name, language, recorded: recordings.includes(screen) }));
        }
      }
    }
    for (const { name: screen, query, ready } of listScreens) {
      for (const language of ["en", "ja"]) {
        for (const theme of ["light", "dark", "contrast"]) {
          const name = `${screen}, ${language}, ${theme}`;
          told(name, await look(browser, origin, `${origin}/?${new URLSearchParams({ lang: language, theme, ...query })}`, { axe, name, language, ready, widths: theme === "light" ? narrow : [] }));
        }
      }
    }
    for (const [reference, count] of [["registry.example/team/app:", 2_000], ["large.example/team/many:", 100_000], ["large.example/", 100_000]]) {
      const { faults, median, most, longest } = await frameTimes(browser, origin, reference, count).catch((error) => ({ faults: [error.message] }));
      told(`scrolling ${count} rows of ${reference} (frames: median ${median} ms, 95 % below ${most} ms, longest ${longest} ms)`, faults.slice(0, 5));
    }
  } finally {
    await browser.stop();
    server.closeAllConnections();
    server.close();
  }
  console.log(`pictures: ${pictures}`);
  return sum;
}

async function look(browser, origin, address, { axe, name, language, recorded, ready, widths = [] }) {
  const faults = [];
  let page;
  try {
    page = await browser.open(address);
    await page.until('document.querySelector("main")');
    if (recorded) await page.until('document.querySelector("[role=treeitem]") && !document.querySelector("[aria-busy=true]")');
    if (ready) await page.until(ready);
    await page.run("await document.fonts.ready; await Promise.all(document.getAnimations().map((each) => each.finished.catch(() => {})));");
    const found = await page.run(`${axe}; const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
      return violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ": " + node.target.join(" ") + ": " + node.failureSummary));`);
    faults.push(...found.map((line) => `axe ${line.replaceAll(/\s+/g, " ").slice(0, 300)}`));
    if ((await page.run("return document.documentElement.lang;")) !== language) faults.push(`the page does not say that it is in ${language}`);
    if (await page.run("return document.documentElement.scrollWidth > document.documentElement.clientWidth;")) faults.push("the page is wider than the window");
    writeFileSync(join(pictures, `${name.replaceAll(/[ ,]+/g, "-")}.png`), await page.picture());
    if (ready) faults.push(...(await page.run(overlaps)));
    for (const width of widths) {
      await page.send("Emulation.setDeviceMetricsOverride", { width, height: 700, deviceScaleFactor: 1, mobile: false });
      await page.run("await new Promise(requestAnimationFrame); await new Promise(requestAnimationFrame);");
      faults.push(...(await page.run(overlaps)).map((fault) => `at ${width}: ${fault}`));
      if (await page.run("return document.documentElement.scrollWidth > document.documentElement.clientWidth;")) faults.push(`at ${width}: the page is wider than the window`);
    }
    faults.push(...page.complaints.map((text) => `console: ${text}`.slice(0, 300)));
    const strangers = page.asked.filter((url) => !url.startsWith(origin) && !url.startsWith("data:") && !url.startsWith("blob:") && !url.startsWith("about:"));
    faults.push(...strangers.map((url) => `asked ${url}`));
  } catch (error) {
    faults.push(error.message);
    if (page) faults.push(...page.complaints);
  }
  await page?.close().catch(() => {});
  return faults;
}

function serveDist() {
  const server = createServer((request, answer) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname);
    const file = join(dist, path === "/" ? "index.html" : path);
    try {
      if (!file.startsWith(dist) || !statSync(file).isFile()) throw new Error("not a file");
      answer.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
      answer.end(readFileSync(file));
    } catch {
      // A browser asks for an icon by itself; none is no fault.
      answer.writeHead(path === "/favicon.ico" ? 204 : 404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve({ server, origin: `http://127.0.0.1:${server.address().port}` })));
}
