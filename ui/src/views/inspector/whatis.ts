import type { Edge, Node } from '../../api/bindings';
import { platformText } from './platform';
import { type Look, isLoneManifest, ownerOf, owners, subjectOf } from './look';
import {
  EMPTY_CONFIG,
  STATEMENT,
  isDockerForm,
  isEmptyLayer,
  isEncrypted,
  isFileSystemLayer,
  isImageConfig,
  isZstd,
} from './media';

/** A message of the catalogue, as `words.tell` takes it: its kind and its variables. */
export type Sentence = { readonly kind: string } & Readonly<Record<string, string | number>>;

function say(kind: string, variables: Record<string, string | number> = {}): Sentence {
  return { ...variables, kind };
}

/**
 * What a newcomer needs to know of `node` where it stands, as sentences in reading order: first
 * what such a thing is, then what is particular about this one (messages `inspector-what-KIND`).
 */
export function whatIs(look: Look, node: Node, via?: Edge): Sentence[] {
  switch (node.role) {
    case 'tag':
      return tag(look, node);
    case 'index':
      return index(look, node);
    case 'manifest':
      return manifest(look, node);
    case 'config':
      return config(look, node, via);
    case 'layer':
      return layer(look, node, via);
    case 'attestation':
      return attestation(look, node);
    case 'artifact':
      return [say('artifact'), ...(isLoneManifest(look, node.id) ? [say('artifact-alone')] : [])];
    case 'referrer':
      return [say('referrer')];
    case 'missing':
      return missing(look, node);
    case 'unknown':
      return [say('unknown')];
  }
}

function tag(look: Look, node: Node): Sentence[] {
  const edge = look.outOf(node.id).find(({ kind }) => kind === 'names');
  const target = edge && look.node(edge.to);
  return [say('tag'), target ? say(`tag-${target.role}`) : say('tag-open')];
}

function index(look: Look, node: Node): Sentence[] {
  const children = look
    .outOf(node.id)
    .filter(({ kind }) => kind === 'lists')
    .map(({ to }) => look.node(to));
  const records = children.filter((child) => child?.role === 'attestation').length;
  const images = children.filter((child) => child?.role === 'manifest').length;
  const isNested = look.into(node.id).some(({ kind }) => kind === 'lists');
  return [
    say('index'),
    ...(images === 1 ? [say('index-one')] : []),
    ...(records > 0 ? [say('index-records', { records })] : []),
    ...(isDockerForm(node.mediaType) ? [say('index-docker')] : []),
    ...(isNested ? [say('index-nested')] : []),
  ];
}

function manifest(look: Look, node: Node): Sentence[] {
  const isRead = (node.layers ?? []).length > 0 || look.outOf(node.id).some(({ kind }) => kind === 'config');
  return [
    say('manifest'),
    isRead ? say('manifest-parts', { layers: (node.layers ?? []).length }) : say('manifest-unread'),
    ...(isLoneManifest(look, node.id) ? [say('manifest-alone')] : []),
    ...(isDockerForm(node.mediaType) ? [say('manifest-docker')] : []),
  ];
}

function config(look: Look, node: Node, via?: Edge): Sentence[] {
  if (node.mediaType === EMPTY_CONFIG) return [say('config-empty')];
  const owner = ownerOf(look, node.id, via);
  if (owner?.role === 'attestation') return [say('config-record')];
  if (owner?.role === 'artifact' || owner?.role === 'referrer') return [say('config-artifact')];
  if (node.mediaType !== undefined && !isImageConfig(node.mediaType)) return [say('config-other')];
  const date = node.config?.created.kind;
  return [say('config'), ...(date && date !== 'recorded' ? [say(`date-${date}`)] : [])];
}

function layer(look: Look, node: Node, via?: Edge): Sentence[] {
  if (node.mediaType === STATEMENT) return [say('statement')];
  const owner = ownerOf(look, node.id, via);
  if (owner?.role === 'attestation') return [say('statement')];
  if (owner?.role === 'artifact' || owner?.role === 'referrer') return [say('layer-artifact')];
  const named = owners(look, node.id).length;
  const place = owner ? (owner.layers ?? []).findIndex((line) => line.node === node.id) : -1;
  return [
    isFileSystemLayer(node.mediaType) ? say('layer') : say('layer-other'),
    ...(place === 0 ? [say((owner?.layers ?? []).length === 1 ? 'layer-only' : 'layer-base')] : []),
    ...(isEmptyLayer(node.digest) ? [say('layer-empty')] : []),
    ...(named > 1 ? [say('layer-shared', { count: named })] : []),
    say('layer-exists'),
    ...(isZstd(node.mediaType) ? [say('layer-zstd')] : []),
    ...(isEncrypted(node.mediaType) ? [say('layer-encrypted')] : []),
    ...((node.urls ?? []).length > 0 ? [say('layer-foreign')] : []),
  ];
}

function attestation(look: Look, node: Node): Sentence[] {
  const subject = subjectOf(look, node.id);
  const platform = platformText(subject?.platform);
  const isListed = look.into(node.id).some(({ kind }) => kind === 'lists');
  return [
    platform ? say('attestation-of', { platform }) : say('attestation'),
    isListed ? say('attestation-listed') : say('attestation-alone'),
    ...(node.artifactType ? [say('attestation-artifact-form')] : []),
  ];
}

function missing(look: Look, node: Node): Sentence[] {
  const edge = look.into(node.id)[0];
  const platform = platformText(node.platform);
  const consequence = edge?.kind === 'lists' && platform ? say('missing-platform', { platform }) : undefined;
  return [say('missing'), ...(consequence ? [consequence] : edge ? [say(`missing-${edge.kind}`)] : [])];
}
