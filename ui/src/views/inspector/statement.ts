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
