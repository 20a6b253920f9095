// npm start: from a fresh clone to Kaibo's window, or to a tree in the terminal where there is no
// display. Says what it does, and does only what is left to do.
//
//   npm start                        build what has changed, open the window
//   npm start -- alpine:3.20         the same, with a reference in the box
//   npm start -- --release           the optimised build (several minutes longer, once)
//   npm start -- --terminal          the terminal program only

import process from "node:process";

import { buildPackages, built, checkRust, ensurePackages, hasDisplay, root, terminalPackages } from "./lib/machine.mjs";
import { npmPackages, uiBuild } from "./lib/prepare.mjs";
import { run } from "./lib/run.mjs";
import { Refusal, bold, loudly, running, step, took } from "./lib/say.mjs";

const own = new Set(["--release", "--terminal"]);
const args = process.argv.slice(2);
const profile = args.includes("--release") ? "release" : "debug";
const terminal = args.includes("--terminal") || !hasDisplay();
const handed = args.filter((arg) => !own.has(arg));

await running(async () => {
  checkRust();
  if (!args.includes("--terminal") && terminal) {
    loudly("There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open.");
    step('building the terminal program, "kaibo", instead');
  }
  await ensurePackages(terminal ? terminalPackages : buildPackages, terminal ? "Building kaibo" : "Building the window");
  if (terminal) await inTerminal();
  else await inWindow();
});

async function inWindow() {
  await npmPackages();
  await uiBuild();
  await build(["kaibo-app", "kaibo-cli"], "about 5 minutes the first time on two cores, seconds after a change");
  step("opening the window (close it or press Ctrl+C here to end)");
  if (!(await run(built("kaibo-app", profile), handed, { cwd: process.env.INIT_CWD ?? root }))) {
    throw new Refusal("Kaibo's window ended with an error; what it printed is above.");
  }
}

async function inTerminal() {
  await build(["kaibo-cli"], "about 2 minutes the first time on two cores");
  const line = handed.length > 0 ? handed : ["sample:hello"];
  const program = built("kaibo", profile);
  console.log(`\n${bold(`$ kaibo inspect ${line.join(" ")}`)}\n`);
  if (!(await run(program, ["inspect", ...line], { cwd: process.env.INIT_CWD ?? root }))) {
    throw new Refusal(`"kaibo inspect ${line.join(" ")}" ended with an error; what it printed is above.`);
  }
  console.log(`\nMore: ${program} --help`);
}

async function build(packages, duration) {
  step(`cargo build (${profile}): ${duration}`);
  const began = Date.now();
  const args = ["build", "--quiet", "--locked", ...packages.flatMap((name) => ["-p", name]), ...(profile === "release" ? ["--release"] : [])];
  if (!(await run("cargo", args, { cwd: root }))) {
    throw new Refusal("cargo could not build Kaibo; what it printed above says why.");
  }
  step(`built in ${took(Date.now() - began)}`);
}
