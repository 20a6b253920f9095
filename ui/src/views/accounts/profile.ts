import type { AwsProfile } from '../../api/bindings';
import type { Words } from '../../words/words.svelte';
import { isSignedIn } from './aws.svelte';

/** How a profile gets its credentials, where it is at home, and whether its sign-in holds. */
export function profileParts(words: Words, profile: AwsProfile, now = Date.now()): string[] {
  const parts = [words.name('aws-profile', profile.kind)];
  if (profile.accountId) parts.push(profile.accountId);
  if (profile.role) parts.push(profile.role.replace(/^arn:[^/]*\//, ''));
  if (profile.region) parts.push(profile.region);
  const until = profile.signedInUntil === undefined ? NaN : Date.parse(profile.signedInUntil) / 1_000;
  if (isSignedIn(profile, now)) parts.push(words.say('aws-signed-in-until', { at: Math.floor(until) }));
  else if (profile.kind === 'sso') parts.push(words.say('aws-signed-out'));
  return parts;
}
