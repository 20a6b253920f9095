import type { Event, Node, NodeId, Place, Problem, Quota, Reference, Requests } from '../api/bindings';
import type { Host, InspectEvent, InspectReport, InspectRequest } from '../api/host';
import { EMPTY, merge, type Graph } from '../graph/merge';
import { outline, pathTo, type Row } from '../graph/outline';
import type { Patch } from '../api/bindings';

export type Phase = 'reading' | 'done' | 'failed' | 'cancelled';

/** How many patches are gathered before they are drawn is the display's matter, not the reader's. */
export type Schedule = (draw: () => void) => void;

const nextFrame: Schedule = (draw) => {
  if (typeof requestAnimationFrame === 'function' && document.visibilityState === 'visible')
    requestAnimationFrame(draw);
  else setTimeout(draw, 16);
};

/** One image being looked at: what arrived, what is unfolded, what is selected. */
export class Session {
  readonly job: string;
  readonly request: InspectRequest;

  /** The canonical text once it is known, else what was typed. */
  shown = $state('');
  reference = $state.raw<Reference | null>(null);
  place = $state.raw<Place | null>(null);
  graph = $state.raw<Graph>(EMPTY);
  phase = $state<Phase>('reading');
  problem = $state.raw<Problem | null>(null);
  /** A problem of one part (an expansion); the picture stays. */
  partProblem = $state.raw<Problem | null>(null);
  report = $state.raw<InspectReport | null>(null);
  progress = $state.raw<{ requests: Requests; wanted: number; read: number } | null>(null);
  /** Accounts used, waits, warnings; the newest last. Never a secret. */
  events = $state.raw<readonly Event[]>([]);
  quota = $state.raw<Quota | null>(null);
  /** Which occurrence is selected. */
  selectedKey = $state<string | null>(null);
  /** Nodes that are being read on demand. */
  expanding = $state.raw<ReadonlySet<NodeId>>(new Set());
  /** What refers to the image: not asked for, being looked for, or how many were found. */
  referrers = $state<'unasked' | 'looking' | number>('unasked');
  /** What the reader folded and unfolded. */
  choices = $state.raw<ReadonlyMap<string, boolean>>(new Map());

  /** The one row model of picture and outline. */
  rows: readonly Row[] = $derived(outline(this.graph, this.choices));
  selectedRow: Row | null = $derived(this.rows.find((row) => row.key === this.selectedKey) ?? null);
  selected: Node | null = $derived(this.selectedRow?.node ?? null);
  /** From the root to the selection. */
  path: readonly Row[] = $derived(pathTo(this.rows, this.selectedKey));

  private waiting: Patch[] = [];
  private scheduled = false;
  private closed = false;
  private failedPart: string | null = null;

  constructor(
    private readonly host: Host,
    request: InspectRequest,
    private readonly schedule: Schedule = nextFrame,
  ) {
    this.job = crypto.randomUUID();
    this.request = request;
    this.shown = request.reference;
  }

  /** Reads the image; resolves when there is nothing more to come. */
  async read(): Promise<void> {
    const result = await this.host.inspect(this.job, this.request, (event) => this.take(event));
    if (this.closed) return;
    this.draw();
    if (result.ok) {
      this.report = result.value;
      this.quota = result.value.quota ?? this.quota;
      this.phase = 'done';
    } else if (result.problem.kind === 'cancelled') {
      this.phase = 'cancelled';
    } else {
      this.problem = result.problem;
      this.phase = 'failed';
    }
  }

  private take(event: InspectEvent): void {
    if (this.closed) return;
    switch (event.kind) {
      case 'named':
        this.shown = event.shown;
        this.reference = event.reference;
        this.place = event.place;
        break;
      case 'patch':
        this.waiting.push(event.patch);
        if (!this.scheduled) {
          this.scheduled = true;
          this.schedule(() => this.draw());
        }
        break;
      case 'progress':
        this.progress = { requests: event.requests, wanted: event.wanted, read: event.read };
        break;
      case 'source':
        if (event.event.kind === 'quota') this.quota = event.event;
        else if (event.event.kind !== 'request') this.events = [...this.events, event.event];
        break;
    }
  }

  private draw(): void {
    this.scheduled = false;
    if (this.waiting.length === 0) return;
    const patches = this.waiting;
    this.waiting = [];
    const before = this.selectedRow;
    this.graph = merge(this.graph, patches);
    this.follow(before);
  }

