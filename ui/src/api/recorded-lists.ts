import type {
  Event,
  ProblemKind,
  RepositoriesEvent,
  RepositoriesReport,
  RepositoryEntry,
  Requests,
  TagDigest,
  TagRow,
  TagsEvent,
  TagsReport,
  Unlisted,
  Via,
} from './bindings';
import type { RepositoriesRequest, Result, TagsRequest } from './host';

/*
 * Registries for a plain browser and for tests. Their lists are made when they are asked for: thousands of
 * names are nothing to keep in a file.
 */

/** What a registry of this file tells. */
interface Registry {
  readonly via: Via;
  readonly unlisted?: Unlisted;
  readonly repositories?: () => readonly RepositoryEntry[];
  /** Who it is asked as. */
  readonly account?: string;
}

const PAGE = 100;
const DAY = 86_400_000;
const NEWEST = Date.UTC(2026, 10, 20, 8, 30);

const TEAMS = ['team', 'platform', 'data', 'mobile', 'ops', 'research', 'web'];
const THINGS = ['app', 'api', 'worker', 'proxy', 'cache', 'queue', 'site', 'builder', 'runner', 'agent'];

const pick = <T>(list: readonly [T, ...T[]] | readonly T[], n: number): T => list[n % list.length] as T;

function repositories(count: number): RepositoryEntry[] {
  return Array.from({ length: count }, (_, n) => {
    const around = Math.floor(n / (TEAMS.length * THINGS.length));
    const name = `${pick(TEAMS, n)}/${pick(THINGS, Math.floor(n / TEAMS.length))}${around === 0 ? '' : `-${around}`}`;
    return { name };
  }).sort((a, b) => (a.name < b.name ? -1 : 1));
}

const OFFICIAL: readonly [string, string][] = [
  ['alpine', 'A minimal image based on Alpine Linux with a complete package index.'],
  ['busybox', 'BusyBox base image.'],
  ['debian', 'Debian is a Linux distribution that is composed entirely of free software.'],
  ['golang', 'Go is a general purpose, higher-level, imperative language.'],
  ['nginx', 'Official build of Nginx.'],
  ['node', 'Node.js is a platform for scalable applications.'],
  ['postgres', 'The PostgreSQL object-relational database system.'],
  ['python', 'Python is an interpreted, interactive, object-oriented language.'],
];

const REGISTRIES: Readonly<Record<string, Registry>> = {
  'registry.example': { via: 'registry', account: 'alice', repositories: () => repositories(214) },
  'large.example': { via: 'registry', repositories: () => repositories(100_000) },
  'denied.example': { via: 'registry', unlisted: 'not-allowed', account: 'alice' },
  'empty.example': { via: 'registry', repositories: () => [] },
  'ghcr.io': { via: 'registry', unlisted: 'not-offered' },
  'docker.io': { via: 'docker-hub', unlisted: 'needs-namespace' },
  'docker.io/library': {
    via: 'docker-hub',
    repositories: () =>
      OFFICIAL.map(([name, description], n) => ({
        name: `library/${name}`,
        date: new Date(NEWEST - n * 3 * DAY).toISOString(),
        description,
      })),
  },
};

/** A digest made of a text, for looks only. */
function digestOf(text: string): string {
  let hex = '';
  let state = 2_166_136_261;
  for (let i = 0; hex.length < 64; i += 1) {
    for (const character of `${text}${i}`)
      state = Math.imul(state ^ character.charCodeAt(0), 16_777_619) >>> 0;
    hex += state.toString(16).padStart(8, '0');
  }
  return `sha256:${hex}`;
}

/** Compares as `anatomy::tag::order` does, for the few shapes of names in this file. */
function orderOf(name: string, attached: boolean): string {
  if (attached) return `a2${name}`;
  const first = name === 'latest' ? 'e' : /^\d/.test(name) ? 'c' : 'd';
  const text = name.replaceAll(/\d+/g, (digits) => `${digits.length}${digits}`).replaceAll('.', '6');
  return `${first}6${text.replace(/-rc/, '1').replace(/-(?=[a-z])/, '4')}2${name}`;
}

const tag = (name: string, more: Partial<TagRow> = {}): TagRow => ({
  name,
  order: orderOf(name, more.attached !== undefined),
  platforms: [],
  ...more,
});

