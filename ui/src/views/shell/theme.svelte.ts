import type { ThemeChoice } from '../../api/host';

type Theme = 'light' | 'dark' | 'contrast';

/** The theme that a choice means on this system, now. */
export function themeOf(choice: ThemeChoice, system: { dark: boolean; contrast: boolean }): Theme {
  if (choice !== 'auto') return choice;
  if (system.contrast) return 'contrast';
  return system.dark ? 'dark' : 'light';
}

/** Watches what the system wants. */
export class SystemTheme {
  dark = $state(false);
  contrast = $state(false);

  constructor() {
    this.watch('(prefers-color-scheme: dark)', (on) => (this.dark = on));
    this.watch('(prefers-contrast: more)', (on) => (this.contrast = on));
  }

  private watch(query: string, set: (on: boolean) => void): void {
    const list = matchMedia(query);
    set(list.matches);
    list.addEventListener('change', () => set(list.matches));
  }
}
