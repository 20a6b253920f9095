// What only Windows has, as far as wine has it too: Kaibo's own accounts in the Credential Manager.

import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { root, rustupAdd } from "./lib/machine.mjs";
import { run, where } from "./lib/run.mjs";
import { loudly, step } from "./lib/say.mjs";

const target = "x86_64-pc-windows-gnu";
const compiler = "x86_64-w64-mingw32-gcc";
const place = join(root, "target", "kaibo", "wine");

export async function wineCheck() {
  const missing = await missingHere();
  if (missing) {
    loudly(`Credential Manager: NOT TESTED, ${missing}`);
    return { passed: 0, failed: 0, skipped: 1, notes: [`the Credential Manager was not tested: ${missing}`] };
  }
  step(`building the test of Windows' store for ${target}`);
  const env = { ...process.env, CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER: compiler };
  const build = ["build", "--locked", "--package", "kaibo-credentials", "--example", "store", "--target", target];
  if (!(await run("cargo", build, { cwd: root, env }))) return failed("the test does not build for Windows");
  // A Windows of its own, made anew: what an earlier run kept must not be found.
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const shim = join(place, "bcryptprimitives.dll");
  const made = await run(compiler, ["-shared", "-O2", "-o", shim, join(root, "tools", "wine", "bcryptprimitives.c"), "-ladvapi32"], { cwd: root });
  if (!made) return failed("the library that wine lacks does not build");
  copyFileSync(join(root, "target", target, "debug", "examples", "store.exe"), join(place, "store.exe"));
  try {
    return credentialManager();
  } finally {
    wine("wineserver", ["--kill"]);
  }
}

const failed = (note) => ({ passed: 0, failed: 1, notes: [note] });

async function missingHere() {
  if (!(await rustupAdd("target", target))) return `rustup does not bring ${target}`;
  if (!where(compiler)) return `there is no ${compiler} (Debian: gcc-mingw-w64-x86-64)`;
  return where("wine") ? null : "there is no wine (Debian: wine wine64)";
}

function wine(program, args, input = "") {
  const env = { ...process.env, WINEPREFIX: join(place, "prefix"), WINEDEBUG: "-all", WINEDLLOVERRIDES: "mscoree,mshtml=", KAIBO_CONFIG_DIR: "C:\\kaibo" };
  for (const name of ["DISPLAY", "WAYLAND_DISPLAY"]) delete env[name];
  const ran = spawnSync(where(program) ?? program, args, { cwd: place, env, input, encoding: "utf8", timeout: 180_000 });
  return (ran.stdout ?? "").trim();
}

/** Each line is a program that was just started: what it is asked, what is sent to it, what it has to say. */
function credentialManager() {
  // Two bytes for each of these in UTF-8: the limit is in bytes, and the text around it counts.
  const fits = "ä".repeat(1200);
  const long = "ä".repeat(1280);
  const steps = [
    [["state"], "", "credential-manager None"],
    [["keep", "r.example", "alice"], 'a "secret" 鍵', "kept"],
    [["find", "r.example"], 'a "secret" 鍵', "same alice"],
    [["find", "r.example/team/app"], "another", "different"],
    [["keep", "r.example/team", "bob"], fits, "kept"],
    [["find", "r.example/team/app"], fits, "same bob"],
    [["keep", "long.example", "carl"], long, "TooLong"],
    [["find", "long.example"], long, "Some(Nothing)"],
    [["forget", "r.example"], "", "Ok(true)"],
    [["find", "r.example"], "", "Some(Nothing)"],
    [["forget", "r.example"], "", "Ok(false)"],
  ];
  const results = { passed: 0, failed: 0, notes: [] };
  for (const [args, sent, expected] of steps) {
    const said = wine("wine", ["store.exe", ...args], sent);
    results[said === expected ? "passed" : "failed"] += 1;
    if (said !== expected) results.notes.push(`store ${args.join(" ")}: ${said || "nothing"} instead of ${expected}`);
  }
  const list = join(place, "prefix", "drive_c", "kaibo", "accounts.json");
  const keys = existsSync(list) ? Object.keys(JSON.parse(readFileSync(list, "utf8")).accounts) : [];
  const right = keys.join() === "r.example/team";
  results[right ? "passed" : "failed"] += 1;
  if (!right) results.notes.push(`accounts.json has ${keys.join(", ") || "nothing"} instead of r.example/team`);
  return results;
}
