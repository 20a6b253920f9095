import { describe, expect, it } from 'vitest';
import { inRegistry, type Place, placeOf, repositoryOf, shortName, typedOf } from './place';

describe('what is typed', () => {
  const check = (typed: string, place: Place): void => expect(placeOf(typed), typed).toEqual(place);
  const registry = (name: string): Place => ({ kind: 'registry', registry: name });
  const repository = (name: string): Place => ({ kind: 'repository', repository: name });
  const image = (reference: string): Place => ({ kind: 'image', request: { reference } });

  it('ends_with_a_slash_for_a_registry', () => {
    check('ghcr.io/', registry('ghcr.io'));
    check(' GHCR.io/Team/ ', registry('ghcr.io/Team'));
    check('docker.io/library/', registry('docker.io/library'));
    check('library/', registry('docker.io/library'));
    check('localhost/', registry('localhost'));
    check('localhost:5000/', registry('localhost:5000'));
    check('[::1]:5000/', registry('[::1]:5000'));
    check('https://quay.io/', registry('quay.io'));
    check('index.docker.io/', registry('docker.io'));
  });

  it('ends_with_a_colon_for_a_repository', () => {
    check('alpine:', repository('docker.io/library/alpine'));
    check('bitnami/redis:', repository('docker.io/bitnami/redis'));
    check('ghcr.io/owner/app:', repository('ghcr.io/owner/app'));
    check('127.0.0.1:5000/x:', repository('127.0.0.1:5000/x'));
  });

  it('is_an_image_otherwise', () => {
    for (const typed of [
      'alpine',
      'alpine:3',
      'ghcr.io/a@sha256:',
      'oci:',
      'oci:/tmp/x/',
      'sample:',
      '/srv/me/layout/',
      './layout/',
      '~/layout/',
      'C:\\layout\\',
      'C:/layout/',
      '/',
      ':',
      'https://',
      'ghcr.io/:',
    ])
      check(typed, image(typed));
  });

  it('leads_back_when_it_is_typed_again', () => {
    for (const typed of ['ghcr.io/', 'docker.io/library/', 'docker.io/library/alpine:', 'localhost:5000/'])
      expect(typedOf(placeOf(typed))).toBe(typed);
  });
});

describe('names', () => {
  it('are_in_a_registry', () => {
    expect(inRegistry('library/alpine')).toEqual({ host: 'docker.io', name: 'library/alpine' });
    expect(inRegistry('registry-1.docker.io/a/b')).toEqual({ host: 'docker.io', name: 'a/b' });
    expect(inRegistry('ghcr.io/a/b')).toEqual({ host: 'ghcr.io', name: 'a/b' });
  });

  it('of_images_are_names_of_repositories', () => {
    const check = (reference: string, name: string | null): void =>
      expect(repositoryOf(reference), reference).toBe(name);
    check('alpine:3.20', 'docker.io/library/alpine');
    check('ghcr.io/a/b:1@sha256:00', 'ghcr.io/a/b');
    check('127.0.0.1:5000/x', '127.0.0.1:5000/x');
    check('docker://ghcr.io/a', 'ghcr.io/a');
    check('oci:/x:1', null);
    check('/x.tar', null);
    check('', null);
    expect(shortName('docker.io/library/alpine')).toBe('alpine');
    expect(shortName('docker.io/bitnami/redis')).toBe('bitnami/redis');
    expect(shortName('ghcr.io/library/x')).toBe('ghcr.io/library/x');
  });
});
