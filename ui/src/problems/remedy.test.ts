import { expect, test } from 'vitest';
import type { Problem, ProblemKind } from '../api/bindings';
import { remedyFor, stillWorks } from './remedy';

const problem = (kind: ProblemKind): Problem => ({ ...kind, evidence: [], chain: [] });

function check(kind: ProblemKind, reference: string, references: string[]): void {
  const remedy = remedyFor(problem(kind), { reference });
  expect(remedy?.kind === 'choose' ? remedy.choices.map((choice) => choice.reference) : null).toEqual(
    references,
  );
}

test('several images in one place are offered as whole references', () => {
  check({ kind: 'tag-needed', place: 'oci:/x', tags: ['1', '2'] }, 'oci:/x', ['oci:/x:1', 'oci:/x:2']);
  check({ kind: 'tag-needed', place: 'oci:/x', tags: ['1'] }, 'oci:/x:', ['oci:/x:1']);
});

test('a tag that does not exist gives way to those that do', () => {
  check({ kind: 'tag-absent', tag: '9', tags: ['1'] }, 'oci:/x:9', ['oci:/x:1']);
  check({ kind: 'tag-absent', tag: '9', tags: ['1'] }, 'sample:fam:9', ['sample:fam:1']);
});

test('samples that exist are offered', () => {
  check({ kind: 'sample-unknown', name: 'helo', names: ['hello'] }, 'sample:helo', ['sample:hello']);
});

test('a realm is allowed beside those that are', () => {
  const remedy = remedyFor(problem({ kind: 'realm-not-allowed', registry: 'r.test', realm: 'b.test' }), {
    reference: 'r.test/x',
    allowRealm: ['a.test'],
  });
  expect(remedy).toEqual({
    kind: 'allow-realm',
    host: 'b.test',
    options: { allowRealm: ['a.test', 'b.test'] },
  });
});

test('plain HTTP is a choice only where TLS is not spoken', () => {
  const plain = remedyFor(problem({ kind: 'tls-not-spoken', host: 'r.test' }), { reference: 'r.test/x' });
  expect(plain).toEqual({ kind: 'plain-http', host: 'r.test', options: { plainHttp: true } });
  expect(
    remedyFor(problem({ kind: 'tls-untrusted', host: 'r.test', issuer: null }), { reference: 'r.test/x' }),
  ).toBeNull();
});

test('what still works is said where something does', () => {
  expect(stillWorks(problem({ kind: 'unreachable', host: 'x' }), false)).toBe('local');
  expect(stillWorks(problem({ kind: 'unreachable', host: 'x' }), true)).toBe('picture');
  expect(stillWorks(problem({ kind: 'internal' }), false)).toBeNull();
});
