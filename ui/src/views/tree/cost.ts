/** So many pulls are spent without a question. */
const FEW = 4;
/** Of the pulls that are left, this part may go without one. */
const SHARE = 0.1;

/** Whether so many pulls are many, of those that are `left` as far as that is known. */
export function isCostly(pulls: number, left: number | undefined): boolean {
  return pulls > FEW || (left !== undefined && pulls > left * SHARE);
}
