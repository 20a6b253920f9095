/** Takes the focus as it comes: what had it before is gone. */
export function focused(element: HTMLElement): void {
  element.focus();
}
