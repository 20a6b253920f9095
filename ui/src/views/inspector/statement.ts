/** An in-toto statement as the backend reads it (crates/anatomy/src/attestation.rs). */
export interface StatementFacts {
  readonly signatures: number;
  readonly predicateType: string;
  readonly subjects: readonly string[];
  readonly builder?: string;
  readonly source?: string;
  readonly commit?: string;
  readonly finished?: string;
  readonly materials: readonly string[];
  readonly materialsTotal: number;
  readonly packages?: number;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function named(items: unknown, field: string): string[] {
  return list(items).flatMap((item) => text(record(item)[field]) ?? []);
}

/** Reads it without trust in its shape: a field that is not as expected is left out. */
export function readStatement(value: unknown): StatementFacts {
  const statement = record(value);
  const signatures = record(statement.envelope).signatures;
  const materials = named(statement.materials, 'uri');
  const total = statement.materialsTotal;
  const packages = statement.packages;
  const optional = Object.fromEntries(
    ['builder', 'source', 'commit', 'finished'].flatMap((field) => {
      const found = text(statement[field]);
      return found === undefined ? [] : [[field, found]];
    }),
  );
  return {
    signatures: typeof signatures === 'number' ? signatures : 0,
    predicateType: text(statement.predicateType) ?? '',
    subjects: named(statement.subjects, 'name'),
    materials,
    materialsTotal: typeof total === 'number' ? total : materials.length,
    ...(typeof packages === 'number' && { packages }),
    ...optional,
  };
}

const PREDICATES: readonly (readonly [RegExp, string])[] = [
  [/^https:\/\/slsa\.dev\/provenance\/v0\.2$/, 'slsa-v0-2'],
  [/^https:\/\/slsa\.dev\/provenance\/v1/, 'slsa-v1'],
  [/^https:\/\/slsa\.dev\/verification_summary\//, 'vsa'],
  [/^https:\/\/spdx\.dev\/Document/, 'spdx'],
  [/^https:\/\/cyclonedx\.org\/bom/, 'cyclonedx'],
  [/^https:\/\/openvex\.dev\/ns/, 'vex'],
  [
    /^https:\/\/in-toto\.io\/attestation\/vulns|^https:\/\/cosign\.sigstore\.dev\/attestation\/vuln\//,
    'vulns',
  ],
  [/^https:\/\/in-toto\.io\/attestation\/test-result/, 'test-result'],
  [/^https:\/\/cosign\.sigstore\.dev\/attestation\/v1/, 'cosign'],
];

/** The kind of a predicate (message `inspector-predicate-KIND`), when it is a known one. */
export function predicateKind(predicateType: string): string | undefined {
  return PREDICATES.find(([pattern]) => pattern.test(predicateType))?.[1];
}
