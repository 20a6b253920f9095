import type { MediaName } from '../../api/bindings';
import type { Row } from '../../graph/outline';
import { visible } from '../../words/visible';
import type { Words } from '../../words/words.svelte';

/** What stands on a card and in a row of the outline. */
export interface Label {
  title: string;
  /** A word beside the title. */
  note: string;
  /** The note is a command or a path. */
  mono: boolean;
  /** The note in short, where there is little room. */
  side: string;
}

const label = (title: string, note = '', mono = false, side = ''): Label => ({ title, note, mono, side });

/** The words of a row; `parent` decides what a config or a layer is. */
export function labelOf(row: Row, parent: Row | undefined, words: Words): Label {
  const { node, place } = row;
  if (place === 'more')
    return label(words.say('tree-more', { left: row.left ?? 0 }), words.say('tree-more-note'));
  const { osVersion = '', ...named } = node.platform ?? { os: '', architecture: '' };
  const platform = named.os !== '' && !isUnknown(row) ? words.platform(named) : '';
  switch (node.role) {
    case 'tag':
      return label(tagOf(node.id), words.say(tagNote(node.id)));
    case 'index':
      return label(platform || words.say('tree-index'));
    case 'manifest':
      if (platform) return label(platform, visible(osVersion), false, visible(buildOf(osVersion)));
      return label(
        words.say(place === 'root' || parent?.node.role === 'tag' ? 'tree-manifest' : 'tree-no-platform'),
      );
    case 'artifact':
      return label(
        words.say('tree-artifact'),
        row.typeName ? artifactName(row.typeName, words) : visible(node.artifactType ?? ''),
        false,
        row.typeName ? artifactName(row.typeName, words) : kindOf(node.artifactType),
      );
    case 'attestation':
      return label(words.say('tree-record'), words.say('tree-record-note'));
    case 'referrer':
      if (!node.artifactType) return label(words.say('tree-referrer'), words.say('tree-referrer-note'));
      return row.typeName
        ? label(
            words.say('tree-referrer'),
            artifactName(row.typeName, words),
            false,
            artifactName(row.typeName, words),
          )
        : label(words.say('tree-referrer'), visible(node.artifactType), false, kindOf(node.artifactType));
    case 'config':
      return isImage(parent)
        ? label(words.say('tree-config'), words.say('tree-config-note'))
        : label(words.say('tree-config'), nameOf(row, words));
    case 'layer':
      if (parent?.node.role === 'attestation') return label(words.say('tree-statement'), nameOf(row, words));
      if (!isImage(parent)) return label(words.say('tree-blob'), nameOf(row, words));
      return label(words.say('tree-layer', { number: row.number ?? 0 }), madeBy(row.line?.createdBy), true);
    case 'missing':
      return label(words.say('tree-missing'), platform || words.say('tree-missing-note'));
    default:
      return label(words.say('tree-unknown'), visible(node.mediaType ?? ''));
  }
}

/** The state in words; empty where there is nothing to say. */
export function stateOf(row: Row, words: Words): string {
  if (row.node.verified === false) return words.say('tree-different');
  if (row.unread) return words.say('tree-unread');
  return '';
}

/** Everything about a row in one breath, for a screen reader. */
export function spoken(row: Row, parent: Row | undefined, words: Words): string {
  const { title, note } = labelOf(row, parent, words);
  const parts = [title, note];
  if (row.node.role !== 'tag' && row.place !== 'more') {
    if (row.node.size !== undefined) parts.push(words.size(row.node.size));
    if (row.users > 1) parts.push(words.say('tree-users-long', { users: row.users }));
    parts.push(stateOf(row, words));
  }
  return words.list(parts.filter(Boolean));
}

/** "1.0.0" of `registry/repository:1.0.0`; the last part of a path where there is no tag. */
export function tagOf(id: string): string {
  const reference = id.slice(id.indexOf(':') + 1);
  const last = reference.slice(Math.max(reference.lastIndexOf('/'), reference.lastIndexOf('\\')) + 1);
  const at = last.indexOf('@');
  if (at >= 0) return visible(last.slice(0, at));
  const colon = last.lastIndexOf(':');
  return visible(colon >= 0 && colon < last.length - 1 ? last.slice(colon + 1) : last);
}

/** Names in a file stay as they are; only those of a registry move. */
function tagNote(id: string): 'tree-tag-digest' | 'tree-tag-file' | 'tree-tag-in-file' | 'tree-tag-note' {
  if (id.includes('@')) return 'tree-tag-digest';
  const file = /^tag:(?:oci|oci-archive|docker-archive):(.*)$/.exec(id)?.[1];
  if (file === undefined) return 'tree-tag-note';
  return /[^\\/]:[^\\/]+$/.test(file) ? 'tree-tag-in-file' : 'tree-tag-file';
}

/** What made a layer, without what every builder writes around it. */
export function madeBy(createdBy: string | undefined): string {
  if (!createdBy) return '';
  const bare = createdBy
    .replace(/^\/bin\/sh -c #\(nop\)\s*/, '')
    .replace(/^(?:RUN )?(?:\|\d+ .*? )?\/bin\/sh -c /, 'RUN ')
    .replace(/^(ADD|COPY) (?:file|dir|multi):[0-9a-f]{8,} in /, '$1 content ')
    .replace(/\s*# buildkit$/, '')
    .trim();
  // Of a copy, what is added says more than where it came from.
  const copied = /^(?:COPY|ADD)\s.*\s(\S+)$/.exec(bare);
  return visible(copied?.[1] ?? bare);
}

/** Of a Windows version, what tells one build from another. */
const buildOf = (version: string): string => version.replace(/^10\.0\./, '');

/** An artifact type without what all of them begin with. */
const kindOf = (type = ''): string => visible(type.replace(/^application\/(?:vnd\.)?/, ''));

/** What an artifact is, by the name of its type: that is often the type of its settings. */
export function artifactName(name: MediaName, words: Words): string {
  return words.has(`artifact-${name}`) ? words.name('artifact', name) : words.name('media', name);
}

const isImage = (parent: Row | undefined): boolean => parent === undefined || parent.node.role === 'manifest';

function isUnknown(row: Row): boolean {
  return row.node.platform?.os === 'unknown' && row.node.platform.architecture === 'unknown';
}

function nameOf(row: Row, words: Words): string {
  const { mediaName, mediaType } = row.node;
  return mediaName ? words.name('media', mediaName) : visible(mediaType ?? '');
}
