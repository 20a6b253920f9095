import type {
  AccountsReport,
  AwsProfile,
  LoginReport,
  Problem,
  ProblemKind,
  WhyReport,
} from '../../api/bindings';
import type { Result } from '../../api/host';

/** What the tests of the accounts have in common. */

export const ECR = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

export const requests = { count: 1, bytes: 2, elapsedMs: 12 };

export function failed<T>(kind: ProblemKind, more: Partial<Problem> = {}): Result<T> {
  return { ok: false, problem: { evidence: [], chain: [], ...more, ...kind } as Problem };
}

export function report(more: Partial<AccountsReport> = {}): AccountsReport {
  return {
    schema: 'kaibo.accounts/1',
    store: { name: 'keychain' },
    accounts: [],
    awsProfiles: [],
    ...more,
  };
}

export function taken(more: Partial<LoginReport> = {}): LoginReport {
  return {
    schema: 'kaibo.login/1',
    key: 'r.test',
    account: 'alice',
    tested: 'taken',
    kept: { kind: 'store', store: 'keychain' },
    requests,
    ...more,
  };
}

export const sso: AwsProfile = { name: 'dev', kind: 'sso', region: 'eu-west-1', accountId: '123456789012' };
export const keys: AwsProfile = { name: 'default', kind: 'keys', region: 'us-east-1' };

export const why: WhyReport = {
  schema: 'kaibo.accounts-why/1',
  registry: 'r.test',
  repository: 'team/app',
  account: 'alice',
  origin: { kind: 'file', path: '/srv/a/.docker/config.json', key: 'r.test' },
  looks: [
    { place: { kind: 'session' }, outcome: { kind: 'nothing' } },
    {
      place: { kind: 'keychain', store: 'secret-service' },
      outcome: { kind: 'failed', fault: 'no-store', said: null, searched: [] },
    },
    { place: { kind: 'variable', variable: 'DOCKER_AUTH_CONFIG' }, outcome: { kind: 'absent' } },
    {
      place: { kind: 'helper', program: 'docker-credential-desktop', server: 'r.test' },
      outcome: {
        kind: 'failed',
        fault: 'helper-missing',
        said: 'no such\u202e file',
        searched: ['/usr/bin', '/opt/homebrew/bin'],
      },
    },
    {
      place: { kind: 'file', path: '/srv/a/.docker/config.json' },
      outcome: { kind: 'found', account: 'alice' },
    },
    { place: { kind: 'aws', profile: null }, outcome: { kind: 'skipped', why: 'found-before' } },
  ],
};
