import { FluentBundle, FluentNumber, FluentResource, FluentType, type FluentValue } from '@fluent/bundle';
import { getContext, setContext } from 'svelte';
import * as format from './format';
import type { Language } from './format';
import type { MessageId, Messages, Nothing } from './ids';
import { visible } from './visible';

export type { Language } from './format';
export type { MessageId } from './ids';

type Arguments<Id extends MessageId> = Messages[Id] extends Nothing
  ? keyof Messages[Id] extends never
    ? []
    : [values: Messages[Id]]
  : [values: Messages[Id]];

const sources = import.meta.glob<string>('../../messages/*/*.ftl', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** A list that `LIST()` joins in the language's way. */
class FluentList extends FluentType<readonly string[]> {
  constructor(
    items: readonly string[],
    private readonly language: Language,
  ) {
    super(items);
  }
  toString(): string {
    return format.list(this.value, this.language);
  }
}

const number = (value: FluentValue | undefined): number =>
  value instanceof FluentNumber ? value.value : Number(value);
const text = (value: FluentValue | undefined): string =>
  value instanceof FluentType ? String(value.valueOf()) : (value ?? '');

/** What is no digest stays as it is. */
const short = (digest: string): string =>
  /^[^:]+:[!-~]{12,}$/.test(digest) ? format.shortDigest(digest) : digest;

function build(language: Language): FluentBundle {
  const bundle = new FluentBundle(language, {
    // Both languages are written left to right, and `visible` shows directional characters in data.
    useIsolating: false,
    functions: {
      SIZE: ([n]) => format.size(number(n)),
      BYTES: ([n]) => format.count(number(n)),
      DATE: ([n]) => format.date(number(n)),
      DIGEST: ([d]) => short(text(d)),
      LIST: ([items]) => (items instanceof FluentType ? items : text(items)),
    },
  });
  for (const [path, source] of Object.entries(sources)) {
    if (path.includes(`/messages/${language}/`)) bundle.addResource(new FluentResource(source));
  }
  return bundle;
}

const bundles = new Map<Language, FluentBundle>();
function bundleOf(language: Language): FluentBundle {
  const known = bundles.get(language);
  if (known) return known;
  const built = build(language);
  bundles.set(language, built);
  return built;
}

/** The words of the window in the language of the reader. */
export class Words {
  language: Language = $state('en');

  constructor(language: Language = 'en') {
    this.language = language;
  }

  /** The text of a message, or of an attribute (`id.attribute`). */
  say<Id extends MessageId>(id: Id, ...[values]: Arguments<Id>): string {
    return this.find(id, (values ?? {}) as Record<string, unknown>) ?? id;
  }

  /** The text for a value that was tagged by its `kind`: `prefix-kind` with its fields as variables. */
  tell(prefix: string, value: { kind: string }, attribute?: string): string {
    const id = `${prefix}-${value.kind}${attribute ? `.${attribute}` : ''}`;
    return this.find(id, value) ?? id;
  }

  /** As `tell`, for an enum that is a word. */
  name(prefix: string, word: string): string {
    return this.find(`${prefix}-${word}`, {}) ?? word;
  }

  /** Whether there is such a message; for ids that data makes up (media types). */
  has(id: string): boolean {
    return bundleOf(this.language).hasMessage(id);
  }

  size = format.size;
  count = format.count;
  date = format.date;
  digest = format.shortDigest;
  platform = (p: Parameters<typeof format.platform>[0]): string => visible(format.platform(p));
  duration = format.duration;
  list = (items: readonly string[]): string => format.list(items, this.language);

  private find(id: string, values: object): string | undefined {
    const bundle = bundleOf(this.language);
    const [name = '', attribute] = id.split('.');
    const message = bundle.getMessage(name);
    const pattern = attribute === undefined ? message?.value : message?.attributes[attribute];
    if (!pattern) return undefined;
    return bundle.formatPattern(pattern, this.variables(values), []);
  }

  /**
   * Everything that comes from outside is made visible on its way into a sentence; what is absent
   * is the word `none`, which sentences select on.
   */
  private variables(values: object): Record<string, string | number | FluentList> {
    const out: Record<string, string | number | FluentList> = {};
    for (const [name, value] of Object.entries(values)) {
      if (typeof value === 'number') out[name] = value;
      else if (typeof value === 'string') out[name] = visible(value);
      else if (Array.isArray(value))
        out[name] = new FluentList(
          value.map((item) => visible(String(item))),
          this.language,
        );
      else if (value === null || value === undefined) out[name] = 'none';
      else if (typeof value === 'boolean') out[name] = String(value);
    }
    return out;
  }
}

const KEY = Symbol('words');

export function setWords(words: Words): Words {
  return setContext(KEY, words);
}

export function getWords(): Words {
  return getContext<Words>(KEY);
}
