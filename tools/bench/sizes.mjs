// How big the programs are.

import { existsSync, statSync } from "node:fs";

import { built } from "../lib/machine.mjs";

export function sizes() {
  return ["kaibo", "kaibo-app"]
    .map((name) => ({ name, path: built(name, "release") }))
    .filter(({ path }) => existsSync(path))
    .map(({ name, path }) => ({ name, bytes: statSync(path).size }));
}
