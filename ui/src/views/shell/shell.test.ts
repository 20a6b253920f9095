import { describe, expect, it } from 'vitest';
import { hostOf, pieces } from './reference';
import { fileName, filesOf, registriesOf, withoutHost } from './sources';
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

  it('files_show_their_last_part', () => {
    expect(filesOf(recent).map(fileName)).toEqual(['x']);
    expect(fileName('docker-archive:/home/a/app.tar:web')).toBe('app.tar:web');
  });
});

describe('suggest', () => {
  const samples = [{ name: 'hello', tags: [], reference: 'sample:hello:1' }];

  it('names_that_begin_so_come_first', () => {
    const recent = ['a/hello', 'hello/x'].map((reference, at) => ({ reference, at }));
    expect(suggest('hel', recent, samples)).toEqual(['hello/x', 'a/hello', 'sample:hello:1']);
    expect(suggest('a/hello', recent, samples)).toEqual([]);
  });
});

describe('themeOf', () => {
  it('auto_follows_the_system', () => {
    expect(themeOf('auto', { dark: true, contrast: false })).toBe('dark');
    expect(themeOf('auto', { dark: false, contrast: true })).toBe('contrast');
    expect(themeOf('light', { dark: true, contrast: true })).toBe('light');
  });
});
