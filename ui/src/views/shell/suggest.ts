import type { Recent, SampleCard } from '../../api/host';
import {
  fullName,
  inRegistry,
  placeOf,
  repositoryOf,
  shortName,
  typedOf,
  type Place,
} from '../../state/place';

/** How many names are offered at once. */
const MOST = 8;

/** Something that the box offers. */
export interface Offer {
  /** What it puts into the box; unlike that of any other. */
  readonly text: string;
  /** Where it leads. */
  readonly place: Place;
}

/** Names that continue or contain what was typed: opened before first, then favourites and samples. */
export function suggest(
  typed: string,
  recent: readonly Recent[],
  samples: readonly SampleCard[],
  favourites: readonly string[] = [],
): Offer[] {
  const wanted = typed.trim().toLowerCase();
  const kept = favourites.map((name) => (name.endsWith('/') ? name : `${name}:`));
  const names = new Set([...recent.map((r) => r.reference), ...kept, ...samples.map((s) => s.reference)]);
  const starts: string[] = [];
  const contains: string[] = [];
  for (const name of names) {
    const lower = name.toLowerCase();
    if (lower === wanted) continue;
    if (lower.startsWith(wanted)) starts.push(name);
    else if (lower.includes(wanted)) contains.push(name);
  }
  const offers = [...starts, ...contains].map((text): Offer => ({ text, place: placeOf(text) }));
  const lists = listsOf(typed);
  const listed = new Set(lists.map(({ text }) => text));
  return [...offers.filter(({ text }) => !listed.has(text)).slice(0, MOST - lists.length), ...lists];
}

/** The tags of what was typed, and what is beside it in its registry. */
function listsOf(typed: string): Offer[] {
  const place = placeOf(typed);
  // What ends with its sign leads there by itself.
  if (typed.trim() === '' || place.kind !== 'image') return [];
  const repository = repositoryOf(typed);
  if (repository === null) return [];
  const { host, name } = inRegistry(repository);
  // A host that is typed out, with nothing after it.
  const bareHost = !typed.includes('/') && /^[^:@]+\.[^:@]+$|^localhost$|:\d+$/.test(typed.trim());
  if (bareHost) return [offer({ kind: 'registry', registry: fullName(inRegistry(`${typed.trim()}/`)) })];
  const slash = name.lastIndexOf('/');
  const registry = fullName({ host, name: slash < 0 ? '' : name.slice(0, slash) });
  return [offer({ kind: 'repository', repository }), offer({ kind: 'registry', registry })];
}

const offer = (place: Place): Offer => ({ text: typedOf(place), place });

/** What a list is called in the box. */
export function listName(place: Place): string {
  return place.kind === 'repository'
    ? shortName(place.repository)
    : place.kind === 'registry'
      ? place.registry
      : '';
}
