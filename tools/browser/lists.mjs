// Lists of registries in a plain browser. They are made by the page itself (ui/src/api/recorded-lists.ts):
// thousands of names are nothing to keep in a file.

const grid = 'document.querySelector("[role=grid] [data-key]") && !document.querySelector("[aria-busy=true]")';
const page = 'document.querySelector("main h1") && !document.querySelector("[aria-busy=true]")';

/** Favourites and what was opened before stand first in the lists of their registries. */
const kept = { favourites: "registry.example/team/app,ghcr.io/owner/app", recent: "registry.example/data/api:1.2" };

/** What is drawn in both languages and all themes: a name, what the page plays, when it is there. */
export const listScreens = [
  { name: "registry", query: { play: "registry.example/", ...kept }, ready: grid },
  { name: "registry with descriptions", query: { play: "docker.io/library/" }, ready: grid },
  { name: "registry by namespace", query: { play: "docker.io/" }, ready: page },
  { name: "registry without a list", query: { play: "ghcr.io/", ...kept }, ready: grid },
  { name: "repository, names only", query: { play: "registry.example/team/app:" }, ready: grid },
  { name: "repository with digests", query: { play: "docker.io/library/alpine:" }, ready: grid },
  { name: "repository with scans", query: { play: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:" }, ready: grid },
];

/** Widths at which panes fold away, and one below them all. */
export const narrow = [1100, 860, 480];

/**
 * What lies over something else, or sticks out, where nothing should: runs in the page. Rows of a list
 * are their scroller's business, and what folds out lies over the rest on purpose.
 */
export const overlaps = `
  const main = document.querySelector("main");
  const frame = main.getBoundingClientRect();
  const parts = [...main.querySelectorAll("h1, p, button, input, label, [role=grid]")].filter((each) => {
    if (each.closest("[role=grid]") && each.role !== "grid") return false;
    const { width, height } = each.getBoundingClientRect();
    return width > 1 && height > 1;
  }).map((each) => (each.role === "grid" ? each.parentElement : each));
  const called = (each) => each.tagName.toLowerCase() + " " + (each.textContent || each.getAttribute("aria-label") || "").trim().slice(0, 30);
  const faults = [];
  for (const [i, one] of parts.entries()) {
    const a = one.getBoundingClientRect();
    if (a.left < frame.left - 1 || a.right > frame.right + 1) faults.push("sticks out: " + called(one));
    for (const other of parts.slice(i + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      const b = other.getBoundingClientRect();
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 1 && high > 1) faults.push("overlap: " + called(one) + " / " + called(other));
    }
  }
  return faults;`;

/**
 * Scrolls a list from its beginning to its end, a step a frame, and jumps about in it. Gives how long
 * frames took, which is told and not judged, and what must hold at any speed: rows are there wherever
 * one looks, and never more than a screen of them.
 */
const scroll = `
  const [count] = args;
  const scroller = document.querySelector("[role=grid]").parentElement;
  const frame = () => new Promise(requestAnimationFrame);
  const frames = [];
  const faults = [];
  const look = () => {
    const rows = document.querySelectorAll("[role=grid] [data-key]");
    if (rows.length > 80) faults.push(rows.length + " rows are drawn");
    const box = scroller.getBoundingClientRect();
    const middle = document.elementFromPoint(box.left + 60, box.top + box.height / 2);
    if (!middle?.closest("[data-key]")) faults.push("no row in the middle at " + scroller.scrollTop);
  };
  let last = await frame();
  for (let step = 0; step < 120; step += 1) {
    scroller.scrollTop += 140;
    const now = await frame();
    frames.push(now - last);
    last = now;
  }
  look();
  for (let step = 1; step <= 60; step += 1) {
    scroller.scrollTop = ((step * 37) % 60) / 60 * count * 28;
    const now = await frame();
    frames.push(now - last);
    last = now;
    await frame();
    last = await frame();
    look();
  }
  frames.sort((a, b) => a - b);
  const at = (share) => Math.round(frames[Math.floor(share * (frames.length - 1))] * 10) / 10;
  return { median: at(0.5), most: at(0.95), longest: at(1), faults };`;

/** Frame times of a long list: told, not judged. */
export async function frameTimes(browser, origin, reference, count) {
  const opened = await browser.open(`${origin}/?${new URLSearchParams({ lang: "en", theme: "light", play: reference })}`);
  try {
    await opened.until(`${grid} && document.querySelector("[role=grid]").getAttribute("aria-rowcount") >= ${count}`, 60_000);
    return await opened.run(scroll, count);
  } finally {
    await opened.close();
  }
}
