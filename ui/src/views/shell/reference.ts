import type { Reference } from '../../api/bindings';
import { visible } from '../../words/visible';

/** A piece of a reference: filled in by default, the name itself, or the rest. */
export interface Piece {
  text: string;
  kind: 'faint' | 'name' | 'plain';
}

/** A reference in pieces: what was not typed is faint, the name of the image is strong. */
export function pieces(reference: Reference): Piece[] {
  const list = ((): Piece[] => {
    switch (reference.transport) {
      case 'registry': {
        const { registry, repository, tag, digest, defaulted } = reference;
        const slash = repository.lastIndexOf('/') + 1;
        return [
          { text: `${registry}/`, kind: defaulted.registry ? 'faint' : 'plain' },
          { text: repository.slice(0, slash), kind: defaulted.namespace ? 'faint' : 'plain' },
          { text: repository.slice(slash), kind: 'name' },
          { text: tag ? `:${tag}` : '', kind: defaulted.tag ? 'faint' : 'plain' },
          { text: digest ? `@${digest}` : '', kind: 'plain' },
        ];
      }
      case 'sample':
        return named('sample:', reference.name, reference.tag);
      case 'docker-daemon':
      case 'containers-storage':
        return named(`${reference.transport}:`, reference.name, undefined);
      default:
        return named(`${reference.transport}:`, reference.path, reference.tag);
    }
  })();
  return list.filter(({ text }) => text !== '').map((piece) => ({ ...piece, text: visible(piece.text) }));
}

function named(transport: string, name: string, tag: string | undefined): Piece[] {
  return [
    { text: transport, kind: 'faint' },
    { text: name, kind: 'name' },
    { text: tag ? `:${tag}` : '', kind: 'plain' },
  ];
}

/** The host that a typed name would ask, as far as that can be told without reading the grammar. */
export function hostOf(typed: string): string | null {
  const bare = typed.trim().replace(/^docker:\/\//, '');
  if (/^(?:oci|oci-archive|docker-archive|sample|docker-daemon|containers-storage|podman):/.test(bare))
    return null;
  const first = bare.split('/')[0] ?? '';
  const isHost = bare.includes('/') && (first.includes('.') || first.includes(':') || first === 'localhost');
  return bare === '' ? null : visible(isHost ? first : 'docker.io');
}
