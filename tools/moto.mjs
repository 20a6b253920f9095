// moto stands in for the API of AWS in the tests of ECR. It is Python: installed once, into target/.

import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { root } from "./lib/machine.mjs";
import { run, where } from "./lib/run.mjs";
import { loudly, step } from "./lib/say.mjs";

const venv = join(root, "target", "kaibo", "moto");
const inside = (name) => (process.platform === "win32" ? join(venv, "Scripts", `${name}.exe`) : join(venv, "bin", name));

/** Sees to it that there is a `moto_server` for the tests. Without one they are counted as skipped. */
export async function motoReady() {
  if (where("moto_server") || existsSync(inside("moto_server"))) return;
  step("installing moto (a stand-in for AWS, 100 MB, under a minute) into target/");
  const made = await run("python3", ["-m", "venv", "--clear", venv]);
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "moto[server,ecr]>=5,<6"];
  if (!made || !(await run(inside("python"), install))) loudly("moto could not be installed: the tests of AWS ECR will be SKIPPED");
}
