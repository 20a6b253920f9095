// The real window on a screen nobody sees: its start against an empty window, its memory, and how
// long big trees take to be drawn.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

import { built } from "../lib/machine.mjs";
import { step } from "../lib/say.mjs";
import { best, median } from "./measure.mjs";

const starts = 7;
const sizes = [100, 1_000, 5_000];

export async function window(profile = "release") {
  const kaibo = { name: "kaibo-app", path: built("kaibo-app", profile) };
  const empty = { name: "an empty Tauri window", path: built("examples/empty", profile) };
  const programs = [kaibo, empty].filter(({ path }) => existsSync(path));
  for (const program of programs) program.stage = await openStage(program);
  try {
    return [await start(programs), await trees(kaibo.stage)];
  } finally {
    for (const { stage } of programs) await stage?.close();
  }
}

/** The stage of the window tests takes its program from the environment when it is loaded: once each. */
async function openStage({ name, path }) {
  process.env.KAIBO_APP = path;
  const { Stage } = await import(`../../tests/e2e/lib/stage.mjs?${encodeURIComponent(name)}`);
  return Stage.open();
}

/** Both are started in turn by the same driver; the page itself says when it first painted. */
async function start(programs) {
  step("start to first paint, and memory");
  const seen = programs.map(() => ({ paint: [], memory: [] }));
  for (let round = 0; round < starts; round += 1) {
    for (const [index, { stage }] of programs.entries()) {
      const before = Date.now();
      const app = await stage.app();
      try {
        await until(() => app.window.run("return performance.getEntriesByName('first-contentful-paint').length > 0"));
        const painted = await app.window.run("return performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime");
        seen[index].paint.push(painted - before);
        seen[index].memory.push(memory(app.driver.pid));
      } finally {
        await app.close();
      }
    }
  }
  const base = seen.length > 1 ? median(seen[1].paint) : NaN;
  return {
    title: "Start",
    head: ["program", "first paint, best", "first paint, median", "to the empty window", "processes", "memory (PSS)", "memory (RSS)"],
    rows: programs.map(({ name }, index) => {
      const { paint, memory } = seen[index];
      const last = memory.at(-1);
      return [name, `${best(paint).toFixed(0)} ms`, `${median(paint).toFixed(0)} ms`, `${(median(paint) / base).toFixed(2)} ×`, last.processes, `${(last.pss / 1e6).toFixed(0)} MB`, `${(last.rss / 1e6).toFixed(0)} MB`];
    }),
  };
}

