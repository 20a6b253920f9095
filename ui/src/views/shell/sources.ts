import type { Recent } from '../../api/host';
import { inRegistry } from '../../state/place';
import { visible } from '../../words/visible';
import { hostOf } from './reference';

/** Recent names of one registry, or files, newest first. */
export interface SourceGroup {
  host: string;
  references: string[];
}

const FILE = /^(?:oci|oci-archive|docker-archive):/;

/** Registries that were asked, with the names that were opened there. */
export function registriesOf(recent: readonly Recent[]): SourceGroup[] {
  const groups = new Map<string, string[]>();
  for (const { reference } of recent) {
    const host = hostOf(reference);
    if (host === null) continue;
    const list = groups.get(host);
    if (list) list.push(reference);
    else groups.set(host, [reference]);
  }
  return [...groups].map(([host, references]) => ({ host, references }));
}

/** Registries to show: with something opened there, and those that were looked into or are kept. */
export function hostsOf(
  recent: readonly Recent[],
  registries: readonly string[],
  favourites: readonly string[],
): SourceGroup[] {
  const groups = registriesOf(recent);
  const kept = favourites.map((name) => inRegistry(name).host);
  for (const host of new Set([...registries, ...kept])) {
    if (!groups.some((group) => group.host === visible(host)))
      groups.push({ host: visible(host), references: [] });
  }
  return groups;
}

/** Files and folders that were opened. */
export function filesOf(recent: readonly Recent[]): string[] {
  return recent.map(({ reference }) => reference).filter((reference) => FILE.test(reference));
}

/** A name without the host that stands above it. */
export function withoutHost(reference: string, host: string): string {
  const bare = reference.replace(/^docker:\/\//, '');
  return bare.startsWith(`${host}/`) ? bare.slice(host.length + 1) : bare;
}

/** The last part of a path, with its tag. */
export function fileName(reference: string): string {
  const path = reference.slice(reference.indexOf(':') + 1).replace(/[\\/]+$/, '');
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
