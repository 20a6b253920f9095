import type {
  Problem,
  RepositoriesEvent,
  RepositoriesReport,
  RepositoryEntry,
  TagDigest,
  TagRow,
  TagsEvent,
  TagsReport,
  Via,
} from '../api/bindings';
import type { Host } from '../api/host';
import { Listing } from './listing.svelte';
import { HUB, inRegistry } from './place';
import { arrange, groupCount, leaders, newestOf, sorted, type TagLine, type TagOrder } from './tags';

/** So many digests are asked for without a word on a registry that counts nothing. */
export const FEW_DIGESTS = 100;

/** The repositories of a registry, or of a namespace in it. */
export class RepositoryList extends Listing {
  readonly kind = 'registry';
  /** `host[:port]`. */
  readonly server: string;
  readonly namespace: string;

  entries = $state.raw<readonly RepositoryEntry[]>([]);
  report = $state.raw<RepositoriesReport | null>(null);

  private arrived: RepositoryEntry[] = [];

  constructor(
    host: Host,
    readonly registry: string,
  ) {
    super(host);
    const { host: name, name: namespace } = inRegistry(`${registry}/`);
    this.server = name;
    this.namespace = namespace;
  }

  /** Reads it; resolves when there is nothing more to come. */
  async read(): Promise<void> {
    const on = (event: RepositoriesEvent): void => this.take(event);
    const result = await this.host.repositories(this.job, { registry: this.registry }, on);
    const report = this.ended(result);
    if (!report) return;
    // A host that does not tell in pages has them all here.
    if (this.entries.length === 0) this.entries = report.repositories;
    this.entries = [...this.entries].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    this.report = report;
    this.requests = report.requests;
  }

  private take(event: RepositoriesEvent): void {
    if (this.closed) return;
    if (event.kind === 'source') this.note(event.event);
    else {
      this.arrived.push(...event.repositories);
      this.gather();
    }
  }

  protected size(): number {
    return this.entries.length;
  }

  protected draw(): void {
    if (this.arrived.length === 0) return;
    this.entries = [...this.entries, ...this.arrived];
    this.arrived = [];
  }
}

/** The tags of a repository. */
export class TagList extends Listing {
  readonly kind = 'repository';
  readonly registry: string;
  readonly name: string;

  rows = $state.raw<readonly TagRow[]>([]);
  via = $state.raw<Via | null>(null);
  report = $state.raw<TagsReport | null>(null);
  order = $state<TagOrder>('version');
  grouped = $state(true);
  attached = $state(false);
  /** Digests that are being asked for. */
  asking = $state.raw<{ readonly asked: number; readonly wanted: number } | null>(null);
  /** What stood in the way of digests, or of pages after the first. */
  partProblem = $state.raw<Problem | null>(null);

  private readonly byVersion = $derived(sorted(this.rows, 'version'));
  private readonly inOrder = $derived(
    this.order === 'version' ? this.byVersion : sorted(this.rows, this.order),
  );
  private readonly first = $derived(leaders(this.byVersion));
  lines: readonly TagLine[] = $derived(
    arrange(this.inOrder, this.first, {
      filter: this.filter,
      grouped: this.grouped,
      attached: this.attached,
    }),
  );
  /** Tags of images. */
  images: number = $derived(this.rows.reduce((sum, row) => sum + (row.attached ? 0 : 1), 0));
  attachments: number = $derived(this.rows.length - this.images);
  groups: number = $derived(groupCount(this.rows));
  withoutDigest: number = $derived(
    this.rows.reduce((sum, row) => sum + (row.attached || row.digest !== undefined ? 0 : 1), 0),
  );
  newest: string | null = $derived(newestOf(this.byVersion));
  /** Which columns have anything in them. */
  has: { size: boolean; date: boolean; platforms: boolean; scan: boolean; digest: boolean } = $derived.by(
    () => {
      const has = { size: false, date: false, platforms: false, scan: false, digest: false };
      for (const row of this.rows) {
        has.size ||= row.size !== undefined;
        has.date ||= row.date !== undefined;
        has.platforms ||= row.platforms.length > 0;
        has.scan ||= row.scan !== undefined;
        has.digest ||= row.digest !== undefined;
      }
      return has;
    },
  );

