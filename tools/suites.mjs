// The suites of `npm test`, in the order in which they run: quick ones first, each with what it
// needs. A suite's `run` gives how many checks passed, failed and were skipped, and notes.

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { browserSuite } from "./browser/suite.mjs";
import { crossCheck } from "./cross.mjs";
import { libtest, nextest, nodeTest, vitest } from "./lib/count.mjs";
import { buildPackages, root, rustupAdd } from "./lib/machine.mjs";
import { uiBuild } from "./lib/prepare.mjs";
import { ask, follow, npm, run } from "./lib/run.mjs";
import { Refusal } from "./lib/say.mjs";
import { motoReady } from "./moto.mjs";
import { supplyCheck } from "./supply.mjs";
import { wineCheck } from "./wine.mjs";

const scratch = join(root, "target", "kaibo");
const at = { cwd: root };
// With the feature that writes the window's types, the test that compares them is one of all.
const everything = ["--locked", "--workspace", "--all-targets", "--features", "kaibo-app/bindings"];
const testPackages = ["docker-registry", "skopeo", "python3-venv", "dbus", "dbus-daemon", "gnome-keyring", "golang-docker-credential-helpers", "docker.io", "pass", "gnupg"];
const browserPackages = ["chromium", "fonts-noto-cjk"];
const windowPackages = ["xvfb", "dbus", "webkit2gtk-driver", "fonts-noto-cjk", "imagemagick", "openssl"];

/** One check that either holds or not. */
const check = (ok, note) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, notes: ok || !note ? [] : [note] });

async function npmScript(script, workspace, args = []) {
  return follow(npm, ["run", "--silent", script, "--workspace", workspace, ...(args.length > 0 ? ["--", ...args] : [])], at);
}

/** Rust needs the window's pages to exist, as they are embedded in the program. */
async function rustReady() {
  await uiBuild();
  mkdirSync(scratch, { recursive: true });
}

async function format() {
  if (!(await rustupAdd("component", "rustfmt"))) throw new Refusal("rustfmt is not there, and rustup could not add it");
  return check(await run("cargo", ["fmt", "--all", "--check"], at), 'not formatted: run "cargo fmt --all"');
}

const together = (results) => ({
  passed: results.reduce((sum, each) => sum + each.passed, 0),
  failed: results.reduce((sum, each) => sum + each.failed, 0),
  skipped: results.reduce((sum, each) => sum + (each.skipped ?? 0), 0),
  notes: results.flatMap((each) => each.notes ?? []),
});

async function messages() {
  return check((await npmScript("messages", "ui")).ok, "the message catalogue is not whole in both languages");
}

async function uiCheck() {
  return check((await npmScript("check", "ui")).ok, "svelte-check, eslint, prettier or knip found something");
}

