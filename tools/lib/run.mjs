// Starting other programs. Nothing goes through a shell but npm on Windows, where it is a script.

import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";

export const windows = process.platform === "win32";
const npm = windows ? "npm.cmd" : "npm";

/** Programs started here that still run: ended, by their own id, when the tool ends. */
const running = new Set();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => process.exit(130));
}
process.on("exit", () => {
  for (const child of running) child.kill("SIGTERM");
});

function options(extra) {
  return { shell: windows, ...extra };
}

/** Runs a program with its output on ours; true when it ended well. */
export function run(program, args, extra = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, options({ stdio: "inherit", ...extra }));
    running.add(child);
    child.on("error", () => resolve(false));
    child.on("close", (code) => {
      running.delete(child);
      resolve(code === 0);
    });
  });
}

/** Runs a program, shows its output and keeps it: `{ ok, code, text }`. */
export function follow(program, args, extra = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, options({ stdio: ["ignore", "pipe", "pipe"], ...extra }));
    running.add(child);
    let text = "";
    const keep = (stream) => (chunk) => {
      text += chunk;
      stream.write(chunk);
    };
    child.stdout.on("data", keep(process.stdout));
    child.stderr.on("data", keep(process.stderr));
    child.on("error", (error) => resolve({ ok: false, code: null, text: `${text}${error.message}\n` }));
    child.on("close", (code) => {
      running.delete(child);
      resolve({ ok: code === 0, code, text });
    });
  });
}

/** Runs a program silently and gives its standard output, or null when it failed or is not there. */
export function ask(program, args, extra = {}) {
  const answer = spawnSync(program, args, options({ encoding: "utf8", maxBuffer: 1 << 28, ...extra }));
  return answer.status === 0 ? answer.stdout : null;
}

/** Where a program is on PATH, or null. */
export function where(program) {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, windows ? `${program}.exe` : program);
    if (folder && existsSync(path)) return path;
  }
  return null;
}

/** Starts a server that lives until `stop` is called or the tool ends. */
export function serve(program, args, extra = {}) {
  const child = spawn(program, args, options({ stdio: ["pipe", "pipe", "pipe"], ...extra }));
  running.add(child);
  const gone = new Promise((resolve) => child.on("close", resolve));
  gone.then(() => running.delete(child));
  child.on("error", () => running.delete(child));
  return {
    child,
    async stop() {
      child.kill("SIGTERM");
      await gone;
    },
  };
}

export { npm };
