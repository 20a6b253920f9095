import type { Problem, ProbeReport, ProbeStep, ProbeStepKind } from '../../api/bindings';
import type { Host } from '../../api/host';

/** The steps in the order in which they are taken. */
export const KINDS: readonly ProbeStepKind[] = [
  'name',
  'route',
  'dns',
  'tcp',
  'tls',
  'ping',
  'challenge',
  'account',
  'token',
  'head',
  'get',
  'blob',
];

/** One probe: what was told of it so far, and the whole when it is over. */
export class Probe {
  readonly job = crypto.randomUUID();

  phase = $state<'running' | 'done' | 'failed' | 'stopped'>('running');
  report = $state.raw<ProbeReport | null>(null);
  /** Why there was nothing to probe: a name that is none. A step that failed is in its step. */
  problem = $state.raw<Problem | null>(null);
  private told = $state.raw<ReadonlyMap<ProbeStepKind, ProbeStep>>(new Map());

  /** Where it is: the first step that was not told yet. */
  at: number = $derived.by(() => {
    const next = KINDS.findIndex((kind) => !this.told.has(kind));
    return next < 0 ? KINDS.length - 1 : next;
  });
  failed: ProbeStep | null = $derived(
    KINDS.map((kind) => this.told.get(kind)).find((step) => step?.verdict === 'failed') ?? null,
  );
  notes: number = $derived([...this.told.values()].filter((step) => step.verdict === 'noted').length);
  /** The end of the last step, in milliseconds: the scale of all bars. */
  whole: number = $derived(
    Math.max(1, ...[...this.told.values()].map((step) => step.startedMs + step.elapsedMs)),
  );

  constructor(
    private readonly host: Host,
    readonly reference: string,
  ) {}

  step(kind: ProbeStepKind): ProbeStep | undefined {
    return this.told.get(kind);
  }

  async run(): Promise<void> {
    const result = await this.host.probe(this.job, { reference: this.reference }, (step) => this.take(step));
    if (result.ok) {
      this.report = result.value;
      this.told = new Map(result.value.steps.map((step) => [step.kind, step]));
      this.phase = 'done';
    } else if (result.problem.kind === 'cancelled') {
      this.phase = 'stopped';
    } else {
      this.problem = result.problem;
      this.phase = 'failed';
    }
  }

  /** A step that went on after it was told comes again, whole. */
  private take(step: ProbeStep): void {
    this.told = new Map(this.told).set(step.kind, step);
  }

  stop(): void {
    if (this.phase === 'running') void this.host.cancel(this.job);
  }
}
