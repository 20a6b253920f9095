import { getContext, setContext } from 'svelte';
import type { Host, InspectRequest, MenuItem, Recent, SampleCard, Settings, ThemeChoice } from '../api/host';
import type { Language, Words } from '../words/words.svelte';
import { Asked } from './asked';
import { RepositoryList, TagList } from './browse.svelte';
import { inRegistry, type Place, placeOf, typedOf } from './place';
import { Session } from './session.svelte';

/** How many images the list of recent ones keeps. */
const RECENT = 12;
/** How many registries are remembered. */
const REGISTRIES = 20;
/** Lists that are kept as they were left, for the way back. */
const LISTS = 8;

const HOME: Place = { kind: 'home' };

/** A place of the history, with the list that was read there: going back asks nobody again. */
interface Entry {
  readonly place: Place;
  readonly list: RepositoryList | TagList | null;
}

/** A sign-in that the reader is asked for, and what goes on after it. */
export interface SignIn {
  /** `host[:port]`, or with a namespace or repository after it. */
  readonly registry: string;
  readonly then?: () => void;
  /** What stands in the way; without it an account is asked for. */
  readonly about?: 'account' | 'aws' | 'ca' | 'client-certificate';
  /** A repository to test with. */
  readonly repository?: string | undefined;
  /** The account that is there already, to be changed. */
  readonly username?: string | undefined;
  /** A profile of AWS to sign in with; no registry is needed then. */
  readonly profile?: string | undefined;
  /** What the reader allowed for this time. */
  readonly plainHttp?: boolean | undefined;
  readonly allowRealm?: readonly string[] | undefined;
}

/** The whole window: where it is, where it was before, how the reader wants it. */
export class Workspace {
  place = $state.raw<Place>(HOME);
  /** The image that is looked at, when one is. */
  session = $state.raw<Session | null>(null);
  /** The list that is looked at, when one is. */
  list = $state.raw<RepositoryList | TagList | null>(null);
  /** Grows with every step: the same place again is drawn anew. */
  visit = $state(0);
  signIn = $state.raw<SignIn | null>(null);
  samples = $state.raw<readonly SampleCard[]>([]);
  settings = $state.raw<Settings>({ language: 'auto', theme: 'auto', recent: [] });
  /** What stands in the reference box. */
  typed = $state('');
  settingsOpen = $state(false);
  /** One row model, drawn in two ways. */
  treeMode = $state<'picture' | 'outline'>('picture');
  /** Panes that narrow windows hide. */
  sourcesOpen = $state(false);
  inspectorOpen = $state(false);
  about = $state.raw<{ version: string; platform: string } | null>(null);
  /** Set when a link filled the box: the reader has to confirm. */
  fromLink = $state(false);

  /** What the parts of the window do when the menu names them. */
  readonly commands: Partial<Record<MenuItem, () => void>> = {};

  /** Until then nothing is saved: it would take the place of what is remembered. */
  private loaded: Promise<void> = Promise.resolve();
  private history = $state.raw<readonly Entry[]>([{ place: HOME, list: null }]);
  private at = $state(0);
  private readonly asked = new Asked();

  canBack: boolean = $derived(this.at > 0);
  canForward: boolean = $derived(this.at < this.history.length - 1);

  constructor(
    readonly host: Host,
    readonly words: Words,
    private readonly clock: () => number = () => Math.floor(Date.now() / 1000),
  ) {}

  /** Loads what is remembered; the window is usable before it is there. */
  start(): Promise<void> {
    this.host.onOpen((reference, begin) => {
      if (begin) {
        this.enter(reference);
        return;
      }
      this.typed = reference;
      this.fromLink = true;
    });
    this.host.onMenu?.((item) => this.menu(item));
    this.loaded = this.load();
    return this.loaded;
  }

  private async load(): Promise<void> {
    const [settings, samples, about] = await Promise.all([
      this.host.settings(),
      this.host.samples(),
      this.host.about(),
    ]);
    this.settings = settings;
    this.samples = samples;
    this.about = about;
    this.applyLanguage();
  }

