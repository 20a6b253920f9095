// npm run bundle: installable packages of this system (deb here, dmg on macOS, NSIS on Windows), the
// terminal program beside the window.
//
//   npm run bundle -- --bundles deb      only these; everything else is handed to `tauri build`

import { join } from "node:path";
import process from "node:process";

import { buildPackages, checkRust, ensurePackages, root } from "./lib/machine.mjs";
import { npmPackages, uiBuild } from "./lib/prepare.mjs";
import { npm, run } from "./lib/run.mjs";
import { Refusal, running, step } from "./lib/say.mjs";

await running(async () => {
  checkRust();
  await ensurePackages(buildPackages, "Building the window");
  await npmPackages();
  await uiBuild();
  step("cargo build --release: both programs (about 10 minutes the first time on two cores)");
  await must("cargo", ["build", "--release", "--locked", "-p", "kaibo-cli", "-p", "kaibo-app"]);
  await must(process.execPath, [join("src-tauri", "bundle.mjs")]);
  step("tauri build: the packages");
  const config = join("src-tauri", "tauri.bundle.conf.json");
  await must(npm, ["exec", "--", "tauri", "build", "--config", config, ...process.argv.slice(2)]);
});

async function must(program, args) {
  if (!(await run(program, args, { cwd: root }))) {
    throw new Refusal(`"${program} ${args.join(" ")}" failed; what it printed above says why.`);
  }
}
