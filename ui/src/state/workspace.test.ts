import { describe, expect, it, vi } from 'vitest';
import { recordedHost } from '../api/recorded';
import { Words } from '../words/words.svelte';
import type { Place } from './place';
import { Workspace } from './workspace.svelte';

function make(): Workspace {
  const host = recordedHost({
    recordings: [],
    settings: { language: 'ja', theme: 'dark', recent: [] },
    pace: 0,
    hold: Infinity,
  });
  return new Workspace(host, new Words(), () => 1000);
}

describe('Workspace', () => {
  it('back_and_forward_walk_through_what_was_opened', () => {
    const workspace = make();
    expect([workspace.canBack, workspace.canForward]).toEqual([false, false]);
    workspace.open('a');
    workspace.open(' b ');
    expect(workspace.session?.request.reference).toBe('b');
    workspace.back();
    expect([workspace.typed, workspace.canBack, workspace.canForward]).toEqual(['a', true, true]);
    workspace.back();
    expect([workspace.session, workspace.typed]).toEqual([null, '']);
    workspace.forward();
    workspace.open('c');
    expect(workspace.canForward).toBe(false);
  });

  it('nothing_is_opened_for_an_empty_box', () => {
    const workspace = make();
    workspace.open('  ');
    expect(workspace.session).toBeNull();
  });

  it('the_same_again_keeps_its_place_in_the_history', () => {
    const workspace = make();
    workspace.open('a');
    workspace.again({ all: true });
    expect(workspace.session?.request).toEqual({ reference: 'a', all: true });
    workspace.back();
    expect(workspace.session).toBeNull();
  });

  it('trying_again_asks_anew_also_after_an_earlier_copy', () => {
    const workspace = make();
    workspace.open('a', { plainHttp: true });
    workspace.again({ offline: true });
    expect(workspace.session?.request).toEqual({ reference: 'a', plainHttp: true, offline: true });
    workspace.again();
    expect(workspace.session?.request).toEqual({ reference: 'a', plainHttp: true });
  });

  it('every_place_is_a_step_of_one_history', () => {
    const workspace = make();
    const places: Place[] = [
      { kind: 'registry', registry: 'registry.example' },
      { kind: 'repository', repository: 'registry.example/team/app' },
      { kind: 'accounts' },
      { kind: 'probe', reference: 'alpine' },
    ];
    for (const place of places) workspace.go(place);
    expect(workspace.typed).toBe('alpine');
    for (const place of places.toReversed()) {
      expect(workspace.place).toEqual(place);
      workspace.back();
    }
    expect([workspace.place.kind, workspace.canBack]).toEqual(['home', false]);
    workspace.forward();
    expect([workspace.place, workspace.typed]).toEqual([places[0], 'registry.example/']);
    workspace.enter('registry.example/team/app:1');
    expect([workspace.place.kind, workspace.canForward]).toEqual(['image', false]);
    expect(workspace.list).toBeNull();
  });

  it('a_list_is_as_it_was_left_on_the_way_back', async () => {
    const workspace = make();
    const tags = vi.spyOn(workspace.host, 'tags');
    workspace.enter('registry.example/team/app:');
    const { list } = workspace;
    await vi.waitFor(() => expect(list?.phase).toBe('done'));
    if (list) list.filter = '5.1';
    workspace.open('registry.example/team/app:5.15.3');
    workspace.back();
    expect(workspace.list).toBe(list);
    expect(workspace.list?.filter).toBe('5.1');
    expect(tags).toHaveBeenCalledTimes(1);
    // Again means again.
    workspace.again();
    expect(workspace.list).not.toBe(list);
    expect(tags).toHaveBeenCalledTimes(2);
  });

  it('lists_that_nobody_can_go_back_to_are_closed', () => {
    const workspace = make();
    const cancel = vi.spyOn(workspace.host, 'cancel');
    workspace.enter('registry.example/');
    const job = workspace.list?.job;
    workspace.back();
    expect(cancel).not.toHaveBeenCalled();
    workspace.open('a');
    expect(cancel).toHaveBeenCalledWith(job);
  });

  it('of_many_lists_the_far_ones_are_forgotten_and_read_again', () => {
    const workspace = make();
    for (let n = 0; n < 12; n += 1) workspace.enter(`registry.example/${n}/`);
    const repositories = vi.spyOn(workspace.host, 'repositories');
    for (let n = 0; n < 7; n += 1) workspace.back();
    expect(repositories).not.toHaveBeenCalled();
    for (let n = 0; n < 4; n += 1) workspace.back();
    expect(repositories).toHaveBeenCalled();
    expect(workspace.list?.kind).toBe('registry');
  });

  it('registries_that_were_looked_into_and_favourites_are_remembered', async () => {
    const workspace = make();
    await workspace.start();
    workspace.enter('registry.example/');
    await vi.waitFor(() => expect(workspace.settings.registries).toEqual(['registry.example']));
    workspace.enter('nowhere.example/');
    await vi.waitFor(() => expect(workspace.list?.phase).toBe('failed'));
    expect(workspace.settings.registries).toEqual(['registry.example']);
    workspace.toggleFavourite('registry.example/team/app');
    workspace.toggleFavourite('docker.io/library/alpine');
    expect(workspace.favourites).toEqual(['docker.io/library/alpine', 'registry.example/team/app']);
    workspace.toggleFavourite('docker.io/library/alpine');
    expect((await workspace.host.settings()).favourites).toEqual(['registry.example/team/app']);
  });

  it('a_sign_in_is_for_the_registry_and_tests_with_the_repository', () => {
    const workspace = make();
    const then = (): void => {};
    workspace.enter('ghcr.io/team/');
    workspace.signInTo('ghcr.io/team', then);
    expect(workspace.signIn).toEqual({ registry: 'ghcr.io', repository: undefined, then });
    workspace.enter('ghcr.io/team/app:');
    workspace.signInTo('ghcr.io/team/app');
    expect(workspace.signIn).toEqual({ registry: 'ghcr.io', repository: 'team/app' });
  });

  it('settings_are_used_at_once', async () => {
    const workspace = make();
    await workspace.start();
    expect([workspace.words.language, workspace.theme]).toEqual(['ja', 'dark']);
    workspace.save({ ...workspace.settings, language: 'en' });
    expect(workspace.words.language).toBe('en');
  });

  it('what_failed_is_not_remembered', async () => {
    const workspace = make();
    workspace.open('nowhere/x:1');
    await new Promise((done) => setTimeout(done));
    expect(workspace.settings.recent).toEqual([]);
  });
});
