import type { Edge, Node } from '../../api/bindings';
import { type Look, ownerOf, subjectOf } from './look';
import { platformText } from './platform';
import type { Sentence } from './whatis';

function title(kind: string, variables: Record<string, string | number> = {}): Sentence {
  return { ...variables, kind };
}

/** The part after the last slash of the name that a tag node stands for, with its tag. */
function tagName(id: string): string {
  const reference = id.replace(/^tag:/, '');
  const slash = reference.lastIndexOf('/');
  const colon = reference.lastIndexOf(':');
  return colon > slash && colon < reference.length - 1
    ? reference.slice(colon + 1)
    : reference.slice(slash + 1);
}

/** The places of a layer in its owner, counted from 1, the base first. */
export function placesIn(owner: Node | undefined, id: string): number[] {
  return (owner?.layers ?? []).flatMap((line, place) => (line.node === id ? [place + 1] : []));
}

function part(look: Look, node: Node, via?: Edge): Sentence {
  const owner = ownerOf(look, node.id, via);
  if (node.role === 'layer' && owner?.role === 'attestation') return title('statement');
  const kind = node.role === 'config' ? 'config' : 'layer';
  if (owner?.role === 'artifact' || owner?.role === 'referrer') return title(`${kind}-artifact`);
  const platform = platformText(owner?.platform);
  const place = via?.kind === 'layer' && via.to === node.id ? via.position + 1 : placesIn(owner, node.id)[0];
  if (kind === 'config') return platform ? title('config-of', { platform }) : title('config');
  if (place === undefined) return title('layer');
  return platform ? title('layer-of', { place, platform }) : title('layer-at', { place });
}

/** What stands over the inspector, "Layer 1 of linux/amd64" (messages `inspector-title-KIND`). */
export function titleOf(look: Look, node: Node, via?: Edge): Sentence {
  const platform = platformText(node.platform);
  switch (node.role) {
    case 'tag':
      return title('tag', { name: tagName(node.id) });
    case 'config':
    case 'layer':
      return part(look, node, via);
    case 'manifest':
      return platform ? title('manifest-for', { platform }) : title('manifest');
    case 'attestation': {
      const subject = platformText(subjectOf(look, node.id)?.platform);
      return subject ? title('attestation-for', { platform: subject }) : title('attestation');
    }
    case 'missing':
      return platform && platform !== 'unknown/unknown'
        ? title('missing-for', { platform })
        : title('missing');
    default:
      return title(node.role);
  }
}
