import { ROLES, type RoleName } from '../components/shared/roles';

/** The tokens that a saved picture needs, as they are in the theme that is on screen. */
export interface Palette {
  readonly ground: string;
  readonly panel: string;
  readonly sunken: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly line2: string;
  readonly line3: string;
  readonly warn: string;
  readonly error: string;
  readonly role: Readonly<Record<RoleName, string>>;
  readonly roleSoft: Readonly<Record<RoleName, string>>;
  readonly mark: { readonly l: number; readonly c: number; readonly softL: number; readonly softC: number };
  readonly fontUi: string;
  readonly fontMono: string;
}

/** Roles that share a colour with another, as in base.css. */
const COLOUR_OF: Partial<Record<RoleName, RoleName>> = { referrer: 'attestation', unknown: 'attestation' };

/** Reads the tokens of `root`; a page without styles gives an ink on white. */
export function paletteOf(root: Element): Palette {
  const style = getComputedStyle(root);
  const token = (name: string, otherwise: string): string => style.getPropertyValue(name).trim() || otherwise;
  const number = (name: string, otherwise: number): number => {
    const value = Number.parseFloat(token(name, String(otherwise)));
    return Number.isFinite(value) ? value : otherwise;
  };
  const roles = (suffix: string, otherwise: string): Record<RoleName, string> =>
    Object.fromEntries(
      ROLES.map((role) => [role, token(`--role-${COLOUR_OF[role] ?? role}${suffix}`, otherwise)]),
    ) as Record<RoleName, string>;
  return {
    ground: token('--bg-canvas', 'white'),
    panel: token('--bg-panel', 'white'),
    sunken: token('--bg-sunken', 'white'),
    ink: token('--ink', 'black'),
    ink2: token('--ink-2', 'black'),
    ink3: token('--ink-3', 'black'),
    line2: token('--line-2', 'black'),
    line3: token('--line-3', 'black'),
    warn: token('--warn', 'black'),
    error: token('--error', 'black'),
    role: roles('', 'black'),
    roleSoft: roles('-soft', 'white'),
    mark: {
      l: number('--mark-l', 0.47),
      c: number('--mark-c', 0.13),
      softL: number('--mark-soft-l', 0.93),
      softC: number('--mark-soft-c', 0.035),
    },
    fontUi: token('--font-ui', 'sans-serif'),
    fontMono: token('--font-mono', 'monospace'),
  };
}
