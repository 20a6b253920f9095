import { render } from '@testing-library/svelte';
import axe from 'axe-core';
import type { Component } from 'svelte';
import type { Host, Result } from '../src/api/host';
import { Workspace } from '../src/state/workspace.svelte';
import { type Language, Words } from '../src/words/words.svelte';
import InWindow from './InWindow.svelte';

function never<T>(): Promise<Result<T>> {
  return Promise.resolve({ ok: false, problem: { kind: 'internal', evidence: [], chain: [] } });
}

/** A host that has nothing, apart from what a test gives it. */
export function fakeHost(has: Partial<Host> = {}): Host {
  return {
    native: false,
    inspect: () => never(),
    expand: () => never(),
    document: () => never(),
    statement: () => never(),
    commands: async () => [],
    cancel: async () => {},
    close: async () => {},
    samples: async () => [],
    settings: async () => ({ language: 'en', theme: 'light', recent: [] }),
    saveSettings: async () => {},
    pickFile: async () => null,
    saveFile: async () => null,
    report: async () => '',
    onOpen: () => {},
    about: async () => ({ version: '0.0.0', platform: 'test' }),
    repositories: () => never(),
    tags: () => never(),
    referrers: () => never(),
    probe: () => never(),
    accounts: () => never(),
    why: () => never(),
    login: () => never(),
    testAccount: () => never(),
    logout: () => never(),
    awsSignIn: () => never(),
    openSignInPage: () => never(),
    registrySettings: async () => ({ insecure: false, plainHttp: false, allowRealm: [] }),
    saveRegistrySettings: () => never(),
    pickCertificate: async () => null,
    ...has,
  };
}

export function fakeWorkspace(host: Host = fakeHost(), language: Language = 'en'): Workspace {
  return new Workspace(host, new Words(language));
}

/** Renders a component as it stands in the window. */
export function show<Props extends Record<string, unknown>>(
  workspace: Workspace,
  // A component's type is exact in its props; the wrapper passes them on as they are.
  component: Component<Props>,
  props: Props,
): HTMLElement {
  const shown = component as unknown as Component<Record<string, unknown>>;
  return render(InWindow, { props: { workspace, component: shown, props } }).container;
}

/** What axe finds; colours are not computed in jsdom and are checked in a browser. */
export async function violations(element: Element): Promise<string[]> {
  const results = await axe.run(element, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

/** What is read on screen, with single spaces. */
export function textOf(element: Element | null | undefined): string {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}
