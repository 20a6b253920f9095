import type { Recent, SampleCard } from '../../api/host';

/** How many names are offered at once. */
const MOST = 8;

/** Names that continue or contain what was typed: opened before first, then samples. */
export function suggest(typed: string, recent: readonly Recent[], samples: readonly SampleCard[]): string[] {
  const wanted = typed.trim().toLowerCase();
  const names = new Set([...recent.map((r) => r.reference), ...samples.map((s) => s.reference)]);
  const starts: string[] = [];
  const contains: string[] = [];
  for (const name of names) {
    const lower = name.toLowerCase();
    if (lower === wanted) continue;
    if (lower.startsWith(wanted)) starts.push(name);
    else if (lower.includes(wanted)) contains.push(name);
  }
  return [...starts, ...contains].slice(0, MOST);
}
