/** A row of a list, or a heading among its rows. */
export interface ListRow<T> {
  readonly key: string;
  readonly value: T | null;
  readonly heading?: string;
}

/** The day of a date as registries write it (RFC 3339), in seconds since 1970; null for what is none. */
export function secondsOf(date: string | undefined): number | null {
  const at = date === undefined ? NaN : Date.parse(date);
  return Number.isNaN(at) ? null : Math.floor(at / 1000);
}
