// A real registry with an image in it, for the length of a benchmark.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { serve, where } from "../lib/run.mjs";
import { Refusal } from "../lib/say.mjs";

export async function dockerRegistry(layout, repository) {
  if (!where("docker-registry")) throw new Refusal("docker-registry is not installed (Debian: apt-get install docker-registry)");
  const folder = mkdtempSync(join(tmpdir(), "kaibo-registry-"));
  const host = `127.0.0.1:${await freePort()}`;
  const file = join(folder, "registry.yml");
  writeFileSync(
    file,
    `version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\nstorage: {filesystem: {rootdirectory: ${folder}/data}}\nhttp: {addr: "${host}"}\n`,
  );
  const server = serve("docker-registry", ["serve", file]);
  server.child.stdout.resume();
  server.child.stderr.resume();
  await answering(`http://${host}/v2/`);
  await push(`http://${host}/v2/${repository}`, layout);
  return {
    host,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function answering(url) {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await fetch(url).then((answer) => answer.ok, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} does not answer`);
}

async function push(base, layout) {
  const bytes = (digest) => readFileSync(join(layout, "blobs", ...digest.split(":")));
  const sent = new Set();
  const put = async (url, body, type) => {
    const answer = await fetch(url, { method: "PUT", body, headers: { "content-type": type } });
    if (answer.status !== 201) throw new Error(`PUT ${url}: ${answer.status} ${await answer.text()}`);
  };
  const blob = async ({ digest }) => {
    if (sent.has(digest)) return;
    sent.add(digest);
    const { headers } = await fetch(`${base}/blobs/uploads/`, { method: "POST" });
    const place = new URL(headers.get("location"), base);
    place.searchParams.set("digest", digest);
    await put(place, bytes(digest), "application/octet-stream");
  };
  const manifest = async (descriptor, name) => {
    const raw = bytes(descriptor.digest);
    const document = JSON.parse(raw);
    for (const child of document.manifests ?? []) await manifest(child, child.digest);
    for (const each of [document.config, ...(document.layers ?? [])].filter(Boolean)) await blob(each);
    await put(`${base}/manifests/${name}`, raw, descriptor.mediaType);
  };
  for (const entry of JSON.parse(readFileSync(join(layout, "index.json"), "utf8")).manifests) {
    await manifest(entry, entry.annotations["org.opencontainers.image.ref.name"]);
  }
}
