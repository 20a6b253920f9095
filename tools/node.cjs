// Loaded before every tool, in syntax that any Node can read: an old Node is told so in one
// sentence, where the tool itself would fail with a syntax error.
"use strict";
var version = process.versions.node.split(".").map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  console.error(
    "kaibo: Node.js 20.19 or newer is needed, and this is " + process.versions.node + ": install a newer one (https://nodejs.org) and run this again."
  );
  process.exit(1);
}
