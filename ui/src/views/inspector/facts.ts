import type { BuildDate, Digest, Edge, LayerLine, MediaName, Node, NodeId } from '../../api/bindings';
import { type Look, ownerOf, owners, subjectOf } from './look';
import { platformText } from './platform';
import { placesIn } from './title';
import type { Sentence } from './whatis';

/** A value as what it is; the component knows how each kind is drawn. */
export type FactValue =
  | { readonly kind: 'bytes'; readonly bytes: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly name: string; readonly text: string }
  | { readonly kind: 'digest'; readonly digest: Digest; readonly node?: NodeId }
  | { readonly kind: 'media'; readonly type: string; readonly name?: MediaName }
  | { readonly kind: 'date'; readonly date: BuildDate }
  | { readonly kind: 'nodes'; readonly nodes: readonly NodeId[] }
  | { readonly kind: 'codes'; readonly lines: readonly string[] }
  /** Message `inspector-value-KIND`. */
  | { readonly kind: 'sentence'; readonly sentence: Sentence };

export interface Fact {
  /** Message `inspector-fact-LABEL`. */
  readonly label: string;
  readonly value: FactValue;
}

type Maybe = Fact | undefined | false | '' | 0;

function present(facts: readonly Maybe[]): Fact[] {
  return facts.filter((fact): fact is Fact => Boolean(fact));
}

function text(label: string, value: string | undefined): Maybe {
  return value !== undefined && value !== '' && { label, value: { kind: 'text', text: value } };
}

/** The line of `owner` that the reader came by, or the first that names `id`. */
function lineOf(owner: Node | undefined, id: NodeId, via?: Edge): LayerLine | undefined {
  const lines = owner?.layers ?? [];
  const came = via?.kind === 'layer' && via.from === owner?.id ? lines[via.position] : undefined;
  return came?.node === id ? came : lines.find(({ node }) => node === id);
}

/** What every node has: where it points, how large it is, what it says it is. */
function common(look: Look, node: Node): Fact[] {
  const names = look.outOf(node.id).find(({ kind }) => kind === 'names');
  const target = names && look.node(names.to);
  const sizeLabel = node.role === 'layer' ? 'download' : 'size';
  return present([
    node.role === 'tag' && text('name', node.id.replace(/^tag:/, '')),
    target && { label: 'points-at', value: { kind: 'nodes', nodes: [target.id] } },
    node.size !== undefined && { label: sizeLabel, value: { kind: 'bytes', bytes: node.size } },
    node.mediaType !== undefined && {
      label: 'type',
      value: { kind: 'media', type: node.mediaType, ...(node.mediaName && { name: node.mediaName }) },
    },
    node.artifactType !== undefined &&
      node.artifactType !== '' && {
        label: 'artifact-type',
        value: { kind: 'media', type: node.artifactType },
      },
    text('by-tag', node.byTag),
    node.role !== 'attestation' && text('platform', platformText(node.platform)),
  ]);
}

function layerFacts(look: Look, node: Node, via?: Edge): Fact[] {
  const owner = ownerOf(look, node.id, via);
  const line = lineOf(owner, node.id, via);
  const history = historyOf(look, owner, line);
  const places = placesIn(owner, node.id);
  const others = owners(look, node.id).filter(({ id }) => id !== owner?.id);
  return present([
    owner && { label: 'in', value: { kind: 'nodes', nodes: [owner.id] } },
    places.length > 1 && { label: 'places', value: { kind: 'text', text: places.join(', ') } },
    line?.diffId !== undefined && { label: 'diff-id', value: { kind: 'digest', digest: line.diffId } },
    line?.chainId !== undefined && { label: 'chain-id', value: { kind: 'digest', digest: line.chainId } },
    line?.createdBy !== undefined && {
      label: 'made-by',
      value: { kind: 'code', name: '', text: line.createdBy },
    },
    history && { label: 'made', value: { kind: 'date', date: history.created } },
    others.length > 0 && { label: 'also-in', value: { kind: 'nodes', nodes: others.map(({ id }) => id) } },
    (node.urls ?? []).length > 0 && { label: 'urls', value: { kind: 'codes', lines: node.urls ?? [] } },
  ]);
}

