import type { AwsProfile, AwsSignInEvent, LoginReport, Problem } from '../../api/bindings';
import type { Host } from '../../api/host';
import type { Connection } from './connection.svelte';

/** A code that the reader compares in the browser. */
export type DeviceCode = Extract<AwsSignInEvent, { kind: 'code' }>;

/** Sign-in at AWS: a profile is chosen, its sign-in done in the browser where it needs one, and tested. */
export class AwsSignIn {
  profiles = $state.raw<readonly AwsProfile[]>([]);
  /** Null leaves it to AWS: variables, the profile `default`, the machine's role. */
  profile = $state<string | null>(null);
  phase = $state<'choosing' | 'starting' | 'code' | 'testing' | 'done'>('choosing');
  code = $state.raw<DeviceCode | null>(null);
  /** The code was not confirmed yet, and AWS was asked at least once. */
  waiting = $state(false);
  /** Of the code. */
  secondsLeft = $state(0);
  problem = $state.raw<Problem | null>(null);
  pageProblem = $state.raw<Problem | null>(null);
  report = $state.raw<LoginReport | null>(null);

  chosen: AwsProfile | null = $derived(this.profiles.find(({ name }) => name === this.profile) ?? null);
  busy: boolean = $derived(this.phase === 'starting' || this.phase === 'code' || this.phase === 'testing');

  private job = '';
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly with_: Host,
    private readonly connection: Connection,
    private readonly registry: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** Whether the next step is in the browser. */
  get inBrowser(): boolean {
    return this.chosen?.kind === 'sso' && !isSignedIn(this.chosen, this.now());
  }

  /** What there is to choose from. */
  async start(): Promise<void> {
    await this.connection.read(this.registry);
    const asked = await this.with_.accounts();
    if (!asked.ok) {
      this.problem = asked.problem;
      return;
    }
    this.profiles = asked.value.awsProfiles;
    const known = this.connection.awsProfile;
    this.profile = known !== null && this.profiles.some(({ name }) => name === known) ? known : null;
  }

  /** The next step with what is chosen; true when AWS and the registry took it. */
  async go(): Promise<boolean> {
    return this.inBrowser && this.chosen ? this.browse(this.chosen.name) : this.test();
  }

  /** Signs in in the browser, then tests. */
  async browse(profile: string): Promise<boolean> {
    if (this.busy) return false;
    this.begin('starting');
    this.profile = profile;
    const job = this.job;
    const result = await this.with_.awsSignIn(job, profile, (event) => this.hear(job, event));
    if (this.job !== job) return false;
    this.stopClock();
    if (!result.ok) return this.fail(result.problem);
    this.profiles = this.profiles.map((known) => (known.name === profile ? result.value : known));
    return this.test(true);
  }

  private hear(job: string, event: AwsSignInEvent): void {
    if (this.job !== job) return;
    if (event.kind === 'waiting') {
      this.waiting = true;
      return;
    }
    this.code = event;
    this.waiting = false;
    this.phase = 'code';
    const end = this.now() + event.expiresInS * 1_000;
    this.secondsLeft = event.expiresInS;
    this.stopClock();
    this.timer = setInterval(() => {
      this.secondsLeft = Math.max(0, Math.round((end - this.now()) / 1_000));
    }, 1_000);
  }

  private async test(already = false): Promise<boolean> {
    if (this.busy && !already) return false;
    this.begin('testing');
    const job = this.job;
    // Without a registry only the sign-in itself was wanted.
    if (this.registry === '') {
      this.phase = 'done';
      return true;
    }
    const unsaved = await this.connection.chooseProfile(this.registry, this.profile);
    if (this.job !== job) return false;
    if (unsaved) return this.fail(unsaved);
    const result = await this.with_.testAccount(job, this.registry);
    if (this.job !== job) return false;
    if (!result.ok) return this.fail(result.problem);
    this.report = result.value;
    this.phase = 'done';
    return true;
  }

  private begin(phase: 'starting' | 'testing'): void {
    this.job = crypto.randomUUID();
    this.phase = phase;
    this.problem = null;
    this.pageProblem = null;
    this.code = null;
  }

  private fail(problem: Problem): false {
    this.phase = 'choosing';
    this.code = null;
    if (problem.kind !== 'cancelled') this.problem = problem;
    return false;
  }

  /** Opens the page of the code in the system's browser. */
  async openPage(): Promise<void> {
    const result = await this.with_.openSignInPage(this.job);
    this.pageProblem = result.ok ? null : result.problem;
  }

  cancel(): void {
    if (!this.busy) return;
    void this.with_.cancel(this.job);
    this.job = '';
    this.stopClock();
    this.code = null;
    this.phase = 'choosing';
  }

  private stopClock(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  close(): void {
    this.cancel();
    this.stopClock();
  }
}

/** Whether a sign-in holds; profiles of other kinds have none. */
export function isSignedIn(profile: AwsProfile, now: number): boolean {
  return profile.signedInUntil !== undefined && Date.parse(profile.signedInUntil) > now;
}