  /** The selection follows a node that got another name, and begins at the first thing to look at. */
  private follow(before: Row | null): void {
    if (this.selectedKey === null) {
      this.selectedKey = firstToSelect(this.rows)?.key ?? null;
      return;
    }
    if (this.selectedRow || !before) return;
    const id = this.graph.renamed.get(before.node.id) ?? before.node.id;
    this.selectedKey = this.rows.find((row) => row.node.id === id)?.key ?? this.rows[0]?.key ?? null;
  }

  /** Selects an occurrence. */
  select(key: string): void {
    this.selectedKey = key;
  }

  /** Selects a node: the occurrence nearest to the selection, unfolded if need be. */
  selectNode(id: NodeId): boolean {
    const found = this.nearest(id) ?? this.reveal(id);
    if (!found) return false;
    this.selectedKey = found.key;
    return true;
  }

  private nearest(id: NodeId): Row | undefined {
    const found = this.rows.filter((row) => row.node.id === id && row.place !== 'more');
    if (found.length < 2) return found[0];
    const here = this.path.map((row) => row.key);
    return found.find((row) => row.parent !== null && here.includes(row.parent)) ?? found[0];
  }

  /** Unfolds what hides a node. */
  private reveal(id: NodeId): Row | undefined {
    const all = outline(this.graph, EVERYTHING);
    const target = all.find((row) => row.node.id === id && row.place !== 'more');
    if (!target) return undefined;
    const choices = new Map(this.choices);
    for (const row of pathTo(all, target.parent)) choices.set(row.key, true);
    this.choices = choices;
    return this.rows.find((row) => row.key === target.key);
  }

  /** Folds or unfolds a row; what was not read is read first. */
  toggle(row: Row, open = !row.expanded): void {
    if (row.place === 'more' || (row.unread && open)) {
      void this.expand(row);
      return;
    }
    if (!row.expandable) return;
    this.choices = new Map(this.choices).set(row.key, open);
    // A selection that was folded away goes to what hides it.
    if (!open && this.selectedKey?.startsWith(`${row.key}/`)) this.selectedKey = row.key;
  }

  /** Reads a stub, the next page of an index, or an index nested deeper. */
  async expand(row: Row): Promise<void> {
    const id = row.node.id;
    if (this.expanding.has(id)) return;
    this.partProblem = null;
    this.expanding = new Set(this.expanding).add(id);
    this.choices = new Map(this.choices).set(row.key, true);
    const result = await this.host.expand(this.job, id, (event) => this.take(event));
    if (this.closed) return;
    // A patch that also came as an event is known by its revision.
    if (result.ok) this.waiting.push(...result.value.filter((patch) => patch.revision > this.newest()));
    else if (result.problem.kind !== 'cancelled') {
      this.partProblem = result.problem;
      this.failedPart = row.key;
    }
    this.draw();
    const left = new Set(this.expanding);
    left.delete(id);
    this.expanding = left;
  }

  /** What failed beside the picture, once more. */
  retryPart(): void {
    if (this.failedPart === REFERRERS) {
      void this.lookForReferrers();
      return;
    }
    const row = this.rows.find((known) => known.key === this.failedPart);
    if (row) void this.expand(row);
  }

  /** Asks the registry what refers to this image: signatures, lists of parts, attestations. */
  async lookForReferrers(): Promise<void> {
    if (this.referrers === 'looking') return;
    this.partProblem = null;
    this.failedPart = null;
    this.referrers = 'looking';
    const result = await this.host.referrers(this.job, (event) => this.take(event));
    if (this.closed) return;
    this.draw();
    this.referrers = result.ok ? result.value : 'unasked';
    if (!result.ok && result.problem.kind !== 'cancelled') {
      this.partProblem = result.problem;
      this.failedPart = REFERRERS;
    }
  }

  private newest(): number {
    return this.waiting.at(-1)?.revision ?? this.graph.revision;
  }

  async cancel(): Promise<void> {
    await this.host.cancel(this.job);
  }

  /** Forgets what the backend keeps for it. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    if (this.phase === 'reading') void this.host.cancel(this.job);
    void this.host.close(this.job);
  }
}

/** Stands for a part that is no row. */
const REFERRERS = '\0referrers';

/** Stands for choices in which everything is unfolded. */
const EVERYTHING: ReadonlyMap<string, boolean> = new (class extends Map<string, boolean> {
  override get(): boolean {
    return true;
  }
})();

/** The picture opens on the first image's first layer when that is there, else on what the tag names. */
function firstToSelect(rows: readonly Row[]): Row | undefined {
  return rows.find((row) => row.place === 'root' && row.node.role !== 'tag') ?? rows[1] ?? rows[0];
}
