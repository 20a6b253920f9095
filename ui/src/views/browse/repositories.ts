import type { Recent } from '../../api/host';
import type { RepositoryEntry } from '../../api/bindings';
import { fullName, inRegistry, repositoryOf } from '../../state/place';
import { matcher } from '../../state/tags';
import type { ListRow } from './rows';

/** Which part of a registry is looked at. */
export interface Part {
  readonly server: string;
  readonly namespace: string;
}

/** Words over the parts of the list. */
export interface Headings {
  readonly favourites: string;
  readonly recent: string;
  readonly all: string;
}

const inPart = (name: string, { server, namespace }: Part): boolean => {
  const place = inRegistry(name);
  return place.host === server && (namespace === '' || place.name.startsWith(`${namespace}/`));
};

/** Repositories of this part that the reader keeps, without the host. */
export function favouritesOf(favourites: readonly string[], part: Part): string[] {
  return favourites
    .filter((name) => !name.endsWith('/') && inPart(name, part))
    .map((name) => inRegistry(name).name);
}

/** Repositories of this part of which an image was opened, without the host; the newest first. */
export function recentOf(recent: readonly Recent[], part: Part): string[] {
  const names = new Set<string>();
  for (const { reference } of recent) {
    const name = repositoryOf(reference);
    if (name !== null && inPart(name, part)) names.add(inRegistry(name).name);
  }
  return [...names];
}

/** The rows of the list: favourites and what was opened before stand first. */
export function rowsOf(
  entries: readonly RepositoryEntry[],
  favourites: readonly string[],
  recent: readonly string[],
  filter: string,
  headings: Headings,
): ListRow<RepositoryEntry>[] {
  const matches = matcher(filter);
  const known = new Map<string, RepositoryEntry>();
  const wanted = new Set([...favourites, ...recent]);
  for (const entry of entries) if (wanted.has(entry.name)) known.set(entry.name, entry);
  const own = (prefix: string, names: readonly string[]): ListRow<RepositoryEntry>[] =>
    names
      .filter((name) => matches(name))
      .map((name) => ({ key: `${prefix}${name}`, value: known.get(name) ?? { name } }));
  const all = entries
    .filter(({ name }) => matches(name))
    .map((entry): ListRow<RepositoryEntry> => ({ key: `all:${entry.name}`, value: entry }));
  const kept = own('favourite:', favourites);
  const opened = own(
    'recent:',
    recent.filter((name) => !favourites.includes(name)),
  );
  const part = (
    rows: ListRow<RepositoryEntry>[],
    key: string,
    heading: string,
  ): ListRow<RepositoryEntry>[] => (rows.length === 0 ? [] : [{ key, value: null, heading }, ...rows]);
  const first = [
    ...part(kept, 'h:favourites', headings.favourites),
    ...part(opened, 'h:recent', headings.recent),
  ];
  return first.length === 0 ? all : [...first, ...part(all, 'h:all', headings.all)];
}

/** `host/name` of an entry. */
export const nameIn = (server: string, { name }: RepositoryEntry): string => fullName({ host: server, name });
