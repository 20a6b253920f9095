/** Which columns of a list of tags have anything in them. */
export interface TagColumns {
  readonly digest: boolean;
  readonly size: boolean;
  readonly date: boolean;
  readonly platforms: boolean;
  readonly scan: boolean;
}

/** Their widths, as CSS has them: bracket, tag, what there is, copy. */
export function widthsOf({ digest, size, date, platforms, scan }: TagColumns): string {
  return [
    'var(--col-mark)',
    'var(--col-name)',
    digest && 'var(--col-digest)',
    size && 'var(--col-size)',
    date && 'var(--col-date)',
    platforms && 'var(--col-platforms)',
    scan && 'var(--col-scan)',
    'var(--col-tool)',
  ]
    .filter(Boolean)
    .join(' ');
}
