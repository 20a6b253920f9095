import type { Platform } from '../../api/bindings';
import { platform as formatted } from '../../words/format';

/** The platform as text, or nothing: `linux/arm/v7`. */
export function platformText(platform: Platform | undefined): string {
  return platform ? formatted(platform) : '';
}
