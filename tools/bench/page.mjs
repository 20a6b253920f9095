// The results as a page.

import { many } from "./tags.mjs";
import { roundTrip } from "./tree.mjs";

const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const times = (value) => (value === null ? "" : `${value.toFixed(2)} ×`);
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

export function page(results) {
  const parts = [
    `# Benchmarks

Written by \`npm run bench\` on ${results.date}; do not edit. Numbers of one run belong together: compare
the columns of a table, not tables of two machines.

${table(["machine", ""], Object.entries(results.machine).map(([key, value]) => [key, value]).concat([["load when it began", results.load]]))}`,
  ];
  if (results.tree) {
    parts.push(`## A whole tree, ${roundTrip} ms away

A 10-platform index (\`prov\`: with 10 attestations; \`plain\`: without) in a real registry, behind a proxy
that makes every exchange and every connection cost ${roundTrip} ms. Empty cache, start of the process
included, best of 10 in turn. The reference is what the round trips alone take: connect, index, further
connections, children, configs. The bare client makes the same requests and throws the answers away.

${treeTable([...results.tree.cold, ...results.tree.warm])}

What other programs on the same machine take for what they read of \`prov\` (best of 3):

${table(["program", "requests", "connections", "best", "to the reference"], results.tree.peers.map((row) => [row.name, row.requests, row.connections, ms(row.best), times(row.toReference)]))}`);
  }
  if (results.laborious) {
    parts.push(`## The same over TLS, with tokens and redirects

TLS by a private authority, an anonymous Bearer token from the registry's own host, and every config
redirected to a second host. The reference adds 1 round trip for TLS, 2 for the token and 4 for the
second host.

${treeTable(results.laborious)}`);
  }
  if (results.tags) {
    parts.push(`## ${many.toLocaleString("en")} tags, ${roundTrip} ms away

A repository of a real registry behind the same proxy: its list, and with \`--digests\` what each tag
names (a HEAD each, at most 24 at a time). Start of the process included.

${table(["program", "requests", "connections", "best", "median"], results.tags.map((row) => [row.name, row.requests, row.connections, ms(row.best), ms(row.median)]))}`);
  }
  if (results.layouts) {
    parts.push(`## Layouts on this disk

\`kaibo inspect oci:DIR:TAG --json\`, start of the process included, 20 runs.

${table(["layout", "best", "median"], results.layouts.map((row) => [row.name, ms(row.best), ms(row.median)]))}`);
  }
  if (results.window) {
    parts.push(`## The window

${results.window.map(({ title, head, rows }) => `### ${title}\n\n${table(head, rows)}`).join("\n\n")}`);
  }
  if (results.sizes) {
    parts.push(`## Sizes

${table(["program", "bytes", ""], results.sizes.map((row) => [row.name, row.bytes.toLocaleString("en"), megabytes(row.bytes)]))}`);
  }
  return `${parts.join("\n\n")}\n`;
}

function treeTable(rows) {
  return table(
    ["image", "program", "requests", "connections", "best", "median", "to the reference", "to the bare client"],
    rows.map((row) => [row.image, row.name, row.requests, row.connections, ms(row.best), ms(row.median), times(row.toReference), times(row.toBare)]),
  );
}
