// How many tests a run had, read from what the runner printed.

const colours = /\x1b\[[0-9;]*m/g;

/** `cargo nextest run`: "Summary [ 12.3s] 210 tests run: 209 passed (1 slow), 1 failed, 3 skipped". */
export function nextest(text) {
  const line = text.replace(colours, "").match(/Summary \[[^\]]*\]\s+(\d+)(?:\/\d+)? tests? run:(.*)/);
  if (!line) return { passed: 0, failed: 0, skipped: 0 };
  const number = (word) => Number(line[2].match(new RegExp(`(\\d+) ${word}`))?.[1] ?? 0);
  return { passed: number("passed"), failed: number("failed") + number("timed out") + number("exec failed"), skipped: number("skipped") };
}

/** `cargo test`: every "test result: ok. 3 passed; 0 failed; 1 ignored; …" added up. */
export function libtest(text) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const [, passed, failed, ignored] of text.replace(colours, "").matchAll(/test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/g)) {
    sum.passed += Number(passed);
    sum.failed += Number(failed);
    sum.skipped += Number(ignored);
  }
  return sum;
}

/** vitest's JSON report. */
export function vitest(report) {
  return { passed: report.numPassedTests, failed: report.numFailedTests + (report.numRuntimeErrorTestSuites ?? 0), skipped: report.numPendingTests + report.numTodoTests };
}

/** `node --test`: "# pass 12" in TAP, "ℹ pass 12" in the reporter for people. */
export function nodeTest(text) {
  const number = (word) => Number([...text.replace(colours, "").matchAll(new RegExp(`^(?:#|ℹ) ${word} (\\d+)$`, "gm"))].at(-1)?.[1] ?? 0);
  return { passed: number("pass"), failed: number("fail") + number("cancelled"), skipped: number("skipped") + number("todo") };
}
