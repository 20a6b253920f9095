import { describe, expect, it, vi } from 'vitest';
import { digestOf } from '../../tests/graphs';
import { fakeHost } from '../../tests/window';
import type { Problem, RepositoriesReport, TagRow, TagsEvent, TagsReport } from '../api/bindings';
import type { Host, Result, TagsRequest } from '../api/host';
import { RepositoryList, TagList } from './browse.svelte';

const NOTHING = { count: 0, bytes: 0, elapsedMs: 0 };
const CANCELLED: Problem = { kind: 'cancelled', evidence: [], chain: [] };

const row = (name: string, more: Partial<TagRow> = {}): TagRow => ({
  name,
  order: `c${name}`,
  platforms: [],
  ...more,
});

const tagsReport = (more: Partial<TagsReport> = {}): TagsReport => ({
  schema: 'kaibo.tags/1',
  registry: 'r.test',
  repository: 'team/app',
  via: 'registry',
  tags: [],
  groups: [],
  withoutDigest: 0,
  complete: true,
  requests: { count: 3, bytes: 9, elapsedMs: 1 },
  problems: [],
  ...more,
});

const repositoriesReport = (more: Partial<RepositoriesReport> = {}): RepositoriesReport => ({
  schema: 'kaibo.repos/1',
  registry: 'r.test',
  via: 'registry',
  repositories: [],
  complete: true,
  requests: NOTHING,
  ...more,
});

describe('a list of repositories', () => {
  it('grows_page_by_page_and_is_in_order_in_the_end', async () => {
    let pages: (names: string[]) => void = () => {};
    let end: (result: Result<RepositoriesReport>) => void = () => {};
    const list = new RepositoryList(
      fakeHost({
        repositories: (_job, _request, on) => {
          pages = (names) => on({ kind: 'page', repositories: names.map((name) => ({ name })) });
          return new Promise((done) => (end = done));
        },
      }),
      'r.test/team',
    );
    expect([list.server, list.namespace]).toEqual(['r.test', 'team']);
    const reading = list.read();
    pages(['team/b']);
    await vi.waitFor(() => expect(list.entries.map(({ name }) => name)).toEqual(['team/b']));
    expect(list.phase).toBe('reading');
    pages(['team/a']);
    end({ ok: true, value: repositoriesReport() });
    await reading;
    expect(list.entries.map(({ name }) => name)).toEqual(['team/a', 'team/b']);
    expect(list.phase).toBe('done');
  });

  it('is_that_of_the_report_where_no_pages_came', async () => {
    const host = fakeHost({
      repositories: async () => ({ ok: true, value: repositoriesReport({ repositories: [{ name: 'x' }] }) }),
    });
    const list = new RepositoryList(host, 'r.test');
    await list.read();
    expect(list.entries).toEqual([{ name: 'x' }]);
  });

  it('nothing_arrives_after_it_is_closed_and_its_job_is_stopped', async () => {
    const cancel = vi.fn(async () => {});
    const host = fakeHost({
      cancel,
      repositories: async (_job, _request, on) => {
        await Promise.resolve();
        on({ kind: 'page', repositories: [{ name: 'late' }] });
        return { ok: true, value: repositoriesReport() };
      },
    });
    const list = new RepositoryList(host, 'r.test');
    const reading = list.read();
    list.close();
    list.close();
    await reading;
    expect(cancel.mock.calls).toEqual([[list.job]]);
    expect([list.entries, list.phase]).toEqual([[], 'reading']);
  });

  it('what_arrived_before_a_stop_stays_and_other_ends_are_problems', async () => {
    const stopped = new RepositoryList(
      fakeHost({
        repositories: async (_job, _request, on) => {
          on({ kind: 'page', repositories: [{ name: 'a' }] });
          return { ok: false, problem: CANCELLED };
        },
      }),
      'r.test',
    );
    await stopped.read();
    expect([stopped.phase, stopped.entries.length, stopped.problem]).toEqual(['cancelled', 1, null]);
    const failed = new RepositoryList(fakeHost(), 'r.test');
    await failed.read();
    expect([failed.phase, failed.problem?.kind]).toEqual(['failed', 'internal']);
  });

  it('tells_with_which_account_it_was_asked_and_which_was_turned_down', async () => {
    const origin = { kind: 'file', path: 'config.json', key: 'r.test' } as const;
    const list = new RepositoryList(
      fakeHost({
        repositories: async (_job, _request, on) => {
          const tell = (event: Parameters<typeof on>[0] & { kind: 'source' }): void => on(event);
          tell({ kind: 'source', event: { kind: 'credential', registry: 'r.test', account: 'a', origin } });
          tell({ kind: 'source', event: { kind: 'turned-down', registry: 'r.test', account: 'a', origin } });
          tell({ kind: 'source', event: { kind: 'quota', remaining: 5, limit: 100 } });
          return { ok: true, value: repositoriesReport() };
        },
      }),
      'r.test',
    );
    await list.read();
    expect([list.asked?.account, list.turnedDown?.account, list.quota?.remaining]).toEqual(['a', 'a', 5]);
  });
});

