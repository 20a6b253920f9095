// What the tools print: plain lines, colour only on a terminal that wants it.

const colourful = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code, text) => (colourful ? `\x1b[${code}m${text}\x1b[0m` : text);

export const bold = (text) => paint(1, text);
export const dim = (text) => paint(2, text);
export const green = (text) => paint(32, text);
export const red = (text) => paint(31, text);
export const yellow = (text) => paint(33, text);

/** A step that is being done. */
export function step(text) {
  console.log(`${bold("•")} ${text}`);
}

/** A section of a long run. */
export function heading(text) {
  console.log(`\n${bold(`== ${text} ${"=".repeat(Math.max(3, 72 - text.length))}`)}`);
}

/** Something that was left out, said so that nobody overlooks it. */
export function loudly(text) {
  console.log(yellow(`!! ${text}`));
}

/** `78 s` or `4 min 03 s`. */
export function took(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${String(Math.round(seconds % 60)).padStart(2, "0")} s`;
}

/** Ends the program with a sentence that says what to do, instead of a stack trace. */
export class Refusal extends Error {}

/** Runs `main` and turns a refusal into its sentence and exit code 1. */
export async function running(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(`\n${red("kaibo:")} ${error.message}`);
    process.exitCode = 1;
  }
}

/** A table with left-aligned text and right-aligned numbers. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (typeof cell === "number" ? String(cell).padStart(widths[column]) : String(cell).padEnd(widths[column])))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
