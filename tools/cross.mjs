// The systems that this machine is not: the whole workspace is type-checked for Windows and macOS.
// Linking and running need those systems; type-checking finds most of what breaks there.

import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { root, rustupAdd } from "./lib/machine.mjs";
import { uiBuild } from "./lib/prepare.mjs";
import { run, where } from "./lib/run.mjs";
import { loudly, step } from "./lib/say.mjs";

const tools = join(root, "target", "kaibo", "cross");

export async function crossCheck() {
  await uiBuild();
  const results = { passed: 0, failed: 0, skipped: 0, notes: [] };
  for (const { target, compiler } of [
    { target: "x86_64-pc-windows-gnu", compiler: mingw },
    { target: "aarch64-apple-darwin", compiler: zig },
  ]) {
    const env = (await rustupAdd("target", target)) ? await compiler() : "rustup does not bring the target";
    if (typeof env === "string") {
      loudly(`${target}: NOT CHECKED, ${env}`);
      results.skipped += 1;
      results.notes.push(`${target} was not checked: ${env}`);
      continue;
    }
    step(`cargo check --workspace --all-targets --target ${target}`);
    const ok = await run("cargo", ["check", "--locked", "--workspace", "--all-targets", "--target", target], { cwd: root, env: { ...process.env, ...env } });
    results[ok ? "passed" : "failed"] += 1;
    if (!ok) results.notes.push(`${target} does not compile`);
  }
  return results;
}

/** C code (ring) for Windows: Debian's mingw. */
async function mingw() {
  if (!where("x86_64-w64-mingw32-gcc")) return "there is no x86_64-w64-mingw32-gcc (Debian: gcc-mingw-w64-x86-64)";
  return { CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER: "x86_64-w64-mingw32-gcc" };
}

/** C code (ring) for macOS: zig's C compiler, which carries Apple's headers, from PyPI. */
async function zig() {
  const venv = join(tools, "venv");
  const python = join(venv, "bin", "python");
  const wrapper = join(tools, "cc-aarch64-apple-darwin");
  if (!existsSync(wrapper)) {
    mkdirSync(tools, { recursive: true });
    step("installing ziglang (a C compiler for macOS targets, 80 MB) into target/");
    if (!(await run("python3", ["-m", "venv", venv]))) return "python3 cannot make a virtual environment";
    if (!(await run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "ziglang"]))) return "ziglang could not be installed";
    // Cargo's C builds speak to Apple's clang; these options of it zig does not know or need.
    writeFileSync(
      wrapper,
      `#!/usr/bin/env bash
kept=()
while [ $# -gt 0 ]; do
  case $1 in
    -arch | -isysroot | -target) shift ;;
    --target=* | -mmacosx-version-min=* | -mmacos-version-min=*) ;;
    *) kept+=("$1") ;;
  esac
  shift
done
exec "${python}" -m ziglang cc -target aarch64-macos "\${kept[@]}"
`,
    );
    chmodSync(wrapper, 0o755);
  }
  return { CC_aarch64_apple_darwin: wrapper, AR_aarch64_apple_darwin: "ar" };
}
