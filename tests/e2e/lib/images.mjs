// Small images with true digests, made here: as an OCI layout in a folder, or for a registry.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const OCI = 'application/vnd.oci.image';

export const sha256 = (bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** A tar with regular files. */
function tar(files) {
  const blocks = Object.entries(files).map(([name, content]) => {
    const body = Buffer.from(content);
    const head = Buffer.alloc(512);
    const octal = (number, length) => `${number.toString(8).padStart(length - 1, '0')}\0`;
    head.write(name, 0, 100);
    head.write(octal(0o644, 8), 100);
    head.write(octal(0, 8), 108);
    head.write(octal(0, 8), 116);
    head.write(octal(body.length, 12), 124);
    head.write(octal(0, 12), 136);
    head.write('        ', 148);
    head.write('0', 156);
    head.write('ustar\x0000', 257);
    head.write(octal(head.reduce((sum, byte) => sum + byte, 0), 7), 148);
    return Buffer.concat([head, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** An image of one platform. `files` is a list: one layer each. */
export function image({ architecture = 'amd64', files = [{ 'bin/app': 'app' }], config = {}, history, annotations } = {}) {
  const blobs = new Map();
  const layers = files.map((each) => {
    const packed = tar(each);
    return { packed, gzip: gzipSync(packed) };
  });
  const configBytes = Buffer.from(
    JSON.stringify({
      created: '2026-11-24T08:18:20Z',
      architecture,
      os: 'linux',
      config,
      rootfs: { type: 'layers', diff_ids: layers.map(({ packed }) => sha256(packed)) },
      history: history ?? layers.map((_, place) => ({ created: '2026-11-24T08:18:20Z', created_by: `COPY layer ${place + 1} /` })),
    }),
  );
  const manifest = {
    schemaVersion: 2,
    mediaType: `${OCI}.manifest.v1+json`,
    config: describe(configBytes, `${OCI}.config.v1+json`),
    layers: layers.map(({ gzip }) => describe(gzip, `${OCI}.layer.v1.tar+gzip`)),
    ...(annotations ? { annotations } : {}),
  };
  for (const bytes of [configBytes, ...layers.map(({ gzip }) => gzip)]) blobs.set(sha256(bytes), bytes);
  return whole(manifest, blobs, { architecture, os: 'linux' });
}

/** An index over images. */
export function index(images, annotations) {
  const manifest = {
    schemaVersion: 2,
    mediaType: `${OCI}.index.v1+json`,
    manifests: images.map((each) => ({ ...each.descriptor, platform: each.platform })),
    ...(annotations ? { annotations } : {}),
  };
  const blobs = new Map(images.flatMap((each) => [...each.blobs]));
  const manifests = new Map(images.flatMap((each) => [...each.manifests]));
  return whole(manifest, blobs, undefined, manifests);
}

function whole(manifest, blobs, platform, others = new Map()) {
  const bytes = Buffer.from(JSON.stringify(manifest, null, 2));
  const descriptor = describe(bytes, manifest.mediaType);
  return { bytes, descriptor, platform, blobs, manifests: new Map([...others, [descriptor.digest, { bytes, mediaType: manifest.mediaType }]]) };
}

function describe(bytes, mediaType) {
  return { mediaType, digest: sha256(bytes), size: bytes.length };
}

/** Writes an OCI layout. */
export function writeLayout(folder, tag, made, annotations = {}) {
  const blobs = join(folder, 'blobs/sha256');
  mkdirSync(blobs, { recursive: true });
  for (const [digest, bytes] of made.blobs) writeFileSync(join(blobs, digest.slice(7)), bytes);
  for (const [digest, { bytes }] of made.manifests) writeFileSync(join(blobs, digest.slice(7)), bytes);
  writeFileSync(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  const entry = { ...made.descriptor, annotations: { 'org.opencontainers.image.ref.name': tag, ...annotations } };
  writeFileSync(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [entry] }));
}
