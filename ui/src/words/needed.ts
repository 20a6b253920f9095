import type {
  DateKind,
  Headline,
  Irregularity,
  MediaName,
  ProblemKind,
  ReferenceFault,
  Role,
  Severity,
  Stage,
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
  | `severity-${Severity}`
  | `stage-${Stage}`
  | `thing-${Thing}`;

/** A kind without its text does not compile: the error names the message that is missing. */
type Complete<Missing extends never> = Missing;
export type Missing = Complete<Exclude<Needed, MessageId>>;
