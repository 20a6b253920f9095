import { expect, test } from 'vitest';
import type { Problem, ProblemKind } from '../api/bindings';
import { askedFor, canProbe, wayOf, whyPlace } from './ways';

const problem = (kind: ProblemKind): Problem => ({ ...kind, evidence: [], chain: [] });
const image = (reference: string) => askedFor({ kind: 'image', request: { reference } });

test('what was asked for is known of every place of a registry', () => {
  expect(image('r.test/team/app:1')).toEqual({
    reference: 'r.test/team/app:1',
    registry: 'r.test',
    repository: 'team/app',
  });
  expect(image('alpine')).toEqual({
    reference: 'alpine',
    registry: 'docker.io',
    repository: 'library/alpine',
  });
  expect(image('oci:/x').registry).toBeNull();
  expect(askedFor({ kind: 'repository', repository: 'r.test/app' })).toEqual({
    reference: 'r.test/app',
    registry: 'r.test',
    repository: 'app',
  });
  expect(askedFor({ kind: 'registry', registry: 'r.test:5000' })).toEqual({
    reference: null,
    registry: 'r.test:5000',
    repository: '',
  });
  expect(askedFor({ kind: 'accounts' }).registry).toBeNull();
});

test.each<ProblemKind>([
  { kind: 'auth-required', registry: 'r.test' },
  { kind: 'auth-rejected', registry: 'r.test', account: 'x' },
  { kind: 'auth-expired', registry: 'r.test', account: null },
  { kind: 'access-denied', registry: 'r.test', repository: 'team/app' },
])('$kind leads to the sign-in, for the repository that was wanted', (kind) => {
  const way = wayOf(problem(kind), image('r.test/team/app:1'));
  expect(way).toEqual({ word: 'sign-in', wish: { registry: 'r.test', repository: 'team/app' }, main: true });
  expect(canProbe(problem(kind))).toBe(true);
  expect(whyPlace(problem(kind), image('r.test/team/app:1'))).toBe('r.test/team/app');
});

test('a repository of another registry is not taken along', () => {
  const way = wayOf(problem({ kind: 'auth-required', registry: 'other.test' }), image('r.test/team/app:1'));
  expect(way?.wish.repository).toBeUndefined();
});

test('an account is only offered, not urged, where it may not be the matter', () => {
  const limited = wayOf(
    problem({ kind: 'rate-limited', registry: 'docker.io', retryAfterS: null }),
    image('alpine'),
  );
  expect(limited?.main).toBe(false);
  const absent = problem({ kind: 'not-found', thing: 'repository', name: 'team/app' });
  expect(wayOf(absent, image('r.test/team/app:1'))?.main).toBe(false);
  expect(wayOf(problem({ kind: 'not-found', thing: 'tag', name: '1' }), image('r.test/a:1'))).toBeNull();
});

test('certificates lead to the connection, AWS to its profiles and its sign-in', () => {
  const ecr = image('123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1');
  const word = (kind: ProblemKind) => wayOf(problem(kind), ecr)?.word;
  expect(word({ kind: 'tls-untrusted', host: 'r.test', issuer: null })).toBe('ca');
  expect(word({ kind: 'client-certificate-wanted', host: 'r.test' })).toBe('client-certificate');
  expect(word({ kind: 'aws-nobody', profile: null })).toBe('aws-profile');
  expect(word({ kind: 'aws-expired', profile: 'x' })).toBe('aws-profile');
  expect(word({ kind: 'aws-sign-in-expired' })).toBe('aws-sign-in');
  const needed = wayOf(problem({ kind: 'aws-sign-in-needed', profile: 'dev' }), ecr);
  expect(needed?.wish).toEqual({
    registry: '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
    about: 'aws',
    profile: 'dev',
  });
});

test('what is no matter of accounts has no place to look in, and what is no matter of the way is not probed', () => {
  expect(whyPlace(problem({ kind: 'unreachable', host: 'r.test' }), image('r.test/a:1'))).toBeNull();
  expect(canProbe(problem({ kind: 'not-found', thing: 'tag', name: '1' }))).toBe(false);
  expect(canProbe(problem({ kind: 'rate-limited', registry: 'r.test', retryAfterS: 1 }))).toBe(false);
});
