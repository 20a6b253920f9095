// Puts the built command line where the bundler looks for it: src-tauri/binaries/kaibo-TRIPLE.
//
//   cargo build --release -p kaibo-cli [--target TRIPLE]
//   node src-tauri/bundle.mjs [--target TRIPLE] [--debug]
//   npx tauri build --config src-tauri/tauri.bundle.conf.json [--target TRIPLE]
//
// Kept apart from tauri.conf.json so that a plain `cargo build` does not need the file.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { target: { type: 'string' }, debug: { type: 'boolean', default: false } } });
const shell = dirname(fileURLToPath(import.meta.url));
const host = /^host: (.+)$/m.exec(execFileSync('rustc', ['-vV'], { encoding: 'utf8' }))?.[1];
const triple = values.target ?? host;
const suffix = triple.includes('windows') ? '.exe' : '';
const target = process.env.CARGO_TARGET_DIR ?? join(shell, '..', 'target');
const built = join(target, values.target ?? '', values.debug ? 'debug' : 'release', `kaibo${suffix}`);
if (!existsSync(built)) {
  console.error(`${built} is not there. Build it first: cargo build ${values.debug ? '' : '--release '}-p kaibo-cli`);
  process.exit(1);
}
const placed = join(shell, 'binaries', `kaibo-${triple}${suffix}`);
mkdirSync(dirname(placed), { recursive: true });
copyFileSync(built, placed);
console.log(placed);
