// What this machine has and lacks: Node, Rust, system packages, a display.

import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";

import { ask, run, where, windows } from "./run.mjs";
import { Refusal, loudly, step } from "./say.mjs";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** What is needed to build the window on Debian and its children. */
export const buildPackages = ["build-essential", "pkg-config", "libwebkit2gtk-4.1-dev", "librsvg2-dev"];

/** What is needed to build the terminal program alone. */
export const terminalPackages = ["build-essential", "pkg-config"];

/** Puts cargo on PATH where rustup installed it without saying so to this shell, and checks its age. */
export function checkRust() {
  const home = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "bin");
  if (!(process.env.PATH ?? "").split(delimiter).includes(home)) process.env.PATH = `${home}${delimiter}${process.env.PATH ?? ""}`;
  const version = ask("rustc", ["--version"])?.match(/(\d+)\.(\d+)/);
  if (!version) {
    const how = where("rustup") ? "rustup toolchain install stable" : "install rustup from https://rustup.rs";
    throw new Refusal(`Rust was not found, neither on PATH nor in ${home}: ${how}, then run this again.`);
  }
  const wanted = readFileSync(join(root, "Cargo.toml"), "utf8").match(/rust-version = "(\d+)\.(\d+)/);
  if (Number(version[1]) === Number(wanted[1]) && Number(version[2]) < Number(wanted[2])) {
    throw new Refusal(`Kaibo needs Rust ${wanted[1]}.${wanted[2]}, and this is ${version[1]}.${version[2]}: run "rustup update stable", then run this again.`);
  }
}

/** Adds rustup components and targets that are missing; false when one cannot be had. */
export async function rustupAdd(kind, name) {
  if (!where("rustup")) return false;
  const have = ask("rustup", [kind, "list", "--installed"]) ?? "";
  if (have.split("\n").some((line) => line === name || line.startsWith(`${name}-`))) return true;
  step(`rustup ${kind} add ${name}`);
  return run("rustup", [kind, "add", name]);
}

/** Those of `names` that Debian's package manager does not have installed. */
export function missingPackages(names) {
  return names.filter((name) => !ask("dpkg-query", ["-W", "-f=${db:Status-Status}", name], { stdio: ["ignore", "pipe", "ignore"] })?.includes("installed"));
}

/** Installs system packages: as root at once, else after a yes; otherwise the command is printed. */
export async function ensurePackages(names, why) {
  if (process.platform !== "linux") return;
  if (!where("dpkg-query") || !where("apt-get")) {
    loudly(`This is no Debian or Ubuntu. Kaibo needs what they call: ${names.join(" ")}`);
    return;
  }
  const missing = missingPackages(names);
  if (missing.length === 0) return;
  const command = `apt-get install --yes --no-install-recommends ${missing.join(" ")}`;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && !(await agreed(`${why} needs ${missing.length} system packages: ${missing.join(" ")}. Install them with sudo?`))) {
    throw new Refusal(`${why} needs system packages. Install them with:\n\n  sudo apt-get update && sudo ${command}\n`);
  }
  step(`${why}: installing ${missing.join(" ")}`);
  const apt = (args) => {
    const line = ["apt-get", ...args];
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    return isRoot ? run(line[0], line.slice(1), { env }) : run("sudo", ["DEBIAN_FRONTEND=noninteractive", ...line]);
  };
  // A fresh machine has no package lists yet; stale ones name files that are gone.
  const quiet = ["-qq", "-o", "Dpkg::Use-Pty=0"];
  const install = [...quiet, "install", "--yes", "--no-install-recommends", ...missing];
  if (!(await apt([...quiet, "update"])) || !(await apt(install))) {
    throw new Refusal(`The system packages could not be installed. The command was:\n\n  ${command}\n`);
  }
}

async function agreed(question) {
  if (!process.stdin.isTTY || !where("sudo")) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** Whether a window could be shown here. */
export function hasDisplay() {
  return process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** The path of a built program. */
export function built(name, profile = "debug") {
  return join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), profile, windows ? `${name}.exe` : name);
}
