import { describe, expect, it } from 'vitest';
import { recordedHost } from '../api/recorded';
import { Words } from '../words/words.svelte';
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