  /** What a menu item means. */
  private menu(item: MenuItem): void {
    const command = this.commands[item];
    if (command) command();
    else if (item === 'settings') this.settingsOpen = true;
    else if (item === 'first-screen' || item === 'samples') this.home();
    else if (item === 'read-again') this.again({ fresh: true });
    else if (item === 'outline') this.toggleOutline();
    else if (item.startsWith('theme-')) {
      this.save({ ...this.settings, theme: item.slice('theme-'.length) as ThemeChoice });
    }
  }

  toggleOutline(): void {
    this.treeMode = this.treeMode === 'picture' ? 'outline' : 'picture';
  }

  /** Opens an image: the newest entry of the history. */
  open(reference: string, options: Omit<InspectRequest, 'reference'> = {}): void {
    const request: InspectRequest = { reference: reference.trim(), ...options };
    // What points at a sample lies beside it; a registry would be asked once more for every document.
    if (request.reference.startsWith('sample:')) request.referrers ??= true;
    if (request.reference === '') return;
    this.go({ kind: 'image', request });
  }

  /** Does what a typed text asks for: an image, or the list of what is in a registry or a repository. */
  enter(text: string): void {
    const place = placeOf(text);
    if (place.kind === 'image') this.open(text);
    else this.go(place);
  }

  /** Goes to a place: the newest entry of the history. */
  go(place: Place): void {
    const list = this.listOf(place);
    for (const entry of this.history.slice(this.at + 1)) entry.list?.close();
    this.history = [...this.history.slice(0, this.at + 1), { place, list }];
    this.at = this.history.length - 1;
    this.show(place, list);
  }

  /** The first screen. */
  home(): void {
    if (this.place.kind !== 'home') this.go(HOME);
  }

  back(): void {
    if (this.canBack) this.step(-1);
  }

  forward(): void {
    if (this.canForward) this.step(1);
  }

  private step(by: 1 | -1): void {
    this.at += by;
    const entry = this.history[this.at];
    if (!entry) return;
    // A list that was closed on the way, to make room, is read again.
    if (entry.list || !isListed(entry.place)) this.show(entry.place, entry.list);
    else this.replace(entry.place);
  }

  /** The same again, asked anew unless `offline` says otherwise; `fresh` ignores what is kept from earlier. */
  again(options: Partial<InspectRequest> = {}): void {
    const { place } = this;
    if (place.kind !== 'image') {
      this.replace(place);
      return;
    }
    const { offline: _earlier, ...asked } = place.request;
    this.replace({ kind: 'image', request: { ...asked, ...options } });
  }

  /** Asks for an account for `host` or `host/repository`; `then` goes on with what needed it. */
  signInTo(path: string, then?: () => void): void {
    const { host, name } = inRegistry(`${path}/`);
    const { kind } = this.place;
    // A namespace is nothing to test an account with.
    const repository = kind === 'repository' && name !== '' ? name : undefined;
    this.signIn = { registry: host, repository, ...(then ? { then } : {}) };
  }

  /** Another place at the same point of the history, read anew. */
  private replace(place: Place): void {
    const list = this.listOf(place);
    this.history[this.at]?.list?.close();
    this.history = this.history.map((entry, i) => (i === this.at ? { place, list } : entry));
    this.show(place, list);
  }

  private show(place: Place, list: RepositoryList | TagList | null): void {
    this.session?.close();
    this.fromLink = false;
    this.place = place;
    this.list = list;
    this.visit += 1;
    this.typed = typedOf(place);
    this.makeRoom();
    if (place.kind !== 'image') {
      this.session = null;
      return;
    }
    const session = new Session(this.host, place.request);
    this.session = session;
    void session.read().then(() => {
      if (session.place?.kind === 'registry')
        this.asked.settle(`${session.place.registry}/${session.place.repository}`, session);
      return this.remember(session);
    });
  }

