import type { Host } from './host';

/** The host that this page runs in, and what to open at once (recorded mode only). */
export async function openHost(): Promise<{ host: Host; open: string | undefined }> {
  if ('__TAURI_INTERNALS__' in window)
    return { host: (await import('./tauri')).tauriHost(), open: undefined };
  // Only `--mode recorded` and the dev server have it: the app is not to carry what it never plays.
  if (import.meta.env.MODE !== 'recorded' && !import.meta.env.DEV)
    throw new Error('these pages belong in the window of Kaibo; for a browser: npm run build:recorded');
  return (await import('./recorded')).fromAddress(new URLSearchParams(location.search));
}
