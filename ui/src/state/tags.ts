import type { TagRow } from '../api/bindings';

export type TagOrder = 'version' | 'date';

/** How a list of tags is looked at. */
export interface TagView {
  readonly filter: string;
  /** Tags of one digest stand together, under the first of them. */
  readonly grouped: boolean;
  /** Signatures and attestations are shown, under the image that they are about. */
  readonly attached: boolean;
}

/** Where a row stands among rows of the same digest. */
export type GroupPart = 'first' | 'middle' | 'last';

/** A tag as it stands in the list. */
export interface TagLine {
  readonly row: TagRow;
  readonly part: GroupPart | null;
  /** By which tag its digest is called, when it is another one. */
  readonly sameAs: string | null;
  /** Of a signature or the like: by which tag the image is called that it is about. */
  readonly about: string | null;
}

/** A name that begins as versions do: `2.4.1`, `v3`, `1.27-alpine`, `20240101`. */
const VERSION = /^[vV]?\d/;

const isVersion = (name: string): boolean => VERSION.test(name);

/** A release, a version with something after it, any number: the first kind that there is. */
const KINDS = [/^[vV]?\d+(\.\d+)+$/, /^[vV]?\d+\.\d/, VERSION];

/** The newest version among rows that are sorted by version; days and numbers of builds only where there is none. */
export function newestOf(rows: readonly TagRow[]): string | null {
  for (const kind of KINDS) {
    const found = rows.find(({ name, attached }) => !attached && kind.test(name));
    if (found) return found.name;
  }
  return null;
}

/** Byte by byte, as `anatomy::tag::order` is made for. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `latest` and other names, then versions with the newest first, then hashes of commits: as the terminal has them. */
const byVersion = (a: TagRow, b: TagRow): number => compare(b.order, a.order);

/** The newest first; what has no date comes last. */
function byDate(a: TagRow, b: TagRow): number {
  return compare(b.date ?? '', a.date ?? '') || byVersion(a, b);
}

export function sorted(rows: readonly TagRow[], order: TagOrder): TagRow[] {
  return [...rows].sort(order === 'date' ? byDate : byVersion);
}

/** Every word of the filter is in the name; a word of hexadecimal digits may also begin the digest. */
export function matcher(filter: string): (name: string, digest?: string) => boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return (name, digest) => {
    const lower = name.toLowerCase();
    return words.every((word) => lower.includes(word) || begins(digest, word));
  };
}

function begins(digest: string | undefined, word: string): boolean {
  if (digest === undefined || word.length < 4) return false;
  return digest.startsWith(word) || digest.slice(digest.indexOf(':') + 1).startsWith(word);
}

/** By which tag each digest is called: its newest version, else the first of its names. `rows` are sorted. */
export function leaders(rows: readonly TagRow[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const { digest, name, attached } of rows) {
    if (digest === undefined || attached) continue;
    const known = first.get(digest);
    if (known === undefined || (!isVersion(known) && isVersion(name))) first.set(digest, name);
  }
  return first;
}

/** How many digests have more than one tag. */
export function groupCount(rows: readonly TagRow[]): number {
  const seen = new Map<string, number>();
  for (const { digest, attached } of rows) {
    if (digest !== undefined && !attached) seen.set(digest, (seen.get(digest) ?? 0) + 1);
  }
  let groups = 0;
  for (const tags of seen.values()) if (tags > 1) groups += 1;
  return groups;
}

/** The lines of the list, from sorted rows. */
export function arrange(
  rows: readonly TagRow[],
  first: ReadonlyMap<string, string>,
  view: TagView,
): readonly TagLine[] {
  const matches = matcher(view.filter);
  const images: TagRow[] = [];
  const attached: TagRow[] = [];
  for (const row of rows) {
    if (row.attached && !view.attached) continue;
    if (!matches(row.name, row.digest)) continue;
    (row.attached ? attached : images).push(row);
  }
  const lines = view.grouped ? together(images, first) : images.map((row) => lineOf(row, null, first));
  return attached.length === 0 ? lines : withAttached(lines, attached, first);
}

function lineOf(row: TagRow, part: GroupPart | null, first: ReadonlyMap<string, string>): TagLine {
  const leader = row.digest === undefined ? undefined : first.get(row.digest);
  return { row, part, sameAs: leader === undefined || leader === row.name ? null : leader, about: null };
}

/** Each digest stands where its first tag does. */
function together(rows: readonly TagRow[], first: ReadonlyMap<string, string>): TagLine[] {
  const groups = new Map<string, TagRow[]>();
  const order: TagRow[][] = [];
  for (const row of rows) {
    const known = row.digest === undefined ? undefined : groups.get(row.digest);
    if (known) {
      known.push(row);
      continue;
    }
    const group = [row];
    order.push(group);
    if (row.digest !== undefined) groups.set(row.digest, group);
  }
  return order.flatMap((group) =>
    group.map((row, i) => {
      const part = group.length === 1 ? null : i === 0 ? 'first' : i === group.length - 1 ? 'last' : 'middle';
      return lineOf(row, part, first);
    }),
  );
}

/** What is about an image follows it; what is about none of those shown stands at the end. */
function withAttached(
  lines: readonly TagLine[],
  attached: readonly TagRow[],
  first: ReadonlyMap<string, string>,
): TagLine[] {
  const bySubject = new Map<string, TagLine[]>();
  for (const row of attached) {
    const subject = row.attached?.subject ?? '';
    const line: TagLine = { row, part: null, sameAs: null, about: first.get(subject) ?? null };
    const known = bySubject.get(subject);
    if (known) known.push(line);
    else bySubject.set(subject, [line]);
  }
  const out: TagLine[] = [];
  for (const line of lines) {
    out.push(line);
    const { digest } = line.row;
    // After the last tag of a digest that stands together, else after the first one.
    if (digest === undefined || line.part === 'first' || line.part === 'middle') continue;
    const own = bySubject.get(digest);
    if (!own) continue;
    out.push(...own);
    bySubject.delete(digest);
  }
  for (const left of bySubject.values()) out.push(...left);
  return out;
}