  /** A list of what is there, being read; null where nothing is listed. */
  private listOf(place: Place): RepositoryList | TagList | null {
    if (!isListed(place)) return null;
    const list =
      place.kind === 'registry'
        ? new RepositoryList(this.host, place.registry)
        : new TagList(this.host, place.repository);
    void list.read().then(() => {
      // A list of the whole registry is asked for as nothing in it is.
      this.asked.settle(place.kind === 'registry' ? `${place.registry}/` : place.repository, list);
      return this.rememberRegistry(list);
    });
    return list;
  }

  /** Lists far from here are forgotten: they may be long. */
  private makeRoom(): void {
    const listed = this.history.filter((entry) => entry.list !== null).length;
    if (listed <= LISTS) return;
    const far = this.history
      .map((entry, i) => ({ entry, distance: Math.abs(i - this.at) }))
      .filter(({ entry }) => entry.list !== null)
      .sort((a, b) => b.distance - a.distance)[0]?.entry;
    far?.list?.close();
    this.history = this.history.map((entry) => (entry === far ? { place: entry.place, list: null } : entry));
  }

  private async rememberRegistry(list: RepositoryList | TagList): Promise<void> {
    await this.loaded;
    if (list.phase !== 'done') return;
    const host = list.kind === 'registry' ? list.server : list.registry;
    const known = this.settings.registries ?? [];
    if (known[0] === host) return;
    const registries = [host, ...known.filter((other) => other !== host)].slice(0, REGISTRIES);
    this.save({ ...this.settings, registries });
  }

  /** What the reader keeps at hand: `host/name` is a repository, `host/` a registry. */
  get favourites(): readonly string[] {
    return this.settings.favourites ?? [];
  }

  isFavourite(name: string): boolean {
    return this.favourites.includes(name);
  }

  toggleFavourite(name: string): void {
    const { favourites } = this;
    this.save({
      ...this.settings,
      favourites: favourites.includes(name)
        ? favourites.filter((other) => other !== name)
        : [...favourites, name].sort(),
    });
  }

  private async remember(session: Session): Promise<void> {
    await this.loaded;
    // An earlier copy is no news: the list says when it was read.
    if (session.phase !== 'done' || this.session !== session || session.request.offline) return;
    const root = session.rows.find((row) => row.node.digest);
    const entry: Recent = {
      reference: session.request.reference,
      at: this.clock(),
      ...(root?.node.digest ? { digest: root.node.digest, role: root.node.role } : {}),
      images: session.graph.summary.images,
    };
    const others = this.settings.recent.filter((known) => known.reference !== entry.reference);
    this.save({ ...this.settings, recent: [entry, ...others].slice(0, RECENT) });
  }

  /** When this was last opened, if the list of recent ones knows. */
  openedAt(reference: string): number | undefined {
    return this.settings.recent.find((known) => known.reference === reference)?.at;
  }

  /** Keeps settings and uses them at once. */
  save(settings: Settings): void {
    this.settings = settings;
    this.applyLanguage();
    void this.host.saveSettings(settings);
  }

  get theme(): ThemeChoice {
    return this.settings.theme;
  }

  private applyLanguage(): void {
    const { language } = this.settings;
    this.words.language = language === 'auto' ? systemLanguage() : language;
  }
}

function isListed(place: Place): place is Extract<Place, { kind: 'registry' | 'repository' }> {
  return place.kind === 'registry' || place.kind === 'repository';
}

/** The first language of the system that the window speaks. */
export function systemLanguage(): Language {
  for (const tag of navigator.languages ?? [navigator.language]) {
    if (tag.startsWith('ja')) return 'ja';
    if (tag.startsWith('en')) return 'en';
  }
  return 'en';
}

const KEY = Symbol('workspace');

export function setWorkspace(workspace: Workspace): Workspace {
  return setContext(KEY, workspace);
}

export function getWorkspace(): Workspace {
  return getContext<Workspace>(KEY);
}
