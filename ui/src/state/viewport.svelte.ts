/** How small and how large the picture may be drawn. */
export const LEAST_ZOOM = 0.25;
export const MOST_ZOOM = 2;
const STEP = 1.2;

/** The part of the picture that is seen. Scrolling is the browser's own: keys, wheels and fingers work. */
export class Viewport {
  zoom = $state(1);
  /** Of the scrolling element, in CSS pixels. */
  width = $state(0);
  height = $state(0);
  left = $state(0);
  top = $state(0);

  private element: HTMLElement | null = null;
  private picture = { width: 0, height: 0 };

  /** For `{@attach}` on the scrolling element. */
  attach = (element: HTMLElement): (() => void) => {
    this.element = element;
    const measure = (): void => {
      const style = getComputedStyle(element);
      // Where the whole page is zoomed a box ends between pixels; rounded up the picture would not fit.
      const inside = Math.min(element.clientWidth, Math.floor(element.getBoundingClientRect().width));
      this.width = inside - parseFloat(style.paddingLeft || '0') - parseFloat(style.paddingRight || '0');
      this.height = element.clientHeight;
    };
    const scrolled = (): void => {
      this.left = element.scrollLeft;
      this.top = element.scrollTop;
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', scrolled);
      this.element = null;
    };
  };

  /** Tells how large the picture is at zoom 1. */
  holds(width: number, height: number): void {
    this.picture = { width, height };
  }

  /** Zooms so that the point under the pointer (or the middle) stays where it is. */
  zoomTo(zoom: number, at: { x: number; y: number } = { x: this.width / 2, y: this.height / 2 }): void {
    const next = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, zoom));
    const grown = next / this.zoom;
    const x = (this.left + at.x) * grown - at.x;
    const y = (this.top + at.y) * grown - at.y;
    this.zoom = next;
    // After the picture has its new size.
    queueMicrotask(() => this.element?.scrollTo({ left: x, top: y }));
  }

  larger(): void {
    this.zoomTo(this.zoom * STEP);
  }

  smaller(): void {
    this.zoomTo(this.zoom / STEP);
  }

  /** The whole picture at once, never larger than life. */
  fit(): void {
    const { width, height } = this.picture;
    if (width === 0 || height === 0) return;
    this.zoom = Math.max(LEAST_ZOOM, Math.min(1, this.width / width, this.height / height));
    queueMicrotask(() => this.element?.scrollTo({ left: 0, top: 0 }));
  }

  /** Moves the picture by a drag. */
  pan(dx: number, dy: number): void {
    this.element?.scrollBy(-dx, -dy);
  }

  /** Scrolls as little as needed to show a box of the picture. */
  reveal(box: { x: number; y: number; width: number; height: number }): void {
    const { zoom } = this;
    const left = nearest(this.left, this.width, box.x * zoom, (box.x + box.width) * zoom);
    const top = nearest(this.top, this.height, box.y * zoom, (box.y + box.height) * zoom);
    if (left !== this.left || top !== this.top) this.element?.scrollTo({ left, top });
  }
}

/** Room left around what was brought into sight. */
const AROUND = 24;

function nearest(position: number, room: number, start: number, end: number): number {
  if (start < position) return Math.max(0, start - AROUND);
  if (end > position + room) return Math.max(0, Math.min(start, end + AROUND - room));
  return position;
}
