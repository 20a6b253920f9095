// Draws every icon of the app from kaibo.svg and kaibo-small.svg: `node icons/make.mjs`.
// Needs rsvg-convert (Debian: librsvg2-bin). The results are committed; a build does not run this.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const icons = dirname(fileURLToPath(import.meta.url));
const large = readFileSync(join(icons, 'kaibo.svg'), 'utf8');
const small = readFileSync(join(icons, 'kaibo-small.svg'), 'utf8');

/** One picture as PNG bytes. Up to 32 px the drawing on the pixel grid is the clearer one. */
function draw(size, { margin = 0 } = {}) {
  const source = size <= 32 ? small : large;
  return execFileSync('rsvg-convert', ['-w', `${size}`, '-h', `${size}`], { input: inset(source, margin) });
}

/** Apple's grid leaves a tenth of the picture free around the rounded square. */
function inset(svg, margin) {
  if (margin === 0) return svg;
  const [, side] = /viewBox="0 0 (\d+) \d+"/.exec(svg);
  const free = side * margin;
  return svg.replace(/viewBox="[^"]+"/, `viewBox="${-free} ${-free} ${side * (1 + 2 * margin)} ${side * (1 + 2 * margin)}"`);
}

/** ICO: a directory of PNG pictures, which Windows reads since Vista. */
function ico(sizes) {
  const pictures = sizes.map((size) => draw(size));
  const head = Buffer.alloc(6 + 16 * sizes.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(sizes.length, 4);
  let offset = head.length;
  for (const [place, size] of sizes.entries()) {
    const entry = 6 + 16 * place;
    head.writeUInt8(size % 256, entry); // 0 is 256
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(pictures[place].length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += pictures[place].length;
  }
  return Buffer.concat([head, ...pictures]);
}

/** ICNS: tagged PNG pictures; the second of each pair is the retina form of half the size. */
function icns() {
  const kinds = { icp4: 16, ic11: 32, icp5: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 };
  const parts = Object.entries(kinds).map(([kind, size]) => tagged(kind, draw(size, { margin: size <= 32 ? 0 : 100 / 824 })));
  return tagged('icns', Buffer.concat(parts));
}

function tagged(kind, bytes) {
  const head = Buffer.alloc(8);
  head.write(kind, 'ascii');
  head.writeUInt32BE(8 + bytes.length, 4);
  return Buffer.concat([head, bytes]);
}

for (const size of [16, 24, 32, 48, 64, 128, 256, 512, 1024]) writeFileSync(join(icons, `${size}x${size}.png`), draw(size));
writeFileSync(join(icons, '128x128@2x.png'), draw(256));
writeFileSync(join(icons, 'kaibo.ico'), ico([16, 24, 32, 48, 64, 256]));
writeFileSync(join(icons, 'kaibo.icns'), icns());
