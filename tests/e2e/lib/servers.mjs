// What the window asks in the tests, all on 127.0.0.1.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './stage.mjs';

/** Where Debian's `docker-registry` is, or undefined. */
export const dockerRegistry = (process.env.PATH ?? '')
  .split(':')
  .map((folder) => join(folder, 'docker-registry'))
  .find(existsSync);

/** The one account of a registry that wants one: bcrypt of `wonderland`. */
export const ALICE = { username: 'alice', password: 'wonderland' };
const HTPASSWD = 'alice:$2y$05$tjnwPYsDKgyhqiIr65NiTOozZMNR79n.1Jlde5cH.JBCl/Ce50LlO\n';

/** Starts `docker-registry` over a folder, with more lines of its configuration, and waits until it answers. */
async function serve(folder, { http = '', more = '', scheme = 'http' } = {}) {
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const config = join(folder, `config-${port}.yml`);
  writeFileSync(
    config,
    `version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: ${join(folder, 'data')}}}\nhttp:\n  addr: ${host}\n${http}${more}`,
  );
  const child = spawn(dockerRegistry, ['serve', config], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const close = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  // Who answers on that port speaks the protocol at once; over TLS an open port has to do.
  const answers = () =>
    scheme === 'http' ? fetch(`http://${host}/v2/`).then((answer) => answer.ok, () => false) : opens(port);
  for (let tries = 0; ; tries += 1) {
    if (await answers()) break;
    if (tries === 200) {
      await close();
      throw new Error('docker-registry does not answer');
    }
    await sleep(25);
  }
  return { host, port, close };
}

async function opens(port) {
  const socket = connect(port, '127.0.0.1');
  const open = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(() => false);
  socket.destroy();
  return open;
}

/** A real registry, empty, with a folder of its own. */
export async function startRegistry() {
  const folder = mkdtempSync(join(tmpdir(), 'kaibo-registry-'));
  const { host, close } = await serve(folder);
  return {
    host,
    folder,
    push: (repository, tag, made) => push(`http://${host}/v2/${repository}`, tag, made),
    close: async () => {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A real registry that speaks TLS with a certificate of a private authority and wants the account of Alice. */
export async function startPrivateRegistry() {
  const open = await startRegistry();
  const { ca, certificate, key } = certificates(open.folder);
  const passwords = join(open.folder, 'htpasswd');
  writeFileSync(passwords, HTPASSWD);
  const closed = await serve(open.folder, {
    scheme: 'https',
    http: `  tls: {certificate: ${certificate}, key: ${key}}\n`,
    more: `auth: {htpasswd: {realm: kaibo, path: ${passwords}}}\n`,
  });
  return {
    host: `localhost:${closed.port}`,
    ca,
    /** Through the door without a lock, into the same folder. */
    push: open.push,
    close: async () => {
      await closed.close();
      await open.close();
    },
  };
}

/** An authority and a certificate of it for this machine, made anew: none that is kept can run out. */
function certificates(folder) {
  const file = (name) => join(folder, name);
  const openssl = (...words) => {
    const { status, stderr } = spawnSync('openssl', words, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`openssl ${words[0]}: ${stderr}`);
  };
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...fresh, '-days', '2', '-subj', '/CN=Team Orange CA', '-keyout', file('ca.key'), '-out', file('ca.pem'));
  openssl('req', ...fresh, '-subj', '/CN=localhost', '-keyout', file('server.key'), '-out', file('server.csr'));
  writeFileSync(file('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1');
  openssl(
    'x509', '-req', '-days', '2', '-in', file('server.csr'), '-extfile', file('names'),
    '-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial', '-out', file('server.pem'),
  );
  return { ca: file('ca.pem'), certificate: file('server.pem'), key: file('server.key') };
}

/**
 * IAM Identity Center's part that gives codes to devices (`AWS_ENDPOINT_URL_SSO_OIDC`): a code that
 * waits until `confirm` is called.
 */
export async function startSso() {
  let confirmed = false;
  const answers = {
    '/client/register': () => ({ clientId: 'client', clientSecret: 'registered', clientIdIssuedAt: 0, clientSecretExpiresAt: 4_102_444_800 }),
    '/device_authorization': () => ({
      deviceCode: 'device',
      userCode: 'KQTX-ZNLB',
      verificationUri: 'https://device.sso.eu-west-1.amazonaws.com/',
      verificationUriComplete: 'https://device.sso.eu-west-1.amazonaws.com/?user_code=KQTX-ZNLB',
      expiresIn: 600,
      interval: 1,
    }),
    '/token': () => (confirmed ? { accessToken: 'given', tokenType: 'Bearer', expiresIn: 28_800, refreshToken: 'again' } : null),
  };
  const server = createHttpServer((request, response) => {
    request.resume().on('end', () => {
      const answer = answers[request.url]?.();
      response.setHeader('content-type', 'application/json');
      if (!answer) response.setHeader('x-amzn-errortype', 'AuthorizationPendingException').writeHead(400);
      response.end(JSON.stringify(answer ?? { error: 'authorization_pending' }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    confirm: () => (confirmed = true),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
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
