// What the window asks in the tests, all on 127.0.0.1.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './stage.mjs';

/** Where Debian's `docker-registry` is, or undefined. */
export const dockerRegistry = (process.env.PATH ?? '')
  .split(':')
  .map((folder) => join(folder, 'docker-registry'))
  .find(existsSync);

/** A real registry, empty, with a folder of its own. */
export async function startRegistry() {
  const folder = mkdtempSync(join(tmpdir(), 'kaibo-registry-'));
  const host = `127.0.0.1:${await freePort()}`;
  const config = join(folder, 'config.yml');
  writeFileSync(config, `version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: ${folder}}}\nhttp: {addr: ${host}}\n`);
  const child = spawn(dockerRegistry, ['serve', config], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const close = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; ; tries += 1) {
    if (await fetch(`http://${host}/v2/`).then((answer) => answer.ok, () => false)) break;
    if (tries === 200) {
      await close();
      throw new Error('docker-registry does not answer');
    }
    await sleep(25);
  }
  return { host, push: (repository, tag, made) => push(`http://${host}/v2/${repository}`, tag, made), close };
}

async function push(base, tag, made) {
  const send = async (url, method, body, type) => {
    const answer = await fetch(url, { method, body, headers: type ? { 'content-type': type } : {} });
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  for (const [digest, bytes] of made.blobs) {
    const begun = await send(`${base}/blobs/uploads/`, 'POST');
    const target = new URL(begun.headers.get('location'), base);
    target.searchParams.set('digest', digest);
    await send(target, 'PUT', bytes, 'application/octet-stream');
  }
  for (const [digest, { bytes, mediaType }] of made.manifests) await send(`${base}/manifests/${digest}`, 'PUT', bytes, mediaType);
  await send(`${base}/manifests/${tag}`, 'PUT', made.bytes, made.descriptor.mediaType);
}

/** Takes every connection and never says a word. */
export async function startSilent() {
  const sockets = new Set();
  let seen = 0;
  const server = createServer((socket) => {
    seen += 1;
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket)).resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${server.address().port}`,
    /** Connections that there ever were. */
    get seen() {
      return seen;
    },
    /** Connections that are open now. */
    get open() {
      return sockets.size;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
