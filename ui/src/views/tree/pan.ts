import type { Viewport } from '../../state/viewport.svelte';

/** A press that moves less is a click. */
const STILL = 4;

/** Moves the picture with the mouse held down; touch and wheel scroll by themselves. */
export class DragPan {
  /** Whether the last press was a drag: the click that follows selects nothing. */
  moved = false;

  constructor(private readonly viewport: () => Viewport) {}

  attach = (element: HTMLElement): (() => void) => {
    let held: { id: number; x: number; y: number } | null = null;
    const down = (event: PointerEvent): void => {
      this.moved = false;
      if (event.pointerType !== 'mouse' || event.button > 1) return;
      held = { id: event.pointerId, x: event.clientX, y: event.clientY };
    };
    const move = (event: PointerEvent): void => {
      if (!held || event.pointerId !== held.id) return;
      const dx = event.clientX - held.x;
      const dy = event.clientY - held.y;
      if (!this.moved && Math.hypot(dx, dy) < STILL) return;
      if (!this.moved) element.setPointerCapture(event.pointerId);
      this.moved = true;
      this.viewport().pan(dx, dy);
      held = { ...held, x: event.clientX, y: event.clientY };
    };
    const up = (): void => void (held = null);
    element.addEventListener('pointerdown', down);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', up);
    return () => {
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', up);
      element.removeEventListener('pointercancel', up);
    };
  };
}
