/** The one place where numbers, sizes, digests and dates become text; the twin of words::format. */

export type Language = 'en' | 'ja';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** SI, three figures: "21.7 kB". */
export function size(bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (value >= (unit === 0 ? 1000 : 999.5) && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 ? 0 : value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

/** Exact and grouped: "21,688". Both languages group by threes. */
export function count(n: number): string {
  return String(Math.trunc(n)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** The first characters of a digest's encoded part. */
export function shortDigest(digest: string, characters = 12): string {
  const colon = digest.indexOf(':');
  return digest.slice(colon + 1, colon + 1 + characters);
}

/** "2026-11-24 08:18:20 UTC". */
export function date(unix: number): string {
  const moment = new Date(unix * 1000);
  if (Number.isNaN(moment.getTime())) return String(unix);
  return `${moment
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace('T', ' ')} UTC`;
}

/** Of a long list, so many items are named. */
const LISTED = 12;

/** "a, b, c", or with the language's own comma; of a long list the first, and how many follow. */
export function list(items: readonly string[], language: Language): string {
  const named = items.slice(0, LISTED);
  if (items.length > LISTED) named.push(`… (+${count(items.length - LISTED)})`);
  return named.join(language === 'ja' ? '、' : ', ');
}

/** "0.4 s", "250 ms". */
export function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** "linux/arm64/v8"; Windows builds stand in brackets as containerd writes them. */
export function platform(p: {
  os: string;
  architecture: string;
  variant?: string;
  osVersion?: string;
}): string {
  const os = p.osVersion ? `${p.os}(${p.osVersion})` : p.os;
  return [os, p.architecture, p.variant].filter(Boolean).join('/');
}
