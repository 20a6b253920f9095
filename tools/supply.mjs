// What is built into Kaibo: where every crate and npm package comes from, under which licence, and
// that none of those is there which are kept out on purpose. The lists are in deny.toml, in the
// form that cargo-deny reads, so that anybody who has that tool can run it as well.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "./lib/machine.mjs";
import { ask } from "./lib/run.mjs";
import { red } from "./lib/say.mjs";

const crates = /^registry\+https:\/\/github\.com\/rust-lang\/crates\.io-index$/;

export async function supplyCheck() {
  const rules = readFileSync(join(root, "deny.toml"), "utf8");
  const allowed = new Set(strings(rules, "allow"));
  const banned = new Map([...rules.matchAll(/\{ (?:name|crate) = "([^"]+)", reason = "([^"]+)" \}/g)].map(([, name, reason]) => [name, reason]));
  const metadata = JSON.parse(ask("cargo", ["metadata", "--format-version", "1", "--locked"], { cwd: root }) ?? "null");
  if (!metadata) return { passed: 0, failed: 1, notes: ["cargo metadata --locked failed: is Cargo.lock up to date?"] };

  const faults = [];
  for (const { name, version, source, license } of metadata.packages) {
    if (source === null) continue;
    if (!crates.test(source)) faults.push(`${name} ${version} comes from ${source}, not from crates.io`);
    if (banned.has(name)) faults.push(`${name} ${version} is kept out: ${banned.get(name)}`);
    if (!license) faults.push(`${name} ${version} names no licence`);
    else if (!satisfied(license, allowed)) faults.push(`${name} ${version} is under ${license}, which is not on the list in deny.toml`);
  }
  const locked = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  for (const [path, { resolved, link }] of Object.entries(locked)) {
    if (resolved && !link && !resolved.startsWith("https://registry.npmjs.org/")) faults.push(`${path} in package-lock.json comes from ${resolved}`);
  }
  for (const fault of faults) console.log(red(fault));
  const checked = metadata.packages.length;
  console.log(`${checked} crates and ${Object.keys(locked).length} npm packages looked at, ${faults.length} faults`);
  return { passed: faults.length === 0 ? 1 : 0, failed: faults.length === 0 ? 0 : 1, notes: faults.slice(0, 10) };
}

function strings(toml, key) {
  const list = toml.match(new RegExp(`^${key} = \\[([^\\]]*)\\]`, "m"));
  return [...(list?.[1].matchAll(/"([^"]+)"/g) ?? [])].map(([, text]) => text);
}

/** SPDX expression: an OR needs one side, an AND both; "A/B" is the old way to write OR. */
export function satisfied(expression, allowed) {
  const tokens = expression.replaceAll("/", " OR ").match(/\(|\)|[^\s()]+/g) ?? [];
  let at = 0;
  const one = () => {
    if (tokens[at] === "(") {
      at += 1;
      const inner = either();
      at += 1;
      return inner;
    }
    let name = tokens[at++];
    if (tokens[at] === "WITH") {
      name = `${name} WITH ${tokens[at + 1]}`;
      at += 2;
    }
    return allowed.has(name);
  };
  const both = () => {
    let value = one();
    while (tokens[at] === "AND") {
      at += 1;
      value = one() && value;
    }
    return value;
  };
  const either = () => {
    let value = both();
    while (tokens[at] === "OR") {
      at += 1;
      value = both() || value;
    }
    return value;
  };
  return either();
}