describe('a list of tags', () => {
  /** A host that lists, and answers HEADs for as many tags as the budget allows. */
  function hostOf(rows: readonly TagRow[], more: Partial<Host> = {}): { host: Host; asked: TagsRequest[] } {
    const asked: TagsRequest[] = [];
    const host = fakeHost({
      tags: async (_job, request, on) => {
        asked.push(request);
        on({ kind: 'page', tags: [...rows] });
        if (request.digests) {
          const some = rows
            .filter(({ digest }) => digest === undefined)
            .slice(0, request.budget ?? undefined);
          const digests = some.map(({ name }) => ({ name, digest: digestOf(name.slice(0, 1)) }));
          on({ kind: 'digests', digests });
          on({ kind: 'progress', requests: NOTHING, wanted: some.length, asked: some.length });
        }
        return { ok: true, value: tagsReport() };
      },
      ...more,
    });
    return { host, asked };
  }

  it('asks_for_digests_only_when_it_is_told_to_and_groups_then', async () => {
    const { host, asked } = hostOf(['1.2', '1.1', '2.0'].map((name) => row(name)));
    const list = new TagList(host, 'r.test/team/app');
    await list.read();
    expect(asked).toEqual([{ repository: 'r.test/team/app' }]);
    expect([list.images, list.withoutDigest, list.groups, list.newest]).toEqual([3, 3, 0, '2.0']);
    await list.askDigests(2);
    expect(asked[1]).toEqual({ repository: 'r.test/team/app', digests: true, budget: 2 });
    // The list came a second time, and is not doubled.
    expect([list.rows.length, list.withoutDigest, list.groups, list.asking]).toEqual([3, 1, 1, null]);
    expect(list.lines.map(({ part }) => part)).toEqual([null, 'first', 'last']);
  });

  it('digests_that_came_before_a_stop_are_kept', async () => {
    let stop: () => void = () => {};
    const cancel = vi.fn(async () => stop());
    const rows = [row('1.0'), row('1.1')];
    const { host } = hostOf(rows, { cancel });
    const list = new TagList(host, 'r.test/team/app');
    await list.read();
    host.tags = (_job, _request, on) => {
      on({ kind: 'digests', digests: [{ name: '1.0', digest: digestOf('x') }] });
      on({ kind: 'progress', requests: NOTHING, wanted: 2, asked: 1 });
      return new Promise((done) => (stop = () => done({ ok: false, problem: CANCELLED })));
    };
    const asking = list.askDigests(2);
    expect(list.asking).toEqual({ asked: 1, wanted: 2 });
    await list.cancelDigests();
    await asking;
    expect([list.withoutDigest, list.asking, list.partProblem]).toEqual([1, null, null]);
    // The list itself was not stopped.
    expect(cancel.mock.calls.flat()).not.toContain(list.job);
  });

  it('what_stood_in_the_way_of_a_part_is_no_failure_of_the_whole', async () => {
    const problem: Problem = { kind: 'unreachable', host: 'r.test', evidence: [], chain: [] };
    const { host } = hostOf([row('1.0')]);
    const list = new TagList(host, 'r.test/team/app');
    const listing = host.tags;
    host.tags = async (job, request, on: (event: TagsEvent) => void) => {
      await listing(job, request, on);
      return { ok: true, value: tagsReport({ complete: false, problems: [problem] }) };
    };
    await list.read();
    expect([list.phase, list.problem, list.partProblem?.kind]).toEqual(['done', null, 'unreachable']);
  });

  it('knows_where_requests_are_counted', async () => {
    const { host } = hostOf([row('1.0')]);
    expect(new TagList(host, 'r.test/a').metered).toBe(false);
    expect(new TagList(host, 'docker.io/library/alpine').metered).toBe(true);
    host.tags = async (_job, _request, on) => {
      on({ kind: 'source', event: { kind: 'quota', remaining: 7 } });
      return { ok: true, value: tagsReport() };
    };
    const counted = new TagList(host, 'r.test/a');
    await counted.read();
    expect(counted.metered).toBe(true);
  });
});
