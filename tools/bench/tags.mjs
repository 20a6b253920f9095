// 2,000 tags of a real registry over a 50 ms round trip: the list, and what each tag names.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { built, root } from "../lib/machine.mjs";
import { where } from "../lib/run.mjs";
import { loudly, step } from "../lib/say.mjs";
import { best, counting, median, once, withHome } from "./measure.mjs";
import { dockerRegistry } from "./registry.mjs";

export const roundTrip = 50;
export const many = 2000;
const layout = join(root, "crates", "local", "samples", "single");
const program = (name) => built(name, "release");

export async function tags(runs = 5) {
  step(`${many} tags, ${roundTrip} ms: the list, and a HEAD for each`);
  const registry = await dockerRegistry(layout, "demo/many");
  await crowd(`http://${registry.host}/v2/demo/many`);
  const proxy = await counting(program("kaibo-bench-proxy"), [registry.host, String(roundTrip)]);
  const repository = `${proxy.first}/demo/many`;
  const list = [
    { name: "kaibo tags", run: [program("kaibo"), ["tags", repository, "--json"]] },
    { name: "kaibo tags --digests", run: [program("kaibo"), ["tags", repository, "--digests", "--json"]] },
    { name: "skopeo list-tags", needs: "skopeo", run: ["skopeo", ["list-tags", "--tls-verify=false", `docker://${repository}`]] },
    { name: "crane ls", needs: "crane", run: ["crane", ["ls", "--insecure", repository]] },
    { name: "regctl tag ls", needs: "regctl", run: ["regctl", ["tag", "ls", "--host", `reg=${proxy.first},tls=disabled`, repository]] },
  ];
  try {
    const rows = [];
    for (const { name, needs, run } of list) {
      if (needs && !where(needs)) {
        loudly(`${needs} is not installed: ${name} was not measured`);
        continue;
      }
      const times = [];
      let counts;
      for (let round = 0; round < runs; round += 1) {
        await proxy.counts();
        const { ms, code, err } = await withHome((env) => once(run[0], run[1], env));
        if (code !== 0) throw new Error(`${name} ended with ${code}: ${err}`);
        times.push(ms);
        counts = await proxy.counts();
      }
      rows.push({ name, requests: counts.requests, connections: counts.connections, best: best(times), median: median(times) });
    }
    return rows;
  } finally {
    await proxy.stop();
    await registry.stop();
  }
}

/** The one image that was pushed, under many more tags. */
async function crowd(base) {
  const [entry] = JSON.parse(readFileSync(join(layout, "index.json"), "utf8")).manifests;
  const body = readFileSync(join(layout, "blobs", ...entry.digest.split(":")));
  for (let number = 1; number < many; number += 1) {
    const answer = await fetch(`${base}/manifests/1.${number}`, { method: "PUT", body, headers: { "content-type": entry.mediaType } });
    if (answer.status !== 201) throw new Error(`PUT of tag 1.${number}: ${answer.status} ${await answer.text()}`);
  }
}
