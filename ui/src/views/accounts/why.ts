import type { Look, WhyReport } from '../../api/bindings';
import type { IconName } from '../../components/shared/icons';

/** The sign of a look: what was found, what is nothing, what went wrong. */
export function signOf({ outcome }: Look): IconName {
  switch (outcome.kind) {
    case 'found':
      return 'check';
    case 'turned-down':
    case 'failed':
      return 'warn';
    default:
      return 'minus';
  }
}

/** The place of a report, as it is asked for again. */
export function placeOfReport({ registry, repository }: WhyReport): string {
  return repository === '' ? registry : `${registry}/${repository}`;
}
