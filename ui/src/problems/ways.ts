import type { Problem } from '../api/bindings';
import { inRegistry, repositoryOf, type Place } from '../state/place';
import type { SignIn } from '../state/workspace.svelte';

/** Something beside trying again that goes on from a problem, by another part of the window. */
export interface Way {
  /** Message `problem-view-WORD`. */
  readonly word: 'sign-in' | 'aws-sign-in' | 'aws-profile' | 'ca' | 'client-certificate';
  /** What the dialog is opened for; what goes on after it is added by whoever opens it. */
  readonly wish: Omit<SignIn, 'then'>;
  /** Whether it is what most readers need: the one primary button. */
  readonly main: boolean;
}

/** What was asked for when a problem came up. */
export interface AskedFor {
  /** As a probe takes it; null when it is in no registry. */
  readonly reference: string | null;
  /** `host[:port]`. */
  readonly registry: string | null;
  /** Without the host; empty when the registry as a whole was asked. */
  readonly repository: string;
}

const NOTHING: AskedFor = { reference: null, registry: null, repository: '' };

/** What a place of the window asks of a registry. */
export function askedFor(place: Place): AskedFor {
  switch (place.kind) {
    case 'image': {
      const { reference } = place.request;
      const full = repositoryOf(reference);
      return full === null ? NOTHING : { ...split(full), reference: reference.trim() };
    }
    case 'repository':
      return { ...split(place.repository), reference: place.repository };
    case 'registry':
      return { ...split(`${place.registry}/`), reference: null };
    default:
      return NOTHING;
  }
}

function split(full: string): Pick<AskedFor, 'registry' | 'repository'> {
  const { host, name } = inRegistry(full);
  return { registry: host, repository: name };
}

/** Which part of the window helps with a problem. */
export function wayOf(problem: Problem, asked: AskedFor): Way | null {
  const account = (registry: string, main: boolean): Way => ({
    word: 'sign-in',
    wish: { registry, repository: asked.registry === registry ? asked.repository || undefined : undefined },
    main,
  });
  const aws = (word: 'aws-sign-in' | 'aws-profile', profile: string | null = null): Way => ({
    word,
    wish: { registry: asked.registry ?? '', about: 'aws', profile: profile ?? undefined },
    main: true,
  });
  switch (problem.kind) {
    case 'auth-required':
    case 'auth-rejected':
    case 'auth-expired':
    case 'access-denied':
      return account(problem.registry, true);
    case 'rate-limited':
      return account(problem.registry, false);
    case 'not-found':
      // A private repository looks the same as one that is not there.
      return problem.thing === 'repository' && asked.registry ? account(asked.registry, false) : null;
    case 'tls-untrusted':
      return { word: 'ca', wish: { registry: problem.host, about: 'ca' }, main: true };
    case 'client-certificate-wanted':
      return {
        word: 'client-certificate',
        wish: { registry: problem.host, about: 'client-certificate' },
        main: true,
      };
    case 'aws-sign-in-needed':
      return aws('aws-sign-in', problem.profile);
    case 'aws-sign-in-denied':
    case 'aws-sign-in-expired':
      return aws('aws-sign-in');
    case 'aws-nobody':
    case 'aws-expired':
    case 'aws-denied':
      return aws('aws-profile');
    default:
      return null;
  }
}

const ON_THE_WAY: readonly Problem['kind'][] = [
  'name-not-resolved',
  'unreachable',
  'timed-out',
  'tls-untrusted',
  'tls-certificate',
  'tls-not-spoken',
  'client-certificate-wanted',
  'auth-required',
  'auth-rejected',
  'auth-expired',
  'access-denied',
  'realm-not-allowed',
  'token-failed',
  'registry-failed',
  'answer-malformed',
  'redirect-refused',
];

/** Whether the steps on the way to the registry would tell more. */
export function canProbe(problem: Problem): boolean {
  return ON_THE_WAY.includes(problem.kind);
}

const ABOUT_ACCOUNTS: readonly Problem['kind'][] = [
  'auth-required',
  'auth-rejected',
  'auth-expired',
  'access-denied',
  'credentials-unreadable',
  'store-failed',
  'aws-nobody',
  'aws-sign-in-needed',
  'aws-expired',
  'aws-denied',
  'aws-failed',
];

/** Of which place the reader may want to know where an account was looked for; null when it is no matter. */
export function whyPlace(problem: Problem, asked: AskedFor): string | null {
  if (!ABOUT_ACCOUNTS.includes(problem.kind)) return null;
  const registry = asked.registry ?? ('registry' in problem ? problem.registry : null);
  if (registry === null) return null;
  return asked.repository === '' ? registry : `${registry}/${asked.repository}`;
}
