// npm run bench: Kaibo measured beside others, in one run, on this machine.
//
//   npm run bench                    everything; the results go to docs/benchmarks.md
//   npm run bench -- tree layouts    some parts only; printed, not written
//
// Parts: tree and tags (a registry 50 ms away), layouts (this disk), window (start and paint), sizes.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { buildPackages, checkRust, ensurePackages, root } from "../lib/machine.mjs";
import { npmPackages, uiBuild } from "../lib/prepare.mjs";
import { run } from "../lib/run.mjs";
import { Refusal, heading, running, step, took } from "../lib/say.mjs";
import { layouts } from "./layouts.mjs";
import { load, machine } from "./machine.mjs";
import { page } from "./page.mjs";
import { sizes } from "./sizes.mjs";
import { tags } from "./tags.mjs";
import { laborious, plain } from "./tree.mjs";
import { window } from "./window.mjs";

const parts = ["tree", "tags", "layouts", "window", "sizes"];
const wanted = process.argv.slice(2);

await running(async () => {
  const stray = wanted.find((part) => !parts.includes(part));
  if (stray) throw new Refusal(`there is no part "${stray}"; there are: ${parts.join(" ")}`);
  const chosen = new Set(wanted.length > 0 ? wanted : parts);

  heading("set-up");
  checkRust();
  await ensurePackages([...buildPackages, "docker-registry", "skopeo", ...(chosen.has("window") ? ["xvfb", "dbus", "webkit2gtk-driver"] : [])], "Measuring");
  const builds = [["-p", "kaibo-cli", "-p", "kaibo-tests"]];
  if (chosen.has("window")) {
    await npmPackages();
    await uiBuild();
    builds.push(["-p", "kaibo-app", "--bins", "--example", "empty"]);
  }
  step("cargo build --release of what is measured (about 8 minutes the first time)");
  const began = Date.now();
  for (const build of builds) {
    if (!(await run("cargo", ["build", "--release", "--locked", "--quiet", ...build], { cwd: root }))) {
      throw new Refusal("cargo could not build what is to be measured; what it printed above says why.");
    }
  }
  step(`built in ${took(Date.now() - began)}`);

  heading("measuring");
  const results = { machine: machine(), load: load(), date: new Date().toISOString().slice(0, 10) };
  if (chosen.has("tree")) {
    results.tree = await plain();
    results.laborious = [...(await laborious("http1")), ...(await laborious("http2"))];
  }
  if (chosen.has("tags")) results.tags = await tags();
  if (chosen.has("layouts")) results.layouts = await layouts();
  if (chosen.has("window")) results.window = await window();
  if (chosen.has("sizes")) results.sizes = sizes();
  const text = page(results);
  heading("results");
  console.log(text);
  if (wanted.length === 0) {
    writeFileSync(join(root, "docs", "benchmarks.md"), text);
    step("written to docs/benchmarks.md");
  }
});
