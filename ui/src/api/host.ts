import type {
  About,
  AccountsReport,
  AwsProfile,
  AwsSignInEvent,
  Command,
  DocumentText,
  InspectEvent,
  InspectReport,
  InspectRequest as WholeRequest,
  LoginReport,
  NodeId,
  Patch,
  ProbeReport,
  ProbeRequest as WholeProbeRequest,
  ProbeStep,
  Problem,
  RegistrySettings,
  ReportFormat,
  ReportOptions,
  RepositoriesEvent,
  RepositoriesReport,
  RepositoriesRequest as WholeRepositoriesRequest,
  SampleCard,
  Settings,
  Statement,
  TagsEvent,
  TagsReport,
  TagsRequest as WholeTagsRequest,
  ThemeChoice,
  WhyReport,
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

  // What registries hold (src-tauri/src/commands/browse.rs).
  repositories(
    job: string,
    request: RepositoriesRequest,
    on: (event: RepositoriesEvent) => void,
  ): Promise<Result<RepositoriesReport>>;
  tags(job: string, request: TagsRequest, on: (event: TagsEvent) => void): Promise<Result<TagsReport>>;
  /** What refers to the image of an open picture by its `subject`; the picture grows by patches. */
  referrers(job: string, on: (event: InspectEvent) => void): Promise<Result<number>>;
  probe(job: string, request: ProbeRequest, on: (step: ProbeStep) => void): Promise<Result<ProbeReport>>;

  // Accounts (src-tauri/src/commands/accounts.rs).
  accounts(): Promise<Result<AccountsReport>>;
  /** `place` is `host[:port]` or `host[:port]/repository`. */
  why(place: string): Promise<Result<WhyReport>>;
  login(job: string, request: LoginRequest): Promise<Result<LoginReport>>;
  testAccount(job: string, place: string): Promise<Result<LoginReport>>;
  logout(key: string): Promise<Result<null>>;
  awsSignIn(job: string, profile: string, on: (event: AwsSignInEvent) => void): Promise<Result<AwsProfile>>;
  /** Opens the address of a sign-in that is going on in the system's browser; no other address. */
  openSignInPage(job: string): Promise<Result<null>>;
  registrySettings(registry: string): Promise<RegistrySettings>;
  saveRegistrySettings(registry: string, settings: RegistrySettings): Promise<Result<null>>;
  /** A certificate or a key. */
  pickCertificate(): Promise<string | null>;
}

/** An account that was typed. The secret is sent once and never comes back. */
export interface LoginRequest {
  readonly key: string;
  readonly username: string | null;
  readonly secret: string;
  readonly repository: string | null;
  readonly keep: boolean;
  readonly plainHttp: boolean;
  readonly allowRealm: readonly string[];
}

/** What to list; the backend fills in what is left out. */
export type RepositoriesRequest = Pick<WholeRepositoriesRequest, 'registry'> &
  Partial<WholeRepositoriesRequest>;
export type TagsRequest = Pick<WholeTagsRequest, 'repository'> & Partial<WholeTagsRequest>;
export type ProbeRequest = Pick<WholeProbeRequest, 'reference'> & Partial<WholeProbeRequest>;
