import { expect, test } from 'vitest';
import { hostOf, isEcr, keyOf, knownRegistry, usualKind } from './registries';

test.each([
  ['ghcr.io', 'github'],
  ['GHCR.io/team', 'github'],
  ['docker.io', 'docker-hub'],
  ['index.docker.io', 'docker-hub'],
  ['registry.gitlab.com/group', 'gitlab'],
  ['gitlab.example.com:5050', 'gitlab'],
  ['quay.io', 'quay'],
  ['team.azurecr.io', 'azure'],
  ['europe-docker.pkg.dev/project', 'google'],
  ['eu.gcr.io', 'google'],
  ['notdocker.io', 'other'],
  ['docker.io.evil.example', 'other'],
  ['localhost:5000', 'other'],
] as const)('%s is %s', (key, known) => {
  expect(knownRegistry(key)).toBe(known);
});

test.each([
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com', true],
  ['123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/team/app', true],
  ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', true],
  ['123456789012.dkr-ecr.eu-west-1.on.aws', true],
  ['public.ecr.aws', true],
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example', false],
  ['dkr.ecr.eu-west-1.amazonaws.com', false],
  ['ecr.example', false],
])('%s of AWS: %s', (key, of) => {
  expect(isEcr(key)).toBe(of);
});

test('a key has no scheme, no slash at the end, and a host without case', () => {
  expect(keyOf(' https://GHCR.io/Team/ ')).toBe('ghcr.io/Team');
  expect(keyOf('LOCALHOST:5000')).toBe('localhost:5000');
  expect(hostOf('ghcr.io/team/app')).toBe('ghcr.io');
});

test('where tokens are the rule, a token is asked for', () => {
  expect(usualKind('ghcr.io')).toBe('token');
  expect(usualKind('team.azurecr.io')).toBe('password');
  expect(usualKind('registry.example')).toBe('password');
});
