import { Channel, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { NodeId, Opened, Patch, Problem, RegistrySettings } from './bindings';
import type {
  Command,
  DocumentText,
  Host,
  InspectEvent,
  InspectReport,
  MenuItem,
  Result,
  SampleCard,
  Settings,
  Statement,
} from './host';

/** A command rejects with a `Problem`; anything else that is thrown is our fault. */
async function ask<T>(command: string, values: Record<string, unknown> = {}): Promise<Result<T>> {
  try {
    return { ok: true, value: await invoke<T>(command, values) };
  } catch (thrown) {
    return { ok: false, problem: asProblem(thrown) };
  }
}

function asProblem(thrown: unknown): Problem {
  if (typeof thrown === 'object' && thrown !== null && 'kind' in thrown && 'evidence' in thrown) {
    return thrown as Problem;
  }
  return { kind: 'internal', evidence: [], chain: [String(thrown)] };
}

/** For what has nothing to say when it fails. */
async function orElse<T>(fallback: T, command: string, values: Record<string, unknown> = {}): Promise<T> {
  const result = await ask<T>(command, values);
  return result.ok ? result.value : fallback;
}

/** How long events may take that were sent before the answer. */
const STRAGGLE_MS = 2_000;

/** Asks for something that is told of on the way. Large events may come after the answer: it waits for them. */
async function watch<T, E = InspectEvent>(
  command: string,
  values: Record<string, unknown>,
  on: (event: E) => void,
): Promise<Result<T>> {
  const events = new Channel<E>();
  let heard = 0;
  let ripe = (): void => {};
  events.onmessage = (event) => {
    heard += 1;
    on(event);
    ripe();
  };
  const result = await ask<{ answer: T; events: number }>(command, { ...values, events });
  if (!result.ok) return result;
  const { answer, events: sent } = result.value;
  if (heard < sent) {
    await new Promise<void>((done) => {
      const patience = setTimeout(done, STRAGGLE_MS);
      ripe = () => {
        if (heard < sent) return;
        clearTimeout(patience);
        done();
      };
    });
  }
  return { ok: true, value: answer };
}

/** The app's own window. */
export function tauriHost(): Host {
  return {
    native: true,
    inspect: (job, request, on) => watch<InspectReport>('inspect', { job, request }, on),
    expand: (job, node: NodeId, on) => watch<Patch[]>('expand', { job, node }, on),
    document: (job, node) => ask<DocumentText>('document', { job, node }),
    statement: (job, node) => ask<Statement>('statement', { job, node }),
    commands: (job, node) => orElse<Command[]>([], 'commands', { job, node }),
    cancel: (job) => orElse<void>(undefined, 'cancel', { job }),
    close: (job) => orElse<void>(undefined, 'close', { job }),
    samples: () => orElse<SampleCard[]>([], 'samples'),
    settings: () => orElse<Settings>({ language: 'auto', theme: 'auto', recent: [] }, 'settings'),
    saveSettings: (settings) => orElse<void>(undefined, 'save_settings', { settings }),
    pickFile: (kind) => orElse<string | null>(null, 'pick_file', { kind }),
    saveFile: (suggestedName, bytes, what) =>
      orElse<string | null>(null, 'save_file', { suggestedName, bytes: Array.from(bytes), what }),
    report: (job, format, options) => orElse('', 'report', { job, format, options }),
    // From then on the window listens: it is shown, and what waited for it comes.
    onOpen: (callback) =>
      void listen<Opened>('open', ({ payload }) => callback(payload.reference, payload.begin)).then(() =>
        orElse(undefined, 'ready'),
      ),
    onMenu: (callback) => void listen<MenuItem>('menu', (event) => callback(event.payload)),
    about: () => orElse({ version: '', platform: '' }, 'about'),
    repositories: (job, request, on) => watch('repositories', { job, request }, on),
    tags: (job, request, on) => watch('tags', { job, request }, on),
    referrers: (job, on) => watch('referrers', { job }, on),
    probe: (job, request, on) => watch('probe', { job, request }, on),
    accounts: () => ask('accounts'),
    why: (place) => ask('why', { place }),
    login: (job, request) => ask('login', { job, ...request }),
    testAccount: (job, place) => ask('test_account', { job, place }),
    logout: (key) => ask('logout', { key }),
    awsSignIn: (job, profile, on) => watch('aws_sign_in', { job, profile }, on),
    openSignInPage: (job) => ask('open_sign_in_page', { job }),
    registrySettings: (registry) =>
      orElse({ insecure: false, plainHttp: false, allowRealm: [] } as RegistrySettings, 'registry_settings', {
        registry,
      }),
    saveRegistrySettings: (registry, settings) => ask('save_registry_settings', { registry, settings }),
    pickCertificate: () => orElse<string | null>(null, 'pick_certificate'),
  };
}
