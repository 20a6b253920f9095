import type {
  Digest,
  LinkedSpan,
  Edge,
  Event,
  Finding,
  Node,
  NodeId,
  Origin,
  Patch,
  Place,
  Problem,
  Quota,
  Reference,
  Requests,
  Summary,
} from './bindings';

/** What was asked worked, or there is a typed problem. Nothing throws across the seam. */
export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** What to look at, and how. */
export interface InspectRequest {
  reference: string;
  platform?: string;
  all?: boolean;
  referrers?: boolean;
  offline?: boolean;
  /** Ignore what is kept from earlier. */
  fresh?: boolean;
  plainHttp?: boolean;
  allowRealm?: string[];
}

/** What arrives while an image is read. */
export type InspectEvent =
  | { kind: 'named'; reference: Reference; shown: string; place: Place }
  | { kind: 'patch'; patch: Patch }
  | { kind: 'progress'; requests: Requests; wanted: number; read: number }
  | { kind: 'source'; event: Event };

/** The whole answer, as `kaibo inspect --json` prints it. */
export interface InspectReport {
  schema: 'kaibo.inspect/1';
  reference: string;
  nodes: Node[];
  edges: Edge[];
  findings: Finding[];
  summary: Summary;
  requests: Requests;
  quota?: Quota;
  /** Manifests that were not read because the registry meters them. */
  unread: number;
  origin: Origin;
}

/** The exact text of a node's document. */
export interface DocumentText {
  text: string;
  size: number;
  digest: Digest;
  mediaType?: string;
  /** Where digests of nodes stand in `text`, in UTF-16 units. */
  spans: LinkedSpan[];
}

/** A command that fetches a node, quoted for the shell. */
export interface CommandLine {
  tool: string;
  line: string;
}

/** A bundled image. */
export interface SampleCard {
  name: string;
  tags: string[];
  reference: string;
  /** Suffix of the messages that say what it teaches. */
  lesson: string;
}

/** Something that was opened before. */
export interface Recent {
  /** As typed. */
  reference: string;
  /** Seconds since 1970. */
  at: number;
  /** What it was, so that the list can show it without a request. */
  digest?: Digest;
  role?: string;
  images?: number;
}

export type LanguageChoice = 'auto' | 'en' | 'ja';
export type ThemeChoice = 'auto' | 'light' | 'dark' | 'contrast';

/** What is remembered between starts. */
export interface Settings {
  language: LanguageChoice;
  theme: ThemeChoice;
  recent: Recent[];
}

/** An in-toto statement, as the backend reads it. */
export type Statement = Record<string, unknown>;

export type SaveKind = 'svg' | 'png' | 'md' | 'json';

/** Menu items that the page answers (src-tauri/src/menu.rs); the others are done without it. */
export type MenuItem =
  | 'save'
  | 'settings'
  | 'go-to'
  | 'first-screen'
  | 'samples'
  | 'read-again'
  | 'outline'
  | `theme-${ThemeChoice}`;

/** Everything that the window may ask of what it runs in. */
export interface Host {
  /** True in the app: native dialogs exist, links and drops arrive. */
  readonly native: boolean;
  inspect(
    job: string,
    request: InspectRequest,
    on: (event: InspectEvent) => void,
  ): Promise<Result<InspectReport>>;
  /** Reads an unread stub, the next page of an index, or an index that is nested deeper. */
  expand(job: string, node: NodeId, on: (event: InspectEvent) => void): Promise<Result<Patch[]>>;
  document(job: string, node: NodeId): Promise<Result<DocumentText>>;
  statement(job: string, node: NodeId): Promise<Result<Statement>>;
  commands(job: string, node: NodeId): Promise<CommandLine[]>;
  cancel(job: string): Promise<void>;
  close(job: string): Promise<void>;
  samples(): Promise<SampleCard[]>;
  settings(): Promise<Settings>;
  saveSettings(settings: Settings): Promise<void>;
  pickFile(kind: 'file' | 'folder'): Promise<string | null>;
  saveFile(suggestedName: string, bytes: Uint8Array, what: SaveKind): Promise<string | null>;
  report(job: string, format: 'md' | 'json', options: { environment: boolean }): Promise<string>;
  /** A file was dropped, a menu or a second start named something. `begin`: the reader's own act, opened at once. */
  onOpen(callback: (reference: string, begin: boolean) => void): void;
  /** A menu item that is the page's business. */
  onMenu?(callback: (item: MenuItem) => void): void;
  about(): Promise<{ version: string; platform: string; startMs?: number }>;
}
