// The whole tree of a 10-platform index over a 50 ms round trip: Kaibo, a bare client that makes the
// same requests, the reference of the design, and other programs.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { built, root } from "../lib/machine.mjs";
import { where } from "../lib/run.mjs";
import { loudly, step } from "../lib/say.mjs";
import { best, counting, median, once, withHome } from "./measure.mjs";
import { dockerRegistry } from "./registry.mjs";

export const roundTrip = 50;
const layout = join(root, "tests", "fixtures", "ten");
const program = (name) => built(name, "release");

/** Plain HTTP/1.1, no sign-in: connect, index, further connections, children, configs. */
const plainReference = 5 * roundTrip;

export async function plain(runs = 10) {
  step(`plain HTTP/1.1, ${roundTrip} ms: cold tree, second look, other programs`);
  const registry = await dockerRegistry(layout, "demo/ten");
  const proxy = await counting(program("kaibo-bench-proxy"), [registry.host, String(roundTrip)]);
  const host = proxy.first;
  try {
    const rows = [];
    for (const tag of ["prov", "plain"]) {
      const reference = `${host}/demo/ten:${tag}`;
      const contestants = [
        { name: "kaibo inspect", run: () => withHome((env) => once(program("kaibo"), ["inspect", reference, "--json"], env)) },
        { name: "bare client, the same requests", run: () => once(program("kaibo-bench-client"), [`http://${host}/v2/demo/ten`, tag]) },
      ];
      rows.push(...(await compare(contestants, proxy, runs, { image: tag, reference: plainReference })));
    }
    const warm = await withHome(async (env) => {
      const look = () => once(program("kaibo"), ["inspect", `${host}/demo/ten:prov`, "--json"], env);
      await look();
      return compare([{ name: "kaibo inspect, second look", run: look }], proxy, runs, { image: "prov", reference: 2 * roundTrip });
    });
    return { cold: rows, warm, peers: await peers(host, proxy) };
  } finally {
    await proxy.stop();
    await registry.stop();
  }
}

/** TLS, anonymous Bearer tokens, configs redirected to a second host, everything behind the proxy. */
export async function laborious(protocol, runs = 10) {
  step(`TLS + Bearer + redirected configs, ${protocol}, ${roundTrip} ms`);
  const folder = mkdtempSync(join(tmpdir(), "kaibo-bench-"));
  const ca = join(folder, "ca.pem");
  const registry = await counting(program("kaibo-bench-registry"), [layout, "demo/ten", ca, protocol]);
  // The proxies listen on the same ports of another loopback address, and the names are resolved
  // there: so redirects and token realms lead through them too.
  const far = "127.0.0.2";
  const ports = registry.first.split(" ").map((host) => host.split(":")[1]);
  const proxies = [];
  try {
    for (const port of ports) {
      proxies.push(await counting(program("kaibo-bench-proxy"), [`127.0.0.1:${port}`, String(roundTrip), `${far}:${port}`]));
    }
    const host = `localhost:${ports[0]}`;
    const resolve = ports.flatMap((port) => ["--resolve", `localhost:${port}:${far}`]);
    const token = `https://${host}/token?service=${encodeURIComponent(host)}&scope=${encodeURIComponent("repository:demo/ten:pull")}`;
    const contestants = [
      { name: "kaibo inspect", run: () => withHome((env) => once(program("kaibo"), ["inspect", `${host}/demo/ten:prov`, "--json", "--tls", "--ca", ca, ...resolve], env)) },
      { name: "bare client, the same requests", run: () => once(program("kaibo-bench-client"), [`https://${host}/v2/demo/ten`, "prov", "--ca", ca, "--token", token, ...resolve]) },
    ];
    const base = protocol === "http2" ? 4 : 5;
    return await compare(contestants, registry, runs, { image: `prov, ${protocol}`, reference: (base + 1 + 2 + 4) * roundTrip });
  } finally {
    for (const proxy of proxies) await proxy.stop();
    await registry.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs all in turn and gives a row for each: requests, connections, best, median, ratios. */
async function compare(contestants, counter, runs, { image, reference }) {
  const times = contestants.map(() => []);
  const counts = contestants.map(() => null);
  for (let round = 0; round < runs; round += 1) {
    for (const [index, { name, run }] of contestants.entries()) {
      await counter.counts();
      const { ms, code, err } = await run();
      if (code !== 0) throw new Error(`${name} (${image}) ended with ${code}: ${err}`);
      times[index].push(ms);
      counts[index] = await counter.counts();
    }
  }
  const bare = contestants.length > 1 ? best(times[1]) : null;
  return contestants.map(({ name }, index) => ({
    image,
    name,
    requests: counts[index].requests,
    connections: counts[index].connections,
    best: best(times[index]),
    median: median(times[index]),
    toReference: best(times[index]) / reference,
    toBare: bare ? best(times[index]) / bare : null,
  }));
}

/** What others on this machine take for what they read of it. */
async function peers(host, proxy) {
  const reference = `${host}/demo/ten:prov`;
  const list = [
    { name: "skopeo inspect --raw (the index only)", needs: "skopeo", run: ["skopeo", ["inspect", "--raw", "--tls-verify=false", `docker://${reference}`]] },
    { name: "skopeo inspect (one platform)", needs: "skopeo", run: ["skopeo", ["inspect", "--tls-verify=false", "--override-arch", "amd64", "--override-os", "linux", `docker://${reference}`]] },
    { name: "crane manifest (the index only)", needs: "crane", run: ["crane", ["manifest", "--insecure", reference]] },
    { name: "regctl manifest get (the index only)", needs: "regctl", run: ["regctl", ["manifest", "get", "--host", `reg=${host},tls=disabled`, reference]] },
    { name: "docker buildx imagetools inspect (whole tree)", needs: "docker-buildx", run: ["docker", ["buildx", "imagetools", "inspect", "--format", "{{json .}}", reference]] },
  ];
  const rows = [];
  for (const { name, needs, run } of list) {
    if (!where(needs)) {
      loudly(`${needs} is not installed: ${name} was not measured`);
      continue;
    }
    const times = [];
    let counts;
    for (let round = 0; round < 3; round += 1) {
      await proxy.counts();
      const { ms, code, err } = await withHome((env) => once(run[0], run[1], env));
      if (code !== 0) {
        loudly(`${name}: ${err.trim().split("\n").at(-1)}`);
        break;
      }
      times.push(ms);
      counts = await proxy.counts();
    }
    if (times.length > 0) rows.push({ name, requests: counts.requests, connections: counts.connections, best: best(times), toReference: best(times) / plainReference });
  }
  return rows;
}