async function uiTest() {
  mkdirSync(scratch, { recursive: true });
  const file = join(scratch, "vitest.json");
  rmSync(file, { force: true });
  const { ok } = await npmScript("test", "ui", ["--testTimeout=30000", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`]);
  if (!existsSync(file)) return check(false, "vitest wrote no report");
  const counts = vitest(JSON.parse(readFileSync(file, "utf8")));
  return { ...counts, failed: counts.failed || (ok ? 0 : 1) };
}

async function uiBuildSuite() {
  await uiBuild();
  const dist = join(root, "ui", "dist");
  if (!existsSync(join(dist, "index.html"))) return check(false, "ui/dist has no index.html");
  // Recordings are for a plain browser; an app that carried them would be larger for nothing.
  const assets = readdirSync(join(dist, "assets")).filter((name) => name.endsWith(".js"));
  return check(!assets.some((name) => readFileSync(join(dist, "assets", name), "utf8").includes("kaibo.inspect/1")), "ui/dist carries recordings");
}

/** Everything that tests need in one build and one profile: `kaibo` is run by the integration tests, `kaibo-app` by those of the window. */
function buildAll() {
  return run("cargo", ["build", ...everything], at);
}

async function clippy() {
  await rustReady();
  if (!(await rustupAdd("component", "clippy"))) throw new Refusal("clippy is not there, and rustup could not add it");
  return check(await run("cargo", ["clippy", ...everything, "--", "-D", "warnings"], at), "clippy found something");
}

async function rustTests() {
  await rustReady();
  if (!(await buildAll())) return check(false, "the workspace does not build");
  await motoReady();
  const skips = join(scratch, "skips.txt");
  rmSync(skips, { force: true });
  const env = { ...process.env, KAIBO_SKIPS: skips, CARGO_TERM_COLOR: "never" };
  const counts = ask("cargo", ["nextest", "--version"])
    ? await follow("cargo", ["nextest", "run", ...everything, "--no-fail-fast", "--status-level", "slow", "--final-status-level", "fail", "--show-progress", "none"], { ...at, env }).then(({ ok, text }) => [ok, nextest(text)])
    : await follow("cargo", ["test", ...everything, "--no-fail-fast", "--", "--format=terse"], { ...at, env }).then(({ ok, text }) => [ok, libtest(text)]);
  const [ok, sum] = counts;
  if (!ok && sum.failed === 0) sum.failed = 1;
  // A test that had nothing to work on says so in that file; it counts as skipped, not as passed.
  const said = existsSync(skips) ? readFileSync(skips, "utf8").trim().split("\n").filter(Boolean) : [];
  return { passed: sum.passed - said.length, failed: sum.failed, skipped: sum.skipped + said.length, notes: said.map((line) => `skipped: ${line}`) };
}

async function docTests() {
  await rustReady();
  const { ok, text } = await follow("cargo", ["test", "--locked", "--workspace", "--features", "kaibo-app/bindings", "--doc"], at);
  const counts = libtest(text);
  // The documentation itself is checked too: a broken link in it is an error.
  const built = await run("cargo", ["doc", "--quiet", "--locked", "--workspace", "--features", "kaibo-app/bindings", "--no-deps", "--document-private-items"], { ...at, env: { ...process.env, RUSTDOCFLAGS: "-D warnings" } });
  return together([{ ...counts, failed: counts.failed || (ok ? 0 : 1) }, check(built, "cargo doc found broken documentation")]);
}

async function browser() {
  await uiBuild({ recorded: true });
  return browserSuite();
}

async function e2e() {
  await rustReady();
  if (!(await buildAll())) return check(false, "the workspace does not build");
  const { ok, text } = await npmScript("test", "tests/e2e");
  const counts = nodeTest(text);
  return { ...counts, failed: counts.failed || (ok ? 0 : 1) };
}

export const suites = [
  { name: "format", group: "rust", what: "rustfmt", run: format },
  { name: "supply", group: "rust", what: "licences, sources and banned crates", run: supplyCheck },
  { name: "messages", group: "ui", what: "the catalogue is whole in both languages", npm: true, run: messages },
  { name: "ui-check", group: "ui", what: "svelte-check, eslint, prettier, knip", npm: true, run: uiCheck },
  { name: "ui-test", group: "ui", what: "vitest", npm: true, run: uiTest },
  { name: "ui-build", group: "ui", what: "the pages build", npm: true, run: uiBuildSuite },
  { name: "clippy", group: "rust", what: "lints, warnings are errors", npm: true, packages: buildPackages, run: clippy },
  { name: "tests", group: "rust", what: "unit, property and integration tests, real registry, invariants", npm: true, packages: [...buildPackages, ...testPackages], run: rustTests },
  { name: "docs", group: "rust", what: "examples in the documentation", npm: true, packages: buildPackages, run: docTests },
  { name: "browser", group: "browser", what: "the UI in Chromium on recorded events, with axe", npm: true, packages: browserPackages, run: browser },
  { name: "e2e", group: "e2e", what: "the real window, end to end", npm: true, packages: [...buildPackages, ...testPackages, ...windowPackages], run: e2e },
  { name: "cross", group: "cross", what: "Windows and macOS, type-checked", npm: true, packages: [...buildPackages, "gcc-mingw-w64-x86-64", "python3-venv"], run: crossCheck },
  { name: "wine", group: "cross", what: "Windows' Credential Manager, under wine", packages: ["gcc-mingw-w64-x86-64", "wine", "wine64"], run: wineCheck },
];

