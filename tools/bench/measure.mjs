// Timing whole commands, start of the process included, several of them in turn so that what the
// machine does meanwhile meets all alike.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";

import { serve } from "../lib/run.mjs";

/** One run: `{ ms, code, out, err }`. */
export function once(program, args, env = {}) {
  return new Promise((resolve) => {
    const began = process.hrtime.bigint();
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_PROXY: "*", ...env } });
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk) => (out += chunk));
    child.stderr.on("data", (chunk) => (err += chunk));
    child.on("error", (error) => resolve({ ms: NaN, code: null, out, err: error.message }));
    let ended;
    child.on("exit", () => (ended = process.hrtime.bigint()));
    child.on("close", (code) => resolve({ ms: Number((ended ?? process.hrtime.bigint()) - began) / 1e6, code, out, err }));
  });
}

/** A folder that is gone afterwards; given to `use` as the environment of an empty home. */
export async function withHome(use) {
  const folder = mkdtempSync(join(tmpdir(), "kaibo-bench-"));
  const env = Object.fromEntries(["HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"].map((name) => [name, folder]));
  try {
    return await use(env, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const best = (numbers) => Math.min(...numbers);
export const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** A server that prints where it listens and answers every line with a line of JSON. */
export async function counting(program, args) {
  const server = serve(program, args);
  const lines = createInterface({ input: server.child.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done) throw new Error(`${program} ended before it said where it listens`);
  return {
    first: first.value,
    /** The counts since the last time they were asked for. */
    async counts() {
      server.child.stdin.write("\n");
      return JSON.parse((await lines.next()).value);
    },
    stop: () => server.stop(),
  };
}
