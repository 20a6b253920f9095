import type {
  About,
  Command,
  DocumentText,
  InspectEvent,
  InspectReport,
  InspectRequest as WholeRequest,
  NodeId,
  Patch,
  Problem,
  ReportFormat,
  ReportOptions,
  SampleCard,
  Settings,
  Statement,
  ThemeChoice,
} from './bindings';

// The types that cross the seam are the backend's own.
export type {
  About,
  Command,
  DocumentText,
  InspectEvent,
  InspectReport,
  LanguageChoice,
  Recent,
  SampleCard,
  Settings,
  Statement,
  ThemeChoice,
} from './bindings';

/** What was asked worked, or there is a typed problem. Nothing throws across the seam. */
export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** What to look at, and how; the backend fills in what is left out. */
export type InspectRequest = Pick<WholeRequest, 'reference'> & Partial<WholeRequest>;

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
  commands(job: string, node: NodeId): Promise<Command[]>;
  cancel(job: string): Promise<void>;
  close(job: string): Promise<void>;
  samples(): Promise<SampleCard[]>;
  settings(): Promise<Settings>;
  saveSettings(settings: Settings): Promise<void>;
  pickFile(kind: 'file' | 'folder'): Promise<string | null>;
  saveFile(suggestedName: string, bytes: Uint8Array, what: SaveKind): Promise<string | null>;
  report(job: string, format: ReportFormat, options: ReportOptions): Promise<string>;
  /** A file was dropped, a menu or a second start named something. `begin`: the reader's own act, opened at once. */
  onOpen(callback: (reference: string, begin: boolean) => void): void;
  /** A menu item that is the page's business. */
  onMenu?(callback: (item: MenuItem) => void): void;
  about(): Promise<About>;
}
