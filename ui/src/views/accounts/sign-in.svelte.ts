import type { LoginReport, Problem, StoreState } from '../../api/bindings';
import type { Host } from '../../api/host';
import type { Connection } from './connection.svelte';
import { hostOf, keyOf, type SecretKind, usualKind } from './registries';

/** A field without which nothing can be tested (messages `sign-in-missing-NAME`). */
export type Missing = 'registry' | 'username' | 'secret';

/** What the account is for, beside its registry. */
export interface Purpose {
  /** A repository to test with, where the registry tells nothing by itself. */
  readonly repository?: string | undefined;
  readonly plainHttp?: boolean | undefined;
  readonly allowRealm?: readonly string[] | undefined;
}

/** An account that is typed, tested and kept. A failure loses nothing of what was typed. */
export class SignIn {
  registry = $state('');
  username = $state('');
  secret = $state('');
  /** Chosen by the reader; until then what is usual at the registry. */
  private chosen = $state<SecretKind | null>(null);
  kind: SecretKind = $derived(this.chosen ?? usualKind(this.registry));
  keep = $state(true);
  /** Null until it is known. */
  store = $state.raw<StoreState | null>(null);
  phase = $state<'typing' | 'testing' | 'done'>('typing');
  missing = $state<Missing | null>(null);
  problem = $state.raw<Problem | null>(null);
  report = $state.raw<LoginReport | null>(null);

  /** For which registry or prefix. */
  key: string = $derived(keyOf(this.registry));
  host: string = $derived(hostOf(this.key));
  canKeep: boolean = $derived(this.store !== null && this.store.fault === undefined);

  private job = '';
  private closed = false;
  private realms: readonly string[];

  constructor(
    private readonly with_: Host,
    readonly connection: Connection,
    registry: string,
    private readonly purpose: Purpose = {},
    username = '',
  ) {
    this.registry = registry;
    this.username = username;
    this.realms = purpose.allowRealm ?? [];
  }

  /** Asks whether anything can be kept. */
  async start(): Promise<void> {
    const asked = await this.with_.accounts();
    // Whoever cannot say it cannot keep it either.
    this.store = asked.ok ? asked.value.store : { name: 'secret-service', fault: 'store-failed' };
  }

  choose(kind: SecretKind): void {
    this.chosen = kind;
  }

  private firstMissing(): Missing | null {
    if (this.key === '') return 'registry';
    if (this.kind !== 'identity' && this.username.trim() === '') return 'username';
    return this.secret === '' ? 'secret' : null;
  }

  /** Tests the account; true when the registry took it. */
  async submit(): Promise<boolean> {
    if (this.phase === 'testing') return false;
    this.missing = this.firstMissing();
    this.problem = null;
    if (this.missing !== null) return false;
    this.phase = 'testing';
    const job = crypto.randomUUID();
    this.job = job;
    const unsaved = await this.connection.saveIfChanged(this.host);
    if (this.job !== job || this.closed) return false;
    if (unsaved) return this.fail(unsaved);
    const result = await this.with_.login(job, {
      key: this.key,
      username: this.kind === 'identity' ? null : this.username.trim(),
      secret: this.secret,
      repository: this.repository(),
      // Where there is no store, the answer says so; one that is locked is not to ask the reader unasked.
      keep: this.keep && (this.canKeep || this.store?.fault === 'no-store'),
      plainHttp: this.purpose.plainHttp ?? false,
      allowRealm: this.realms,
    });
    // Stopped, or closed, meanwhile: the reader went on.
    if (this.job !== job || this.closed) return false;
    if (!result.ok) return this.fail(result.problem);
    this.report = result.value;
    this.secret = '';
    this.phase = 'done';
    return true;
  }

  private fail(problem: Problem): false {
    this.phase = 'typing';
    if (problem.kind !== 'cancelled') this.problem = problem;
    return false;
  }

  /** The repository that was wanted, as long as the account is for it. */
  private repository(): string | null {
    const { repository } = this.purpose;
    return repository && `${this.host}/${repository}`.startsWith(this.key) ? repository : null;
  }

  /** A host may serve tokens from here on, for this sign-in only. */
  allow(realm: string): void {
    this.realms = [...this.realms, realm];
  }

  cancel(): void {
    if (this.phase !== 'testing') return;
    void this.with_.cancel(this.job);
    this.job = '';
    this.phase = 'typing';
  }

  /** The dialog is gone; so is what was typed. */
  close(): void {
    this.cancel();
    this.closed = true;
    this.secret = '';
  }
}