  private arrived: TagRow[] = [];
  private digests = new Map<string, TagDigest>();
  private asks: string | null = null;

  constructor(
    host: Host,
    readonly repository: string,
  ) {
    super(host);
    const { host: registry, name } = inRegistry(repository);
    this.registry = registry;
    this.name = name;
  }

  /** The registry counts what it is asked. */
  get metered(): boolean {
    return this.registry === HUB || this.quota?.remaining !== undefined;
  }

  /** Reads it; resolves when there is nothing more to come. */
  async read(): Promise<void> {
    const result = await this.host.tags(this.job, { repository: this.repository }, (event) =>
      this.take(event),
    );
    const report = this.ended(result);
    if (!report) return;
    if (this.rows.length === 0) this.rows = report.tags;
    this.finish(report);
  }

  /**
   * Asks for the digests that the list did not say: one HEAD each, at most `budget`. A HEAD is no
   * pull; a registry that counts pulls may count it among its requests.
   */
  async askDigests(budget: number): Promise<void> {
    if (this.asking) return;
    this.asking = { asked: 0, wanted: Math.min(budget, this.withoutDigest) };
    this.partProblem = null;
    this.grouped = true;
    const job = crypto.randomUUID();
    this.asks = job;
    const request = { repository: this.repository, digests: true, budget };
    const result = await this.host.tags(job, request, (event) => this.takeDigests(event));
    if (this.closed) return;
    this.asks = null;
    this.asking = null;
    if (result.ok) {
      for (const { name, digest } of result.value.tags) {
        if (digest !== undefined) this.digests.set(name, { name, digest });
      }
    } else if (result.problem.kind !== 'cancelled') this.partProblem = result.problem;
    this.drawNow();
    if (result.ok) this.finish(result.value);
  }

  async cancelDigests(): Promise<void> {
    if (this.asks !== null) await this.host.cancel(this.asks);
  }

  private finish(report: TagsReport): void {
    this.report = report;
    this.via = report.via;
    this.requests = report.requests;
    this.quota = report.quota ?? this.quota;
    this.partProblem = report.problems[0] ?? null;
  }

  private take(event: TagsEvent): void {
    if (this.closed) return;
    switch (event.kind) {
      case 'source':
        this.note(event.event);
        break;
      case 'named':
        this.via = event.via;
        break;
      case 'page':
        this.arrived.push(...event.tags);
        this.gather();
        break;
      case 'digests':
        for (const digest of event.digests) this.digests.set(digest.name, digest);
        this.gather();
        break;
      case 'progress':
        this.requests = event.requests;
        break;
    }
  }

  /** The second time the pages are known; what is new are the digests. */
  private takeDigests(event: TagsEvent): void {
    if (this.closed || event.kind === 'page') return;
    if (event.kind === 'progress') this.asking = { asked: event.asked, wanted: event.wanted };
    this.take(event);
  }

  protected size(): number {
    return this.rows.length;
  }

  protected draw(): void {
    if (this.arrived.length > 0) {
      this.rows = [...this.rows, ...this.arrived];
      this.arrived = [];
    }
    if (this.digests.size === 0) return;
    const { digests } = this;
    this.digests = new Map();
    this.rows = this.rows.map((row) => withDigest(row, digests.get(row.name)));
  }

  override close(): void {
    void this.cancelDigests();
    super.close();
  }
}

function withDigest(row: TagRow, found: TagDigest | undefined): TagRow {
  if (!found) return row;
  const { digest, mediaType } = found;
  return { ...row, digest, ...(mediaType === undefined ? {} : { mediaType }) };
}
