import type { Event } from '../api/bindings';

/** What is read as one: an image, or a list. */
interface Reading {
  events: readonly Event[];
}

/**
 * As whom each place was asked. The backend tells it when that changes, and not with every question;
 * what is on the screen says it every time.
 */
export class Asked {
  private readonly known = new Map<string, readonly Event[]>();

  /** Keeps what was told of a place while it was read; of what was not told, gives what was told before. */
  settle(place: string, reading: Reading): void {
    const told = reading.events.filter(
      (event) => event.kind === 'credential' || event.kind === 'turned-down',
    );
    if (told.length > 0) this.known.set(place, told);
    else reading.events = [...(this.known.get(place) ?? []), ...reading.events];
  }
}
