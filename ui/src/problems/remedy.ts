import type { Problem } from '../api/bindings';
import type { InspectRequest } from '../api/host';

/** What the reader can do about a problem here, beside trying again. */
export type Remedy =
  /** The same again with something allowed that was not: an explicit choice, for this image only. */
  | { readonly kind: 'allow-realm'; readonly host: string; readonly options: Partial<InspectRequest> }
  | { readonly kind: 'plain-http'; readonly host: string; readonly options: Partial<InspectRequest> }
  /** Other references that exist, by the word that tells them apart. */
  | {
      readonly kind: 'choose';
      readonly choices: readonly { readonly word: string; readonly reference: string }[];
    };

/** Above so many tags the rest is left to the reference box. */
export const CHOICES = 60;

/** `oci:DIR` and a tag; a tag that was typed gives way. */
function withTag(reference: string, tag: string, typed?: string): string {
  const end = typed === undefined ? '' : `:${typed}`;
  const bare = end !== '' && reference.endsWith(end) ? reference.slice(0, -end.length) : reference;
  return `${bare.replace(/:$/, '')}:${tag}`;
}

export function remedyFor(problem: Problem, request: InspectRequest): Remedy | null {
  switch (problem.kind) {
    case 'realm-not-allowed':
      return {
        kind: 'allow-realm',
        host: problem.realm,
        options: { allowRealm: [...(request.allowRealm ?? []), problem.realm] },
      };
    case 'tls-not-spoken':
      return { kind: 'plain-http', host: problem.host, options: { plainHttp: true } };
    case 'tag-needed':
      return choose(problem.tags, (tag) => withTag(request.reference, tag));
    case 'tag-absent':
      return choose(problem.tags, (tag) => withTag(request.reference, tag, problem.tag));
    case 'sample-unknown':
      return choose(problem.names, (name) => `sample:${name}`);
    default:
      return null;
  }
}

function choose(words: readonly string[], reference: (word: string) => string): Remedy | null {
  if (words.length === 0) return null;
  return { kind: 'choose', choices: words.map((word) => ({ word, reference: reference(word) })) };
}

/** Whether the source did not answer at all: what was kept of it from an earlier look may do. */
export function hasEarlier(problem: Problem, request: InspectRequest): boolean {
  return !request.offline && ['name-not-resolved', 'unreachable', 'timed-out'].includes(problem.kind);
}

/** What is not touched by the problem (message `problem-view-still-KIND`). */
export function stillWorks(problem: Problem, hasPicture: boolean): string | null {
  if (hasPicture) return 'picture';
  switch (problem.kind) {
    case 'name-not-resolved':
    case 'unreachable':
    case 'timed-out':
    case 'tls-untrusted':
    case 'tls-certificate':
    case 'tls-not-spoken':
    case 'client-certificate-wanted':
    case 'rate-limited':
    case 'registry-failed':
    case 'answer-malformed':
    case 'redirect-refused':
    case 'offline':
      return 'local';
    case 'auth-required':
    case 'auth-rejected':
    case 'auth-expired':
    case 'access-denied':
    case 'realm-not-allowed':
    case 'token-failed':
    case 'aws-nobody':
    case 'aws-sign-in-needed':
    case 'aws-sign-in-denied':
    case 'aws-sign-in-expired':
    case 'aws-expired':
    case 'aws-denied':
    case 'aws-failed':
      return 'public';
    default:
      return null;
  }
}
