/** Registries that take their accounts in a way of their own (messages `sign-in-hint-NAME`). */
export type KnownRegistry = 'docker-hub' | 'github' | 'gitlab' | 'quay' | 'azure' | 'google' | 'other';

/** What the secret is to the reader (messages `sign-in-kind-NAME`). */
export type SecretKind = 'password' | 'token' | 'identity';

const KNOWN: readonly (readonly [RegExp, KnownRegistry])[] = [
  [/^(?:(?:index\.|registry-1\.|registry\.hub\.)?docker\.(?:io|com))$/, 'docker-hub'],
  [/^(?:ghcr\.io|docker\.pkg\.github\.com)$/, 'github'],
  [/(?:^|\.)gitlab\./, 'gitlab'],
  [/^(?:quay\.io|registry\.redhat\.io)$/, 'quay'],
  [/\.azurecr\.(?:io|cn|us)$/, 'azure'],
  [/(?:^|\.)gcr\.io$|-docker\.pkg\.dev$/, 'google'],
];

/** As kept: without a scheme, spaces or a slash at the end; hosts have no case. */
export function keyOf(typed: string): string {
  const bare = typed
    .trim()
    .replace(/^(?:https?|docker):\/\//i, '')
    .replace(/\/+$/, '');
  const slash = bare.indexOf('/');
  return slash < 0 ? bare.toLowerCase() : bare.slice(0, slash).toLowerCase() + bare.slice(slash);
}

/** `host[:port]` of a key. */
export function hostOf(key: string): string {
  return key.split('/', 1)[0] ?? key;
}

export function knownRegistry(key: string): KnownRegistry {
  const name = hostOf(keyOf(key)).replace(/:\d+$/, '');
  return KNOWN.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
}

/** Whether accounts of AWS are meant there: ECR, private or public, in any partition. */
export function isEcr(key: string): boolean {
  const name = hostOf(keyOf(key)).replace(/:\d+$/, '');
  return (
    /^\d{12}\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/.test(name) ||
    /^\d{12}\.dkr-ecr(?:-fips)?\.[a-z0-9-]+\.on\.(?:aws|amazonwebservices\.com\.cn)$/.test(name) ||
    name === 'public.ecr.aws' ||
    name === 'ecr-public.aws.com'
  );
}

/** What is usual there. */
export function usualKind(key: string): SecretKind {
  return ['docker-hub', 'github', 'gitlab', 'quay'].includes(knownRegistry(key)) ? 'token' : 'password';
}
