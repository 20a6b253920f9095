import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { fakeHost, fakeWorkspace, textOf, violations } from '../../../tests/window';
import App from '../../App.svelte';
import { recordedHost } from '../../api/recorded';
import type { Host, Settings } from '../../api/host';
import { type Language, Words } from '../../words/words.svelte';
import { Workspace } from '../../state/workspace.svelte';
import { favouritesOf, recentOf, rowsOf } from './repositories';

function recorded(settings: Partial<Settings> = {}, hold = Infinity): Host {
  const all: Settings = { language: 'en', theme: 'light', recent: [], ...settings };
  return recordedHost({ recordings: [], settings: all, pace: 0, hold });
}

/** The window at a place, when it has read what is there. */
async function at(
  typed: string,
  { language = 'en', settings = {} }: { language?: Language; settings?: Partial<Settings> } = {},
): Promise<Workspace> {
  const workspace = new Workspace(recorded({ language, ...settings }), new Words(language));
  render(App, { workspace });
  await waitFor(() => expect(workspace.settings.language).toBe(language));
  workspace.enter(typed);
  await waitFor(() => expect(workspace.list?.phase).not.toBe('reading'));
  return workspace;
}

const heading = (): string => textOf(screen.getByRole('heading', { level: 1 }));
const names = (): string[] => [...document.querySelectorAll('[data-key]')].map((row) => textOf(row));
const focused = (): string => textOf(document.activeElement);