/** A tree of so many nodes is opened from a layout; the page's own clock says what came when. */
async function trees(stage) {
  step(`trees of ${sizes.join(", ")} nodes in the window`);
  const folder = mkdtempSync(join(tmpdir(), "kaibo-trees-"));
  const rows = [];
  try {
    for (const nodes of sizes) {
      const drawn = layout(join(folder, String(nodes)), nodes);
      const app = await stage.app();
      try {
        await until(() => app.window.run("return document.querySelector('[role=combobox]') !== null"));
        const reference = `oci:${join(folder, String(nodes))}:tree`;
        await app.window.run(watch, reference);
        const box = await app.window.find("[role=combobox]");
        await app.window.click(box);
        await app.window.type(box, reference);
        await app.window.run("window.kaiboBench.begin()");
        await app.window.press("Enter");
        await until(() => app.window.run("return window.kaiboBench.done()"), 60_000);
        const seen = await app.window.run("return window.kaiboBench");
        const pan = await app.window.runLater(panning);
        rows.push([drawn, `${seen.first.toFixed(0)} ms`, `${seen.whole.toFixed(0)} ms`, `${seen.longest.toFixed(0)} ms`, seen.elements, `${pan.median.toFixed(1)} ms`, `${pan.worst.toFixed(1)} ms`]);
      } finally {
        await app.close();
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    title: "Big trees",
    head: ["nodes", "Enter to first paint", "Enter to whole tree", "longest frame", "elements in the page", "frame while panning, median", "worst"],
    rows,
  };
}

/** Runs in the page: notes, frame by frame, when the tree came and how long the longest frame was. */
const watch = `
  const bench = { first: null, whole: null, longest: 0, elements: 0 };
  let from = Infinity;
  let last = 0;
  const quiet = () => document.querySelector('[role=treeitem]') && !document.querySelector('[aria-busy=true]');
  const frame = (now) => {
    if (now > from && bench.whole === null) {
      bench.longest = Math.max(bench.longest, now - Math.max(last, from));
      if (bench.first === null && document.querySelector('[role=treeitem]')) bench.first = now - from;
      if (bench.first !== null && quiet()) {
        bench.whole = now - from;
        bench.elements = document.querySelectorAll('*').length;
      }
    }
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  bench.begin = () => { from = performance.now(); };
  bench.done = () => bench.whole !== null;
  window.kaiboBench = bench;
`;

/** Runs in the page: turns the wheel once a frame, a second long. */
const panning = `
  const done = arguments[arguments.length - 1];
  const target = document.querySelector('[role=tree]');
  const gaps = [];
  let last = null;
  const frame = (now) => {
    if (last !== null) gaps.push(now - last);
    last = now;
    if (gaps.length === 60) {
      gaps.sort((a, b) => a - b);
      done({ median: gaps[30], worst: gaps[59] });
      return;
    }
    const scrolled = [target, ...ancestors(target)].find((each) => each.scrollHeight > each.clientHeight + 1);
    if (scrolled) scrolled.scrollBy(0, 40);
    target.dispatchEvent(new WheelEvent('wheel', { deltaY: 40, bubbles: true, cancelable: true }));
    requestAnimationFrame(frame);
  };
  const ancestors = (node) => (node.parentElement ? [node.parentElement, ...ancestors(node.parentElement)] : []);
  requestAnimationFrame(frame);
`;

async function until(ask, patience = 20_000) {
  const end = Date.now() + patience;
  while (!(await ask())) {
    if (Date.now() > end) throw new Error("the window did not come so far in time");
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** Memory of the app and the processes of its web view, below the driver that started it. */
function memory(ancestor) {
  const sum = { processes: 0, pss: 0, rss: 0 };
  const visit = (pid) => {
    let name = "";
    try {
      name = readFileSync(`/proc/${pid}/comm`, "utf8").trim();
      if (/^(kaibo|empty|WebKit(Web|Net|GPU))/.test(name) && !/Driver/.test(name)) {
        const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
        const field = (key) => Number(text.match(new RegExp(`^${key}:\\s+(\\d+) kB`, "m"))?.[1] ?? 0) * 1024;
        sum.processes += 1;
        sum.pss += field("Pss");
        sum.rss += field("Rss");
      }
      for (const thread of readdirSync(`/proc/${pid}/task`)) {
        const children = readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").trim();
        if (children) children.split(" ").forEach(visit);
      }
    } catch {
      // It ended between the look at its parent and at itself.
    }
  };
  visit(ancestor);
  return sum;
}

/** A layout with a tree of about so many nodes: images with a config and three layers each. */
function layout(folder, nodes) {
  mkdirSync(join(folder, "blobs", "sha256"), { recursive: true });
  const add = (mediaType, content) => {
    const bytes = Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
    const hex = createHash("sha256").update(bytes).digest("hex");
    writeFileSync(join(folder, "blobs", "sha256", hex), bytes);
    return { mediaType, digest: `sha256:${hex}`, size: bytes.length };
  };
  const oci = "application/vnd.oci.image";
  const images = Math.max(1, Math.round((nodes - 2) / 5));
  const entries = Array.from({ length: images }, (_, number) => {
    const layers = [1, 2, 3].map((place) => add(`${oci}.layer.v1.tar`, `layer ${place} of image ${number}`));
    const config = add(`${oci}.config.v1+json`, {
      architecture: "amd64",
      os: "linux",
      created: "2026-11-24T08:18:20Z",
      rootfs: { type: "layers", diff_ids: layers.map(({ digest }) => digest) },
      history: layers.map((_, place) => ({ created_by: `COPY layer ${place + 1} of ${number} /` })),
    });
    const manifest = add(`${oci}.manifest.v1+json`, { schemaVersion: 2, mediaType: `${oci}.manifest.v1+json`, config, layers });
    return { ...manifest, platform: { os: "linux", architecture: "amd64", variant: `v${number}` } };
  });
  const index = add(`${oci}.index.v1+json`, { schemaVersion: 2, mediaType: `${oci}.index.v1+json`, manifests: entries });
  const named = { ...index, annotations: { "org.opencontainers.image.ref.name": "tree" } };
  writeFileSync(join(folder, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
  writeFileSync(join(folder, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [named] }));
  return 2 + images * 5;
}
