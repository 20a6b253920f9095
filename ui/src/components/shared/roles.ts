/** Every role has one colour (class `role-NAME` sets `--role` and `--role-soft`), one icon and one word. */
export const ROLES = [
  'tag',
  'index',
  'manifest',
  'config',
  'layer',
  'attestation',
  'artifact',
  'referrer',
  'unknown',
  'missing',
] as const;

export type RoleName = (typeof ROLES)[number];
