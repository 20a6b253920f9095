// Reading what lies on this disk: the start of the process, one layout, nothing else.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { built, root } from "../lib/machine.mjs";
import { step } from "../lib/say.mjs";
import { best, median, once, withHome } from "./measure.mjs";

export async function layouts(runs = 20) {
  step(`kaibo inspect oci:…, ${runs} runs each`);
  const places = [join(root, "tests", "fixtures"), join(root, "crates", "local", "samples"), join(root, "..", "shared", "fixtures")];
  const rows = [];
  for (const folder of places.filter(existsSync).flatMap((place) => readdirSync(place).map((name) => join(place, name)))) {
    if (!existsSync(join(folder, "oci-layout"))) continue;
    const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8"));
    const tag = index.manifests[0].annotations["org.opencontainers.image.ref.name"];
    const times = [];
    await withHome(async (env) => {
      for (let round = 0; round < runs; round += 1) {
        const { ms, code, err } = await once(built("kaibo", "release"), ["inspect", `oci:${folder}:${tag}`, "--json"], env);
        if (code !== 0) throw new Error(`kaibo inspect oci:${folder}:${tag} ended with ${code}: ${err}`);
        times.push(ms);
      }
    });
    rows.push({ name: `${folder.split("/").at(-1)}:${tag.slice(0, 20)}`, best: best(times), median: median(times) });
  }
  return rows;
}
