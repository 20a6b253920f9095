// Bringing a clone to the point where it can be built. Each step is skipped when it was done.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "./machine.mjs";
import { npm, run } from "./run.mjs";
import { Refusal, step } from "./say.mjs";

const stamps = join(root, "target", "kaibo");

/** Installs the npm packages of the lock file, unless exactly those are there. */
export async function npmPackages() {
  if (installedAsLocked()) return;
  step("npm ci: the window's libraries and tools (about 200 MB, under a minute)");
  if (!(await run(npm, ["ci", "--no-audit", "--no-fund"], { cwd: root }))) {
    throw new Refusal(`"npm ci" failed; what it printed above says why. Run it again when that is solved.`);
  }
}

function installedAsLocked() {
  const hidden = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(hidden)) return false;
  const have = JSON.parse(readFileSync(hidden, "utf8")).packages ?? {};
  const want = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages ?? {};
  return Object.entries(want).every(([path, entry]) => {
    if (!path.startsWith("node_modules/") || entry.link || entry.optional || entry.devOptional || entry.peer) return true;
    return have[path]?.version === entry.version;
  });
}

/** Builds `ui/dist`, or with recordings for a plain browser `ui/dist-recorded`, unless the sources are those of the last build. */
export async function uiBuild({ recorded = false } = {}) {
  const folder = recorded ? "dist-recorded" : "dist";
  const now = fingerprint(["ui", "package-lock.json"]);
  const stamp = join(stamps, recorded ? "ui-recorded.stamp" : "ui.stamp");
  if (existsSync(join(root, "ui", folder, "index.html")) && existsSync(stamp) && readFileSync(stamp, "utf8") === now) return;
  step(`building the window's pages (ui/${folder})`);
  if (!(await run(npm, ["run", "--silent", recorded ? "build:recorded" : "build", "--workspace", "ui"], { cwd: root }))) {
    throw new Refusal("The window's pages could not be built; what was printed above says why.");
  }
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, fingerprint(["ui", "package-lock.json"]));
}

/** One hash over the names and contents of files. */
function fingerprint(places) {
  const hash = createHash("sha256");
  const visit = (path) => {
    let entries;
    try {
      entries = readdirSync(join(root, path), { withFileTypes: true });
    } catch {
      hash.update(path).update(readFileSync(join(root, path)));
      return;
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (["dist", "dist-recorded", "node_modules", ".svelte-kit"].includes(entry.name)) continue;
      const inner = `${path}/${entry.name}`;
      if (entry.isDirectory()) visit(inner);
      else if (entry.isFile()) hash.update(inner).update(readFileSync(join(root, inner)));
    }
  };
  places.forEach(visit);
  return hash.digest("hex");
}
