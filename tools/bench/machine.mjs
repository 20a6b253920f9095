// The machine that numbers were taken on, in the words of a table.

import { readFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";

import { ask } from "../lib/run.mjs";

export function machine() {
  const processors = cpus();
  const system = read("/etc/os-release")?.match(/PRETTY_NAME="([^"]+)"/)?.[1] ?? type();
  return {
    processor: `${processors.length} × ${processors[0]?.model.trim() || "unknown"}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${system}, kernel ${release().split(".").slice(0, 2).join(".")}`,
    rust: (ask("rustc", ["--version"]) ?? "").trim(),
    node: process.version,
    webkit: ask("pkg-config", ["--modversion", "webkit2gtk-4.1"])?.trim() ?? "not installed",
  };
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** Load by others makes numbers worse, never better: it is part of the record. */
export function load() {
  return read("/proc/loadavg")?.split(" ")[0] ?? "unknown";
}
