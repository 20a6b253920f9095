import type { Host } from './host';

/** The host that this page runs in, and what to open at once (recorded mode only). */
export async function openHost(): Promise<{ host: Host; open: string | undefined }> {
  if ('__TAURI_INTERNALS__' in window)
    return { host: (await import('./tauri')).tauriHost(), open: undefined };
  return (await import('./recorded')).fromAddress(new URLSearchParams(location.search));
}