describe('a registry', () => {
  it('says_in_one_sentence_what_it_has_in_both_languages', async () => {
    await at('registry.example/');
    await waitFor(() => expect(heading()).toBe('registry.example has 214 repositories.'));
    expect(screen.getByText(/Asked as alice/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Change account' })).toBeTruthy();
    expect(await violations(document.body)).toEqual([]);
    document.body.replaceChildren();
    await at('registry.example/', { language: 'ja' });
    await waitFor(() => expect(heading()).toBe('registry.example のリポジトリは214件です。'));
    expect(document.body.textContent).not.toMatch(/registry-|browse-/);
    expect(await violations(document.body)).toEqual([]);
  });

  it('draws_only_the_rows_in_sight', async () => {
    const workspace = await at('registry.example/');
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('215');
    await waitFor(() => expect(names().length).toBeGreaterThan(0));
    expect(names().length).toBeLessThan(40);
    // The last one is reached all the same.
    const user = userEvent.setup();
    await user.type(screen.getByRole('searchbox'), '{ArrowDown}{End}');
    await waitFor(() => expect(focused()).toBe('web/worker-2'));
    await user.keyboard('{Enter}');
    expect(workspace.place).toEqual({ kind: 'repository', repository: 'registry.example/web/worker-2' });
  });

  it('has_favourites_and_what_was_opened_first', async () => {
    const workspace = await at('registry.example/', {
      settings: {
        favourites: ['registry.example/ops/queue', 'docker.io/library/alpine'],
        recent: [{ reference: 'registry.example/data/api:1', at: 1 }],
      },
    });
    await waitFor(() => expect(names().slice(0, 3)).toEqual(['ops/queue', 'data/api', 'data/agent']));
    const user = userEvent.setup();
    await user.click(screen.getAllByRole('button', { name: 'Favourite: registry.example/data/api' })[0]!);
    expect(workspace.favourites).toContain('registry.example/data/api');
    // A star is no way out of the list.
    expect(workspace.place.kind).toBe('registry');
    expect(screen.getAllByRole('button', { name: 'Favourite: registry.example/data/api' })[0]).toHaveProperty(
      'ariaPressed',
      'true',
    );
  });

  it('filters_and_says_when_nothing_matches', async () => {
    await at('registry.example/');
    const user = userEvent.setup();
    await user.type(screen.getByRole('searchbox'), 'api data');
    await waitFor(() => expect(names().every((name) => name.startsWith('data/api'))).toBe(true));
    expect(screen.getByText(/match\./)).toBeTruthy();
    await user.type(screen.getByRole('searchbox'), ' zzz');
    await user.click(
      await screen
        .findByRole('button', { name: 'Clear the filter', description: '' })
        .catch(() => screen.getAllByRole('button', { name: 'Clear the filter' })[0]!),
    );
    await waitFor(() => expect(names().length).toBeGreaterThan(5));
  });

  it.each([
    ['docker.io/', 'docker.io lists repositories by namespace: type one.'],
    ['ghcr.io/', 'ghcr.io does not list its repositories.'],
    ['denied.example/', 'denied.example does not show its list to this account.'],
    ['empty.example/', 'empty.example shows no repository here.'],
  ])('%s is a fact and no fault', async (typed, sentence) => {
    const workspace = await at(typed);
    expect(heading()).toBe(sentence);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(await violations(document.body)).toEqual([]);
    const user = userEvent.setup();
    await user.type(screen.getByRole('textbox', { name: 'Repository' }), 'owner/app:1{Enter}');
    const host = typed.slice(0, -1);
    expect(workspace.place).toEqual({ kind: 'repository', repository: `${host}/owner/app` });
  });

  it('goes_into_a_namespace_that_is_typed', async () => {
    const workspace = await at('docker.io/');
    await userEvent.type(screen.getByRole('textbox', { name: 'Namespace' }), 'library/{Enter}');
    expect(workspace.place).toEqual({ kind: 'registry', registry: 'docker.io/library' });
    await waitFor(() => expect(heading()).toBe('docker.io/library has 8 repositories.'));
    await userEvent.click(
      within(screen.getByRole('navigation', { name: 'Where this is' })).getByRole('button', {
        name: 'docker.io',
      }),
    );
    expect(workspace.place).toEqual({ kind: 'registry', registry: 'docker.io' });
  });

  it('that_does_not_answer_says_so_and_keeps_what_the_reader_has_of_it', async () => {
    await at('nowhere.example/', { settings: { favourites: ['nowhere.example/team/app'] } });
    expect(screen.getByRole('alert').textContent).toContain('nowhere.example');
    await waitFor(() => expect(names()).toEqual(['team/app']));
  });

  it('can_be_stopped_while_pages_come', async () => {
    const workspace = new Workspace(recorded({}, 1), new Words('en'));
    render(App, { workspace });
    workspace.enter('registry.example/');
    await waitFor(() => expect(heading()).toBe('registry.example has told 100 repositories so far.'));
    const buttons = await screen.findAllByRole('button', { name: 'Cancel' }, { timeout: 2_000 });
    await userEvent.click(buttons.at(-1)!);
    await waitFor(() => expect(screen.getByText(/What had arrived is shown/)).toBeTruthy());
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('101');
  });

  it('asks_for_an_account_and_goes_on_after_it', async () => {
    const workspace = await at('docker.io/library/');
    const repositories = vi.spyOn(workspace.host, 'repositories');
    const signIn = vi.spyOn(workspace, 'signInTo').mockImplementation((_registry, then) => then?.());
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(signIn.mock.calls[0]?.[0]).toBe('docker.io/library');
    expect(repositories).toHaveBeenCalledTimes(1);
  });
});

describe('a repository', () => {
  it('says_how_many_tags_and_the_newest_version_in_both_languages', async () => {
    await at('registry.example/team/app:');
    await waitFor(() => expect(heading()).toMatch(/ has 2,000 tags, the newest version is 5\.15\.3\.$/));
    expect(screen.getByText(/gives names only/)).toBeTruthy();
    expect(await violations(document.body)).toEqual([]);
    document.body.replaceChildren();
    await at('docker.io/library/alpine:', { language: 'ja' });
    await waitFor(() => expect(heading()).toBe('alpine のタグは129個、最新版は 3.24.2 です。'));
    expect(document.body.textContent).toContain('pull残り87/100回');
    expect(document.body.textContent).not.toMatch(/repository-|browse-/);
    expect(await violations(document.body)).toEqual([]);
  });

  it('shows_equal_tags_together_or_by_word', async () => {
    await at('docker.io/library/alpine:');
    await waitFor(() => expect(names()[0]).toMatch(/^latest ?same as 3\.24\.2 ?d9b1dae/));
    expect(
      names()
        .slice(0, 4)
        .map((row) => /d9b1dae/.test(row)),
    ).toEqual([true, true, true, true]);
    const group = screen.getByRole('button', { name: 'Group equal tags' });
    expect(group.ariaPressed).toBe('true');
    await userEvent.click(group);
    await waitFor(() => expect(names()[0]).toMatch(/^latest ?same as 3\.24\.2/));
    expect(names()[1]).toMatch(/^edge/);
  });

  it('sorts_by_date_where_dates_are_known', async () => {
    await at('docker.io/library/alpine:');
    await userEvent.click(screen.getByRole('radio', { name: 'By date' }));
    await waitFor(() => expect(names()[0]).toContain('edge'));
  });

  it('says_what_grouping_costs_before_it_is_spent', async () => {
    const workspace = await at('registry.example/team/app:');
    const tags = vi.spyOn(workspace.host, 'tags');
    const user = userEvent.setup();
    const group = await screen.findByRole('button', { name: 'Group equal tags: 2,000 requests' });
    await user.click(group);
    expect(screen.getByRole('group', { name: 'Ask for 2,000 digests?' })).toBeTruthy();
    expect(await violations(document.body)).toEqual([]);
    await user.keyboard('{Escape}');
    expect(document.activeElement).toBe(group);
    expect(tags).not.toHaveBeenCalled();
    await user.click(group);
    await user.click(screen.getByRole('button', { name: 'Ask for the first 100' }));
    expect(tags.mock.calls[0]?.[1]).toEqual({
      repository: 'registry.example/team/app',
      digests: true,
      budget: 100,
    });
    await waitFor(() => expect(screen.getByText(/Which image 1,900 of the tags name/)).toBeTruthy());
  });

  it('tells_the_pulls_left_where_requests_are_counted', async () => {
    const row = (name: string) => ({ name, order: `c${name}`, platforms: [] });
    const workspace = fakeWorkspace(
      fakeHost({
        tags: async (_job, _request, on) => {
          on({ kind: 'source', event: { kind: 'quota', remaining: 12, limit: 100 } });
          on({ kind: 'page', tags: [row('1'), row('2')] });
          return { ok: false, problem: { kind: 'cancelled', evidence: [], chain: [] } };
        },
      }),
    );
    render(App, { workspace });
    workspace.enter('docker.io/team/app:');
    await userEvent.click(await screen.findByRole('button', { name: 'Group equal tags: 2 requests' }));
    expect(screen.getByRole('group').textContent).toContain('12 of 100 pulls left');
  });

  it('hides_what_is_attached_until_it_is_asked_for', async () => {
    const workspace = await at('registry.example/team/app:');
    expect(document.body.textContent).not.toContain('.sig');
    if (workspace.list?.kind === 'repository') await workspace.list.askDigests(2_000);
    await userEvent.click(screen.getByRole('button', { name: 'Show 3 signatures and attachments' }));
    await waitFor(() => expect(names().join(' ')).toContain('Signature of 5.15.3'));
  });

  it('keys_move_find_and_open_and_the_place_is_kept', async () => {
    const workspace = await at('registry.example/team/app:');
    const user = userEvent.setup();
    await user.type(await screen.findByRole('searchbox'), '{ArrowDown}');
    await waitFor(() => expect(focused()).toBe('latest'));
    await user.keyboard('4.2.1');
    await waitFor(() => expect(focused()).toMatch(/^4\.2\.1/));
    const name = focused();
    await user.keyboard('{ArrowDown}{ArrowUp}{Enter}');
    expect(workspace.place).toEqual({
      kind: 'image',
      request: { reference: `registry.example/team/app:${name}` },
    });
    workspace.back();
    await waitFor(() => expect(textOf(document.querySelector('[role=row][tabindex="0"]'))).toBe(name));
  });

  it('copies_the_whole_name', async () => {
    await at('docker.io/library/alpine:');
    const user = userEvent.setup();
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await user.click((await screen.findAllByRole('button', { name: 'Copy name' }))[1]!);
    expect(write).toHaveBeenLastCalledWith('docker.io/library/alpine:3.24.2');
    await user.type(screen.getByRole('searchbox'), '{ArrowDown}');
    await user.keyboard('{Control>}c{/Control}');
    expect(write).toHaveBeenCalledTimes(2);
  });

  it('without_tags_is_no_fault', async () => {
    await at('registry.example/team/empty:');
    expect(heading()).toBe('registry.example/team/empty has no tags.');
    expect(screen.queryByRole('grid')).toBeNull();
    expect(await violations(document.body)).toEqual([]);
  });
});

describe('rows of a registry', () => {
  const part = { server: 'r.test', namespace: '' };
  const headings = { favourites: 'F', recent: 'R', all: 'A' };

  it('are_of_that_registry_and_namespace_only', () => {
    const favourites = ['r.test/a/x', 'r.test/', 'other.test/a/x', 'r.test/b'];
    expect(favouritesOf(favourites, part)).toEqual(['a/x', 'b']);
    expect(favouritesOf(favourites, { server: 'r.test', namespace: 'a' })).toEqual(['a/x']);
    const recent = ['r.test/a/x:2', 'r.test/a/x:1', 'oci:/r.test/a', 'alpine'].map((reference) => ({
      reference,
      at: 1,
    }));
    expect(recentOf(recent, part)).toEqual(['a/x']);
    expect(recentOf(recent, { server: 'docker.io', namespace: 'library' })).toEqual(['library/alpine']);
  });

  it('have_headings_only_where_there_are_parts', () => {
    const entries = [{ name: 'a', description: 'told' }, { name: 'b' }];
    const keys = (...args: [string[], string[], string]): string[] =>
      rowsOf(entries, ...args, headings).map(({ key }) => key);
    expect(keys([], [], '')).toEqual(['all:a', 'all:b']);
    expect(keys(['a'], ['a', 'c'], '')).toEqual([
      'h:favourites',
      'favourite:a',
      'h:recent',
      'recent:c',
      'h:all',
      'all:a',
      'all:b',
    ]);
    expect(keys(['a'], [], 'b')).toEqual(['all:b']);
    expect(rowsOf(entries, ['a'], [], '', headings)[1]?.value).toEqual(entries[0]);
  });
});
