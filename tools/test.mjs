// npm test: everything that has to hold, on this machine, from a fresh clone on.
//
//   npm test                         all suites
//   npm test -- rust ui              those whose name or group is given
//   npm test -- --list               their names
//
// The last line is "N passed, N failed, N skipped", counted over all suites. A suite that ran no
// test at all has failed: silence is not success.

import process from "node:process";

import { checkRust, ensurePackages } from "./lib/machine.mjs";
import { npmPackages } from "./lib/prepare.mjs";
import { bold, green, heading, loudly, red, running, step, table, took, yellow, Refusal } from "./lib/say.mjs";
import { suites } from "./suites.mjs";

const wanted = process.argv.slice(2);

await running(async () => {
  if (wanted.includes("--list")) {
    console.log(table([["suite", "group", "what"], ...suites.map((suite) => [suite.name, suite.group, suite.what])]));
    return;
  }
  const known = new Set(suites.flatMap((suite) => [suite.name, suite.group]));
  const stray = wanted.find((name) => !known.has(name));
  if (stray) throw new Refusal(`there is no suite or group "${stray}"; there are: ${[...known].join(" ")}`);
  const chosen = suites.filter((suite) => wanted.length === 0 || wanted.includes(suite.name) || wanted.includes(suite.group));

  heading("set-up");
  const began = Date.now();
  checkRust();
  await ensurePackages([...new Set(chosen.flatMap((suite) => suite.packages ?? []))], "Testing");
  if (chosen.some((suite) => suite.npm)) await npmPackages();
  step(`ready in ${took(Date.now() - began)}`);

  const results = [];
  for (const suite of chosen) {
    heading(`${suite.name}: ${suite.what}`);
    const start = Date.now();
    const result = await attempt(suite);
    if (result.passed + result.failed === 0 && result.skipped === 0) {
      result.failed = 1;
      result.notes.push("no test ran");
    }
    results.push({ suite, ...result, time: Date.now() - start });
    const verdict = result.failed > 0 ? red("FAILED") : result.skipped > 0 && result.passed === 0 ? yellow("SKIPPED") : green("ok");
    console.log(`${verdict} in ${took(Date.now() - start)}`);
  }
  report(results);
});

async function attempt(suite) {
  try {
    return { passed: 0, failed: 0, skipped: 0, notes: [], ...(await suite.run()) };
  } catch (error) {
    console.error(error instanceof Refusal ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0, notes: [error.message.split("\n")[0]] };
  }
}

function report(results) {
  heading("summary");
  const rows = results.map(({ suite, passed, failed, skipped, time }) => [suite.name, passed, failed, skipped, took(time)]);
  console.log(table([["suite", "passed", "failed", "skipped", "time"], ...rows]));
  for (const { suite, notes, failed } of results) {
    for (const note of notes) (failed > 0 ? (text) => console.log(red(text)) : loudly)(`${suite.name}: ${note}`);
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const failed = sum("failed");
  if (failed > 0) process.exitCode = 1;
  console.log(bold(failed > 0 ? "\nNot everything holds:" : "\nEverything that ran holds:"));
  console.log(`${sum("passed")} passed, ${failed} failed, ${sum("skipped")} skipped`);
}
