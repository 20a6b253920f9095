import type {
  AwsProfileKind,
  CredentialOrigin,
  DateKind,
  Headline,
  Irregularity,
  Kept,
  LookFault,
  LookOutcome,
  LookPlace,
  LookSkip,
  MediaName,
  MirrorRule,
  NotKept,
  ProbeFactName,
  ProbeStepKind,
  ProbeVerdict,
  ProblemKind,
  ReferenceFault,
  Role,
  Severity,
  Stage,
  Tested,
  Thing,
} from '../api/bindings';
import type { MessageId } from './ids';

/** Every message that a value from the backend can ask for. */
type Needed =
  | `problem-${ProblemKind['kind']}`
  | `problem-${ProblemKind['kind']}.advice`
  | `irregularity-${Irregularity['kind']}`
  | `irregularity-${Irregularity['kind']}.detail`
  | `headline-${Headline['kind']}`
  | `date-${DateKind}`
  | `media-${MediaName}`
  | `reference-fault-${ReferenceFault}`
  | `role-${Role}`
  | `role-${Role}-what`
  | `origin-${CredentialOrigin['kind']}`
  | `look-place-${LookPlace['kind']}`
  | `look-outcome-${LookOutcome['kind']}`
  | `look-skip-${LookSkip}`
  | `look-fault-${LookFault}`
  | `look-fault-${LookFault}.advice`
  | `tested-${Tested}`
  | `kept-${Kept['kind']}`
  | `not-kept-${NotKept}`
  | `aws-profile-${AwsProfileKind}`
  | `probe-step-${ProbeStepKind}`
  | `probe-verdict-${ProbeVerdict}`
  | `probe-fact-${ProbeFactName}`
  | `probe-mirror-${MirrorRule}`
  | `severity-${Severity}`
  | `stage-${Stage}`
  | `thing-${Thing}`;

/** A kind without its text does not compile: the error names the message that is missing. */
type Complete<Missing extends never> = Missing;
export type Missing = Complete<Exclude<Needed, MessageId>>;