/** The versions of a program: each number a release, the short names point at the newest of theirs. */
function versions(count: number): { name: string; image: string }[] {
  const tags: { name: string; image: string }[] = [];
  const minors = new Map<string, string>();
  for (let n = 0; tags.length + minors.size < count; n += 1) {
    const [major, minor, patch] = [1 + Math.floor(n / 400), Math.floor(n / 20) % 20, n % 20];
    const name = `${major}.${minor}.${patch}`;
    tags.push({ name, image: name });
    if (minors.size < 199) minors.set(`${major}.${minor}`, name);
  }
  const newest = tags.at(-1)?.image ?? '';
  minors.set('latest', newest);
  for (const [name, image] of minors) tags.push({ name, image });
  return tags.slice(-count);
}

const attachedTo = (digest: string, ending: '.sig' | '.att' | ''): TagRow =>
  tag(`${digest.replace(':', '-')}${ending}`, {
    attached: {
      subject: digest,
      kind: ending === '.sig' ? 'signature' : ending === '.att' ? 'attestation' : 'referrers',
    },
  });

/** What Docker Hub tells of `alpine`. */
function alpine(): TagRow[] {
  const platforms = [
    'linux/386',
    'linux/amd64',
    'linux/arm/v6',
    'linux/arm/v7',
    'linux/arm64/v8',
    'linux/ppc64le',
    'linux/s390x',
  ];
  const rows: TagRow[] = [];
  for (let minor = 24; minor >= 13; minor -= 1) {
    for (let patch = minor === 24 ? 2 : 9; patch >= 0; patch -= 1) {
      const image = `3.${minor}.${patch}`;
      const age = (24 - minor) * 182 + (9 - patch) * 18;
      const told = {
        digest: digestOf(`alpine ${image}`),
        size: 3_640_000 + minor * 8_100 + patch * 900,
        date: new Date(NEWEST - age * DAY).toISOString(),
        platforms,
      };
      const names = [image, ...(patch === (minor === 24 ? 2 : 9) ? [`3.${minor}`] : [])];
      if (minor === 24 && patch === 2) names.push('3', 'latest');
      for (const name of names) rows.push(tag(name, told));
    }
  }
  const edge = {
    digest: digestOf('alpine edge'),
    size: 3_870_000,
    date: new Date(NEWEST).toISOString(),
    platforms,
  };
  return [...rows, tag('edge', edge), tag('20261108', edge)];
}

/** What ECR tells, its scans included. */
function scanned(): TagRow[] {
  const images = new Map<string, number>();
  return versions(40).map(({ name, image }) => {
    const n = images.get(image) ?? images.size;
    images.set(image, n);
    return tag(name, {
      digest: digestOf(`shop ${image}`),
      size: 48_000_000 + n * 120_000,
      date: new Date(NEWEST - (40 - n) * DAY).toISOString(),
      scan: n % 7 === 0 ? 'COMPLETE (2 HIGH)' : 'COMPLETE',
    });
  });
}

function plain(repository: string, count: number): TagRow[] {
  const rows = versions(count).map(({ name }) => tag(name));
  const newest = digestOf(
    `${repository} ${rows.findLast(({ name }) => /^\d+\.\d+\.\d+$/.test(name))?.name ?? ''}`,
  );
  return [...rows, attachedTo(newest, '.sig'), attachedTo(newest, '.att'), attachedTo(digestOf('gone'), '')];
}

/** What a HEAD says of a tag of `plain`. */
function headOf(repository: string, rows: readonly TagRow[]): (row: TagRow) => TagDigest {
  const images = new Map(
    versions(rows.filter((row) => !row.attached).length).map((each) => [each.name, each.image]),
  );
  return ({ name }) => ({ name, digest: digestOf(`${repository} ${images.get(name) ?? name}`) });
}

const REPOSITORIES: Readonly<Record<string, { via: Via; tags: () => TagRow[]; remaining?: number }>> = {
  'registry.example/team/app': { via: 'registry', tags: () => plain('team/app', 2_000) },
  'registry.example/team/empty': { via: 'registry', tags: () => [] },
  'large.example/team/many': { via: 'registry', tags: () => plain('team/many', 100_000) },
  'docker.io/library/alpine': { via: 'docker-hub', tags: alpine, remaining: 87 },
  '123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop': { via: 'ecr', tags: scanned },
};

