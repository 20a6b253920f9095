import type { InspectRequest } from '../api/host';

/** Where the window is: one entry of its history. */
export type Place =
  | { readonly kind: 'home' }
  | { readonly kind: 'image'; readonly request: InspectRequest }
  /** `host[:port]`, with or without a namespace after it. */
  | { readonly kind: 'registry'; readonly registry: string }
  /** `host[:port]/name`. */
  | { readonly kind: 'repository'; readonly repository: string }
  | { readonly kind: 'accounts' }
  | { readonly kind: 'probe'; readonly reference: string };

export const HUB = 'docker.io';
/** Where Docker Hub keeps the images that have no owner in their name. */
const OFFICIAL = 'library';
const HUB_HOSTS = ['index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'];
const OTHER_TRANSPORT =
  /^(?:oci|oci-archive|docker-archive|sample|docker-daemon|containers-storage|podman|dir):/;
/** Paths of this machine, as any system writes them. */
const PATH = /^(?:[./~\\]|[A-Za-z]:[\\/])/;

/** A name in its registry. */
export interface InRegistry {
  readonly host: string;
  /** Without the host; empty when there is nothing but the host. */
  readonly name: string;
}

/** Parts a name from its host as engines do: the first part is a host when it looks like one. */
export function inRegistry(text: string): InRegistry {
  const bare = text.trim().replace(/^(?:docker|https):\/\//, '');
  const slash = bare.indexOf('/');
  const first = slash < 0 ? bare : bare.slice(0, slash);
  const isHost = slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  const host = isHost ? first.toLowerCase() : HUB;
  return {
    host: HUB_HOSTS.includes(host) ? HUB : host,
    name: (isHost ? bare.slice(slash + 1) : bare).replace(/\/+$/, ''),
  };
}

/** `host[/name]`, without a default left out. */
export function fullName({ host, name }: InRegistry): string {
  return name === '' ? host : `${host}/${name}`;
}

/** `host/name` of a repository; Docker Hub's images without an owner are in `library`. */
export function repositoryName(text: string): string {
  const { host, name } = inRegistry(text);
  return fullName({
    host,
    name: host === HUB && name !== '' && !name.includes('/') ? `${OFFICIAL}/${name}` : name,
  });
}

/** The repository of an image's name: without tag and digest; null when it is in no registry. */
export function repositoryOf(reference: string): string | null {
  const bare = reference.trim().replace(/^docker:\/\//, '');
  if (bare === '' || OTHER_TRANSPORT.test(bare) || PATH.test(bare)) return null;
  const name = bare.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
  return name === '' || name.endsWith('/') ? null : repositoryName(name);
}

/** Where a typed text leads: `ghcr.io/` lists repositories, `alpine:` lists tags, all else is an image. */
export function placeOf(typed: string): Place {
  const text = typed.trim();
  const image: Place = { kind: 'image', request: { reference: text } };
  if (OTHER_TRANSPORT.test(text) || PATH.test(text) || text === ':' || text.endsWith('://')) return image;
  if (text.endsWith('/')) return { kind: 'registry', registry: fullName(inRegistry(text)) };
  if (!text.endsWith(':')) return image;
  const name = text.slice(0, -1);
  return name.endsWith('/') || name.includes('@')
    ? image
    : { kind: 'repository', repository: repositoryName(name) };
}

/** What stands in the reference box there; typed again it leads back. */
export function typedOf(place: Place): string {
  switch (place.kind) {
    case 'image':
      return place.request.reference;
    case 'registry':
      return `${place.registry}/`;
    case 'repository':
      return `${place.repository}:`;
    case 'probe':
      return place.reference;
    default:
      return '';
  }
}

/** As a short name where Docker Hub is meant, as engines write it. */
export function shortName(repository: string): string {
  const { host, name } = inRegistry(repository);
  if (host !== HUB) return repository;
  return name.startsWith(`${OFFICIAL}/`) ? name.slice(OFFICIAL.length + 1) : name;
}
