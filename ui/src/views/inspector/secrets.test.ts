import { expect, test } from 'vitest';

import { looksSecret, secretPieces, splitEnvironment } from './secrets';

/** Masked parts in brackets. */
function check(name: string, text: string): string {
  const pieces = secretPieces(name, text);
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  return pieces.map((piece) => (piece.secret ? `[${piece.text}]` : piece.text)).join('');
}

test('names that speak of secrets mask their value', () => {
  for (const name of [
    'API_KEY',
    'apiKey',
    'DB_PASSWORD',
    'GITHUB_TOKEN',
    'client-secret',
    'aws.secretAccessKey',
    'POSTGRES_PASS',
  ]) {
    expect(looksSecret(name, 'hunter2'), name).toBe(true);
  }
});

test('names of public things and of places do not', () => {
  for (const [name, value] of [
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin'],
    ['POSTGRES_PASSWORD_FILE', '/run/secrets/db'],
    ['PYTHON_SHA256', 'ae665bc678abd9ab6a6e1573d2481625a53719bc517e9a634ed2b9fefae3817f'],
    ['org.opencontainers.image.revision', '0123456789abcdef0123456789abcdef01234567'],
    ['KEYBOARD_LAYOUT', 'us'],
    ['MONKEY', 'banana'],
    ['TOKEN_ENABLED', 'true'],
    ['API_KEY', ''],
    ['org.opencontainers.image.title', 'hello-world-of-containers'],
    ['JAVA_VERSION', 'jdk-21.0.5+11'],
  ] as const) {
    expect(looksSecret(name, value), name).toBe(false);
  }
});

test('values give themselves away', () => {
  expect(looksSecret('X', 'ghp_0123456789abcdefghij')).toBe(true);
  expect(looksSecret('X', 'AKIAIOSFODNN7EXAMPLE')).toBe(true);
  expect(looksSecret('X', 'wJalrXUtnFEMI7K7MDENGbPxRfiCYEXAMPLEKEY')).toBe(true);
  expect(looksSecret('X', '-----BEGIN RSA PRIVATE KEY-----\nabc')).toBe(true);
  expect(looksSecret('X', '9f86d081884c7d659a2feaa0c55ad015')).toBe(true);
});

test('only the secret part of a line is masked', () => {
  expect(check('DATABASE_URL', 'postgres://app:s3cret@db:5432/app')).toBe(
    'postgres://app:[s3cret]@db:5432/app',
  );
  expect(check('', 'RUN |1 TOKEN=abcdef make install')).toBe('RUN |1 TOKEN=[abcdef] make install');
  expect(check('', 'ENV API_KEY="a b" OTHER=fine')).toBe('ENV API_KEY="[a b]" OTHER=fine');
  expect(check('', 'curl --password hunter2 --retry 3 https://x')).toBe(
    'curl --password [hunter2] --retry 3 https://x',
  );
  expect(check('', 'COPY hello-amd64 /hello # buildkit')).toBe('COPY hello-amd64 /hello # buildkit');
});

test('a digest is not a secret', () => {
  expect(check('vnd.docker.reference.digest', `sha256:${'a1'.repeat(32)}`)).not.toContain('[');
});

test('environment lines are cut at the first equals sign', () => {
  expect(splitEnvironment('A=b=c')).toEqual({ name: 'A', value: 'b=c', assigned: true });
  expect(splitEnvironment('A')).toEqual({ name: 'A', value: '', assigned: false });
});

test('a long line does not take long', () => {
  const started = performance.now();
  check('', `${'a='.repeat(50_000)} ${'--x '.repeat(50_000)}`);
  expect(performance.now() - started).toBeLessThan(1_000);
});
