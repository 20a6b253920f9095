import type { CredentialOrigin, Event, Problem, Quota, Requests } from '../api/bindings';
import type { Host, Result } from '../api/host';
import type { Phase } from './session.svelte';

/** Entries that come faster are drawn together; the first ones at once. */
const BEAT_MS = 120;
/** Of a long list each drawing takes longer, so it happens less often. */
const LONG = 10_000;

/** The account that a registry was asked with. */
export interface Asked {
  readonly account: string | null;
  readonly origin: CredentialOrigin;
}

/** A list that a registry tells page by page: what all such lists have in common. */
export abstract class Listing {
  readonly job = crypto.randomUUID();

  phase = $state<Phase>('reading');
  problem = $state.raw<Problem | null>(null);
  /** Accounts used, waits, warnings; the newest last. Never a secret. */
  events = $state.raw<readonly Event[]>([]);
  quota = $state.raw<Quota | null>(null);
  requests = $state.raw<Requests | null>(null);
  filter = $state('');
  /** The row that has the focus, and how far the list was scrolled: going back shows both again. */
  active = $state<string | null>(null);
  scrolled = 0;

  asked: Asked | null = $derived(this.events.findLast((event) => event.kind === 'credential') ?? null);
  turnedDown: Asked | null = $derived(this.events.findLast((event) => event.kind === 'turned-down') ?? null);
  waiting: { host: string; seconds: number; status: number } | null = $derived(
    this.events.findLast((event) => event.kind === 'waiting') ?? null,
  );

  protected closed = false;
  private beat: ReturnType<typeof setTimeout> | undefined;
  private drawn = 0;

  constructor(protected readonly host: Host) {}

  /** How many entries there are to draw. */
  protected abstract size(): number;
  /** Takes in what has arrived since the last drawing. */
  protected abstract draw(): void;

  protected note(event: Event): void {
    if (event.kind === 'quota') this.quota = event;
    else if (event.kind !== 'request') this.events = [...this.events, event];
  }

  /** Draws soon. */
  protected gather(): void {
    if (this.beat !== undefined || this.closed) return;
    const wait = this.drawn === 0 ? 0 : BEAT_MS * Math.max(1, this.size() / LONG);
    this.beat = setTimeout(() => this.drawNow(), wait);
  }

  protected drawNow(): void {
    clearTimeout(this.beat);
    this.beat = undefined;
    this.drawn += 1;
    this.draw();
  }

  /** Notes how a question ended; its value when it went well. */
  protected ended<T>(result: Result<T>): T | null {
    if (this.closed) return null;
    this.drawNow();
    if (result.ok) {
      this.phase = 'done';
      return result.value;
    }
    if (result.problem.kind === 'cancelled') this.phase = 'cancelled';
    else {
      this.problem = result.problem;
      this.phase = 'failed';
    }
    return null;
  }

  async cancel(): Promise<void> {
    await this.host.cancel(this.job);
  }

  /** Forgets it; nothing arrives any more. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.beat);
    if (this.phase === 'reading') void this.host.cancel(this.job);
  }
}
