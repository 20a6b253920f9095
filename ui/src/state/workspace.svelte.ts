import { getContext, setContext } from 'svelte';
import type { Host, InspectRequest, MenuItem, Recent, SampleCard, Settings, ThemeChoice } from '../api/host';
import type { Language, Words } from '../words/words.svelte';
import { Session } from './session.svelte';

/** How many images the list of recent ones keeps. */
const RECENT = 12;

/** The whole window: which image is open, what was open before, how the reader wants it. */
export class Workspace {
  session = $state.raw<Session | null>(null);
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
  private history = $state.raw<readonly (InspectRequest | null)[]>([null]);
  private at = $state(0);

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
        this.open(reference);
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
    this.history = [...this.history.slice(0, this.at + 1), request];
    this.at = this.history.length - 1;
    this.show(request);
  }

  /** The first screen. */
  home(): void {
    if (this.session === null) return;
    this.history = [...this.history.slice(0, this.at + 1), null];
    this.at = this.history.length - 1;
    this.show(null);
  }

  back(): void {
    if (this.canBack) this.show(this.history[(this.at -= 1)] ?? null);
  }

  forward(): void {
    if (this.canForward) this.show(this.history[(this.at += 1)] ?? null);
  }

  /** The same again, asked anew unless `offline` says otherwise; `fresh` ignores what is kept from earlier. */
  again(options: Partial<InspectRequest> = {}): void {
    const request = this.history[this.at];
    if (!request) return;
    const { offline: _earlier, ...asked } = request;
    const changed: InspectRequest = { ...asked, ...options };
    this.history = this.history.map((entry, i) => (i === this.at ? changed : entry));
    this.show(changed);
  }

  private show(request: InspectRequest | null): void {
    this.session?.close();
    this.fromLink = false;
    if (request === null) {
      this.session = null;
      this.typed = '';
      return;
    }
    const session = new Session(this.host, request);
    this.session = session;
    this.typed = request.reference;
    void session.read().then(() => this.remember(session));
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
