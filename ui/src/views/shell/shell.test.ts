import { describe, expect, it } from 'vitest';
import { hostOf, pieces } from './reference';
import { fileName, filesOf, hostsOf, registriesOf, withoutHost } from './sources';
import { suggest } from './suggest';
import { themeOf } from './theme.svelte';

describe('reference', () => {
  it('what_was_not_typed_is_faint', () => {
    const shown = pieces({
      transport: 'registry',
      registry: 'docker.io',
      repository: 'library/alpine',
      tag: 'latest',
      defaulted: { registry: true, namespace: true, tag: true },
    });
    expect(shown.map((piece) => `${piece.kind}:${piece.text}`)).toEqual([
      'faint:docker.io/',
      'faint:library/',
      'name:alpine',
      'faint::latest',
    ]);
  });

  it('the_host_that_a_link_would_ask_is_told', () => {
    const check = (typed: string, host: string | null): void => expect(hostOf(typed), typed).toBe(host);
    check('alpine:3', 'docker.io');
    check('library/alpine', 'docker.io');
    check('ghcr.io/a/b', 'ghcr.io');
    check('docker://127.0.0.1:5100/x', '127.0.0.1:5100');
    check('localhost/x', 'localhost');
    check('sample:hello', null);
    check('oci:/tmp/x:1', null);
    check('e\u202evil.example/x', 'e⟨U+202E⟩vil.example');
  });
});

describe('sources', () => {
  const recent = ['ghcr.io/a/b:1', 'oci:C:\\images\\x', 'alpine', 'ghcr.io/c:2', 'sample:hello'].map(
    (reference, at) => ({
      reference,
      at,
    }),
  );

  it('registries_hold_their_names', () => {
    expect(registriesOf(recent)).toEqual([
      { host: 'ghcr.io', references: ['ghcr.io/a/b:1', 'ghcr.io/c:2'] },
      { host: 'docker.io', references: ['alpine'] },
    ]);
    expect(withoutHost('ghcr.io/a/b:1', 'ghcr.io')).toBe('a/b:1');
  });

  it('registries_that_were_looked_into_or_are_kept_follow', () => {
    const hosts = hostsOf(recent, ['ghcr.io', 'quay.io'], ['registry.example/', 'quay.io/team/app']);
    expect(hosts.map(({ host }) => host)).toEqual(['ghcr.io', 'docker.io', 'quay.io', 'registry.example']);
  });

  it('files_show_their_last_part', () => {
    expect(filesOf(recent).map(fileName)).toEqual(['x']);
    expect(fileName('docker-archive:/home/a/app.tar:web')).toBe('app.tar:web');
  });
});

describe('suggest', () => {
  const samples = [{ name: 'hello', tags: [], reference: 'sample:hello:1' }];

  it('names_that_begin_so_come_first', () => {
    const recent = ['a/hello', 'hello/x'].map((reference, at) => ({ reference, at }));
    const names = (typed: string): string[] =>
      suggest(typed, recent, samples)
        .filter(({ place }) => place.kind === 'image')
        .map(({ text }) => text);
    expect(names('hel')).toEqual(['hello/x', 'a/hello', 'sample:hello:1']);
    expect(names('a/hello')).toEqual([]);
  });

  it('lists_of_what_was_typed_are_offered', () => {
    const check = (typed: string, ...texts: string[]): void =>
      expect(
        suggest(typed, [], []).map(({ text }) => text),
        typed,
      ).toEqual(texts);
    check('alpine', 'docker.io/library/alpine:', 'docker.io/library/');
    check('ghcr.io/owner/app:1.2', 'ghcr.io/owner/app:', 'ghcr.io/owner/');
    check('127.0.0.1:5000/app', '127.0.0.1:5000/app:', '127.0.0.1:5000/');
    check('ghcr.io', 'ghcr.io/');
    check('localhost:5000', 'localhost:5000/');
    check('');
    check('/srv/me/x.tar');
    check('sample:hello');
  });

  it('favourites_are_offered_as_the_lists_that_they_are', () => {
    const offers = suggest('team', [], [], ['ghcr.io/team/app', 'ghcr.io/team/']);
    expect(offers.slice(0, 2).map(({ place }) => place)).toEqual([
      { kind: 'repository', repository: 'ghcr.io/team/app' },
      { kind: 'registry', registry: 'ghcr.io/team' },
    ]);
  });
});

describe('themeOf', () => {
  it('auto_follows_the_system', () => {
    expect(themeOf('auto', { dark: true, contrast: false })).toBe('dark');
    expect(themeOf('auto', { dark: false, contrast: true })).toBe('contrast');
    expect(themeOf('light', { dark: true, contrast: true })).toBe('light');
  });
});