/** How lists are played. */
export interface Pace {
  /** Waits for the next page; false when the job was cancelled. */
  readonly next: (page: number) => Promise<boolean>;
}

const failed = <T>(what: ProblemKind): Result<T> => ({
  ok: false,
  problem: { ...what, evidence: [], chain: [] },
});
const requests = (count: number, bytes = count * 2_000): Requests => ({
  count,
  bytes,
  elapsedMs: count * 24,
});

function credential(registry: string, account: string | undefined): Event {
  return account === undefined
    ? { kind: 'credential', registry, account: null, origin: { kind: 'none' } }
    : {
        kind: 'credential',
        registry,
        account,
        origin: { kind: 'file', path: '~/.docker/config.json', key: registry },
      };
}

/** Tells the repositories of a registry of this file. */
export async function playRepositories(
  request: RepositoriesRequest,
  on: (event: RepositoriesEvent) => void,
  pace: Pace,
): Promise<Result<RepositoriesReport>> {
  const known = REGISTRIES[request.registry];
  const host = request.registry.split('/')[0] ?? '';
  if (!known) return failed({ kind: 'unreachable', host });
  on({ kind: 'source', event: credential(host, known.account) });
  const all = known.repositories?.() ?? [];
  let pages = 0;
  for (let at = 0; at < all.length; at += PAGE) {
    if (!(await pace.next(pages))) return failed({ kind: 'cancelled' });
    pages += 1;
    on({ kind: 'page', repositories: all.slice(at, at + PAGE) });
  }
  const report: RepositoriesReport = {
    schema: 'kaibo.repos/1',
    registry: host,
    via: known.via,
    repositories: [],
    complete: known.unlisted === undefined,
    requests: requests(pages + 1),
  };
  return { ok: true, value: known.unlisted ? { ...report, unlisted: known.unlisted } : report };
}

/** Tells the tags of a repository of this file, and their digests where these are asked for. */
export async function playTags(
  request: TagsRequest,
  on: (event: TagsEvent) => void,
  pace: Pace,
): Promise<Result<TagsReport>> {
  const known = REPOSITORIES[request.repository];
  const registry = request.repository.split('/')[0] ?? '';
  const repository = request.repository.slice(registry.length + 1);
  if (!known && !REGISTRIES[registry]) return failed({ kind: 'unreachable', host: registry });
  if (!known) return failed({ kind: 'not-found', thing: 'repository', name: request.repository });
  on({ kind: 'named', registry, repository, via: known.via });
  on({ kind: 'source', event: credential(registry, REGISTRIES[registry]?.account) });
  const quota =
    known.remaining === undefined ? undefined : { limit: 100, remaining: known.remaining, windowS: 21_600 };
  if (quota) on({ kind: 'source', event: { kind: 'quota', ...quota } });
  const rows = known.tags();
  let count = 1;
  for (let at = 0; at < rows.length; at += PAGE) {
    if (!(await pace.next(count))) return failed({ kind: 'cancelled' });
    count += 1;
    on({ kind: 'page', tags: rows.slice(at, at + PAGE) });
  }
  const unknown = rows.filter((row) => row.digest === undefined);
  const wanted = request.digests ? unknown.slice(0, request.budget ?? unknown.length) : [];
  const head = headOf(repository, rows);
  for (let at = 0; at < wanted.length; at += PAGE) {
    if (!(await pace.next(count))) return failed({ kind: 'cancelled' });
    const some = wanted.slice(at, at + PAGE);
    count += some.length;
    on({ kind: 'digests', digests: some.map(head) });
    on({ kind: 'progress', requests: requests(count), wanted: wanted.length, asked: at + some.length });
  }
  const report: TagsReport = {
    schema: 'kaibo.tags/1',
    registry,
    repository,
    via: known.via,
    tags: [],
    groups: [],
    withoutDigest: unknown.length - wanted.length,
    complete: true,
    requests: requests(count),
    problems: [],
  };
  return { ok: true, value: quota ? { ...report, quota } : report };
}
