import type { NodeId, ProbeReport, Problem, ProblemKind } from './bindings';
import type {
  Command,
  DocumentText,
  Host,
  InspectEvent,
  InspectReport,
  Result,
  Settings,
  Statement,
} from './host';
import { playRepositories, playTags, type Pace } from './recorded-lists';

/** One inspection as the backend recorded it: with a report, or with the problem it ended in. */
export interface Recording {
  reference: string;
  events: InspectEvent[];
  report?: InspectReport;
  problem?: Problem;
  documents: Record<NodeId, DocumentText>;
  statements?: Record<NodeId, Statement>;
  commands?: Record<NodeId, Command[]>;
}

const files = import.meta.glob<Recording>('../../recorded/*.json', { import: 'default' });
const probes = import.meta.glob<ProbeReport>('../../recorded/probe/*.json', { import: 'default' });
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1, -'.json'.length);

/** How a recording is played; from the page's address. */
export interface Playing {
  recordings: Recording[];
  settings: Settings;
  /** Milliseconds between two events. */
  pace: number;
  /** Stops after so many events, until it is cancelled: what a slow source looks like. */
  hold: number;
}

function failed<T>(what: ProblemKind): Result<T> {
  return { ok: false, problem: { ...what, evidence: [], chain: [] } };
}

const listed = (text: string | null): string[] => text?.split(',').filter(Boolean) ?? [];

/** Plays recordings: `?play=NAME&lang=ja&theme=dark&pace=MS&hold=EVENTS&favourites=A,B&recent=C`. */
export async function fromAddress(query: URLSearchParams): Promise<{ host: Host; open: string | undefined }> {
  const names = new Map<string, Recording>();
  for (const [path, load] of Object.entries(files)) names.set(nameOf(path), await load());
  const language = query.get('lang');
  const theme = query.get('theme');
  const host = recordedHost({
    recordings: [...names.values()],
    settings: {
      language: language === 'ja' || language === 'en' ? language : 'auto',
      theme: theme === 'light' || theme === 'dark' || theme === 'contrast' ? theme : 'auto',
      recent: listed(query.get('recent')).map((reference) => ({ reference, at: 1_795_508_300 })),
      favourites: listed(query.get('favourites')),
      registries: listed(query.get('registries')),
    },
    pace: Number(query.get('pace') ?? 0),
    hold: Number(query.get('hold') ?? Infinity),
  });
  const play = query.get('play');
  return { host, open: play === null ? undefined : (names.get(play)?.reference ?? play) };
}

/** A host without a backend, for a plain browser and for tests. */
export function recordedHost({ recordings, settings, pace, hold }: Playing): Host {
  const jobs = new Map<string, { recording: Recording | undefined; cancelled: AbortController }>();
  const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
  let kept = settings;

  async function play(
    job: string,
    reference: string,
    on: (event: InspectEvent) => void,
  ): Promise<Result<InspectReport>> {
    const recording = recordings.find((known) => known.reference === reference);
    const cancelled = new AbortController();
    jobs.set(job, { recording, cancelled });
    if (!recording) return unknown(reference, recordings);
    for (const [at, event] of recording.events.entries()) {
      if (at >= hold) await new Promise((done) => cancelled.signal.addEventListener('abort', done));
      if (pace > 0) await pause(pace);
      if (cancelled.signal.aborted) return failed({ kind: 'cancelled' });
      on(event);
    }
    if (recording.problem) return { ok: false, problem: recording.problem };
    return recording.report ? { ok: true, value: recording.report } : failed({ kind: 'internal' });
  }

  /** Pages of a list come as events of an image do. */
  function paceOf(job: string): Pace {
    const cancelled = new AbortController();
    jobs.set(job, { recording: undefined, cancelled });
    return {
      next: async (page) => {
        if (page >= hold) await new Promise((done) => cancelled.signal.addEventListener('abort', done));
        if (pace > 0) await pause(pace);
        return !cancelled.signal.aborted;
      },
    };
  }

  const of = (job: string): Recording | undefined => jobs.get(job)?.recording;
  return {
    native: false,
    inspect: (job, request, on) => play(job, request.reference, on),
    expand: async () => failed({ kind: 'offline', reference: 'recording' }),
    document: async (job, node) => {
      const document = of(job)?.documents[node];
      return document
        ? { ok: true, value: document }
        : failed({ kind: 'not-found', thing: 'blob', name: node });
    },
    statement: async (job, node) => {
      const statement = of(job)?.statements?.[node];
      return statement
        ? { ok: true, value: statement }
        : failed({ kind: 'not-found', thing: 'blob', name: node });
    },
    commands: async (job, node) => of(job)?.commands?.[node] ?? [],
    cancel: async (job) => jobs.get(job)?.cancelled.abort(),
    close: async (job) => void jobs.delete(job),
    samples: async () =>
      recordings
        .filter((recording) => recording.reference.startsWith('sample:'))
        .map(({ reference }) => {
          const [, name = '', tag = ''] = reference.split(':');
          return { name, tags: [tag], reference };
        }),
    settings: async () => kept,
    saveSettings: async (settings) => void (kept = settings),
    pickFile: async () => null,
    saveFile: async () => null,
    report: async (job, format) => (format === 'json' ? JSON.stringify(of(job)?.report, null, 2) : ''),
    onOpen: () => {},
    about: async () => ({ version: '0.1.0', platform: navigator.platform }),
    repositories: (job, request, on) => playRepositories(request, on, paceOf(job)),
    tags: (job, request, on) => playTags(request, on, paceOf(job)),
    referrers: async () => ({ ok: true, value: 0 }),
    probe: async (_job, request, on) => {
      for (const load of Object.values(probes)) {
        const report = await load();
        if (report.reference !== request.reference) continue;
        for (const step of report.steps) {
          if (pace > 0) await pause(pace);
          on(step);
        }
        return { ok: true, value: report };
      }
      return failed({ kind: 'unreachable', host: request.reference });
    },
    accounts: async () => failed({ kind: 'internal' }),
    why: async () => failed({ kind: 'internal' }),
    login: async (_job, request) => failed({ kind: 'unreachable', host: request.key }),
    testAccount: async (_job, place) => failed({ kind: 'unreachable', host: place }),
    logout: async (key) => failed({ kind: 'account-unknown', key, keys: [] }),
    awsSignIn: async (_job, profile) => failed({ kind: 'aws-nobody', profile }),
    openSignInPage: async () => failed({ kind: 'internal' }),
    registrySettings: async () => ({ insecure: false, plainHttp: false, allowRealm: [] }),
    saveRegistrySettings: async () => failed({ kind: 'internal' }),
    pickCertificate: async () => null,
  };
}

function unknown(reference: string, recordings: readonly Recording[]): Result<InspectReport> {
  if (reference.startsWith('sample:')) {
    const names = recordings.map((known) => known.reference).filter((known) => known.startsWith('sample:'));
    return failed({ kind: 'sample-unknown', name: reference.slice('sample:'.length), names });
  }
  return failed({ kind: 'unreachable', host: reference.split('/')[0] ?? reference });
}