function historyOf(look: Look, owner: Node | undefined, line: LayerLine | undefined) {
  if (!owner || line?.history === undefined) return undefined;
  const edge = look.outOf(owner.id).find(({ kind }) => kind === 'config');
  return edge && look.node(edge.to)?.config?.history?.[line.history];
}

function configFacts(look: Look, node: Node, via?: Edge): Fact[] {
  const owner = ownerOf(look, node.id, via);
  const others = owners(look, node.id).filter(({ id }) => id !== owner?.id);
  const shared: Maybe[] = [
    owner && { label: 'in', value: { kind: 'nodes', nodes: [owner.id] } },
    others.length > 0 && { label: 'also-in', value: { kind: 'nodes', nodes: others.map(({ id }) => id) } },
  ];
  const config = node.config;
  if (!config) return present(shared);
  return present([
    { label: 'built', value: { kind: 'date', date: config.created } },
    ...shared,
    text('author', config.author),
    command('entrypoint', config.entrypoint),
    command('cmd', config.cmd),
    text('working-dir', config.workingDir),
    config.user !== undefined && config.user !== ''
      ? text('user', config.user)
      : { label: 'user', value: { kind: 'sentence', sentence: { kind: 'user-root' } } },
    text('ports', config.exposedPorts?.join(', ')),
    text('volumes', config.volumes?.join(', ')),
    text('stop-signal', config.stopSignal),
  ]);
}

/** An argument list as the JSON array that it is: quotes show where one argument ends. */
function command(label: string, words: readonly string[] | undefined): Maybe {
  return (
    words !== undefined &&
    words.length > 0 && {
      label,
      value: { kind: 'code', name: '', text: words.map((word) => JSON.stringify(word)).join(' ') },
    }
  );
}

function documentFacts(look: Look, node: Node): Fact[] {
  const subject = subjectOf(look, node.id);
  const listedBy = look.into(node.id).filter(({ kind }) => kind === 'lists' || kind === 'names');
  const records = look.into(node.id).filter(({ kind }) => kind === 'attests' || kind === 'subject');
  const ids = (edges: readonly Edge[]): NodeId[] => [...new Set(edges.map(({ from }) => from))];
  return present([
    node.role === 'index' && node.verified !== null && entries(look, node),
    subject && { label: 'describes', value: { kind: 'nodes', nodes: [subject.id] } },
    listedBy.length > 0 && { label: 'named-by', value: { kind: 'nodes', nodes: ids(listedBy) } },
    records.length > 0 && { label: 'described-by', value: { kind: 'nodes', nodes: ids(records) } },
    node.entriesLeft !== undefined &&
      node.entriesLeft > 0 && {
        label: 'entries-left',
        value: { kind: 'sentence', sentence: { kind: 'entries-left', count: node.entriesLeft } },
      },
  ]);
}

function entries(look: Look, node: Node): Fact {
  const roles = look
    .outOf(node.id)
    .flatMap(({ kind, to }) => (kind === 'lists' ? [look.node(to)?.role] : []));
  const records = roles.filter((role) => role === 'attestation').length;
  const sentence = { kind: 'entries', images: roles.length - records, records };
  return { label: 'entries', value: { kind: 'sentence', sentence } };
}

/** The facts of `node` where it stands, in reading order. Lists (environment, labels, …) are apart. */
export function factsOf(look: Look, node: Node, via?: Edge): Fact[] {
  const facts = common(look, node);
  switch (node.role) {
    case 'tag':
      return facts;
    case 'layer':
      return [...facts, ...layerFacts(look, node, via)];
    case 'config':
      return [...facts, ...configFacts(look, node, via)];
    default:
      return [...facts, ...documentFacts(look, node)];
  }
}
