import type { Edge, Finding, Node } from '../../api/bindings';
import { type Graph, graphOf } from '../../graph/merge';

/** A digest that tests can tell apart at a glance. */
export function digest(seed: string): string {
  const hex = [...seed].map((character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  return `sha256:${hex.repeat(64).slice(0, 64)}`;
}

const INDEX = digest('idx');
const MANIFEST = digest('man');
const OTHER = digest('oth');
const RECORD = digest('rec');
const CONFIG = digest('cfg');
const LAYER = digest('lay');
const TOP = digest('top');
const STATEMENT = digest('sta');
const RECORD_CONFIG = digest('rcf');
const GONE = digest('gon');

export const IDS = {
  tag: 'tag:127.0.0.1:5100/demo/hello:1.0.0',
  index: `index:${INDEX}`,
  manifest: `manifest:${MANIFEST}`,
  other: `manifest:${OTHER}`,
  record: `attestation:${RECORD}`,
  config: `config:${CONFIG}`,
  layer: `layer:${LAYER}`,
  top: `layer:${TOP}`,
  statement: `layer:${STATEMENT}`,
  recordConfig: `config:${RECORD_CONFIG}`,
  missing: `missing:${GONE}`,
} as const;

const OCI = 'application/vnd.oci.image';
const AMD64 = { os: 'linux', architecture: 'amd64' };
const ARM64 = { os: 'linux', architecture: 'arm64' };

const NODES: Node[] = [
  { id: IDS.tag, role: 'tag', verified: null },
  {
    id: IDS.index,
    role: 'index',
    digest: INDEX,
    mediaType: `${OCI}.index.v1+json`,
    mediaName: 'oci-index',
    size: 2382,
    verified: true,
  },
  {
    id: IDS.manifest,
    role: 'manifest',
    digest: MANIFEST,
    mediaType: `${OCI}.manifest.v1+json`,
    mediaName: 'oci-manifest',
    size: 479,
    verified: true,
    platform: AMD64,
    annotations: { 'org.opencontainers.image.title': 'hello' },
    layers: [
      {
        node: IDS.layer,
        diffId: digest('df1'),
        chainId: digest('ch1'),
        history: 0,
        createdBy: 'COPY base / # buildkit',
      },
      {
        node: IDS.top,
        diffId: digest('df2'),
        chainId: digest('ch2'),
        history: 2,
        createdBy: 'COPY hello-amd64 /hello # buildkit',
      },
    ],
  },
  {
    id: IDS.other,
    role: 'manifest',
    digest: OTHER,
    mediaType: `${OCI}.manifest.v1+json`,
    mediaName: 'oci-manifest',
    size: 479,
    verified: true,
    platform: ARM64,
    layers: [{ node: IDS.layer }],
  },
  {
    id: IDS.config,
    role: 'config',
    digest: CONFIG,
    mediaType: `${OCI}.config.v1+json`,
    mediaName: 'oci-config',
    size: 1433,
    verified: true,
    platform: AMD64,
    config: {
      created: { kind: 'epoch', text: '1970-01-01T00:00:00Z', unix: 0 },
      env: ['PATH=/usr/local/bin:/usr/bin:/bin', 'API_KEY=hunter2hunter2', 'GREETING=hi\u202e\u001b[31m'],
      entrypoint: ['/hello', '--name', 'a b'],
      labels: { 'org.opencontainers.image.version': '1.0.0', note: '<b>bold</b>\u200b' },
      exposedPorts: ['8080/tcp'],
      diffIds: [digest('df1'), digest('df2')],
      history: [
        {
          created: { kind: 'recorded', text: '2026-11-24T08:18:20Z', unix: 1_795_508_300 },
          createdBy: 'COPY base / # buildkit',
          emptyLayer: false,
          layer: 0,
        },
        {
          created: { kind: 'epoch', text: '1970-01-01T00:00:00Z', unix: 0 },
          createdBy: 'ENV TOKEN=abcdefgh',
          emptyLayer: true,
          layer: null,
        },
        {
          created: { kind: 'recorded', text: '2026-11-24T08:18:20Z', unix: 1_795_508_300 },
          createdBy: 'COPY hello-amd64 /hello # buildkit',
          emptyLayer: false,
          layer: 1,
        },
      ],
    },
  },
  {
    id: IDS.layer,
    role: 'layer',
    digest: LAYER,
    mediaType: `${OCI}.layer.v1.tar+gzip`,
    mediaName: 'oci-layer-gzip',
    size: 21_688,
    verified: null,
  },
  {
    id: IDS.top,
    role: 'layer',
    digest: TOP,
    mediaType: `${OCI}.layer.v1.tar+zstd`,
    mediaName: 'oci-layer-zstd',
    size: 1_000_001,
    verified: null,
    urls: ['https://example.invalid/layer'],
  },
  {
    id: IDS.record,
    role: 'attestation',
    digest: RECORD,
    mediaType: `${OCI}.manifest.v1+json`,
    mediaName: 'oci-manifest',
    size: 566,
    verified: true,
    platform: { os: 'unknown', architecture: 'unknown' },
    layers: [{ node: IDS.statement }],
  },
  {
    id: IDS.recordConfig,
    role: 'config',
    digest: RECORD_CONFIG,
    mediaType: `${OCI}.config.v1+json`,
    size: 167,
    verified: true,
    config: { created: { kind: 'absent' } },
  },
  {
    id: IDS.statement,
    role: 'layer',
    digest: STATEMENT,
    mediaType: 'application/vnd.in-toto+json',
    mediaName: 'in-toto',
    size: 2_900,
    verified: null,
  },
  {
    id: IDS.missing,
    role: 'missing',
    digest: GONE,
    verified: null,
    platform: { os: 'linux', architecture: 'arm', variant: 'v7' },
  },
];

const EDGES: Edge[] = [
  { from: IDS.tag, to: IDS.index, kind: 'names', position: 0 },
  { from: IDS.index, to: IDS.manifest, kind: 'lists', position: 0 },
  { from: IDS.index, to: IDS.other, kind: 'lists', position: 1 },
  { from: IDS.index, to: IDS.record, kind: 'lists', position: 2 },
  { from: IDS.index, to: IDS.missing, kind: 'lists', position: 3 },
  { from: IDS.record, to: IDS.manifest, kind: 'attests', position: 0 },
  { from: IDS.manifest, to: IDS.config, kind: 'config', position: 0 },
  { from: IDS.manifest, to: IDS.layer, kind: 'layer', position: 0 },
  { from: IDS.manifest, to: IDS.top, kind: 'layer', position: 1 },
  { from: IDS.other, to: IDS.layer, kind: 'layer', position: 0 },
  { from: IDS.record, to: IDS.recordConfig, kind: 'config', position: 0 },
  { from: IDS.record, to: IDS.statement, kind: 'layer', position: 0 },
];

const FINDINGS: Finding[] = [
  { node: IDS.config, severity: 'info', irregularity: { kind: 'date-not-recorded', date: 'epoch' } },
  { node: IDS.missing, severity: 'error', irregularity: { kind: 'child-missing' } },
];

/** One tag, two platforms that share a layer, a build record, a missing entry. For tests. */
export function sampleGraph(): Graph {
  return graphOf({
    nodes: NODES,
    edges: EDGES,
    findings: FINDINGS,
    summary: {
      headline: { kind: 'platforms-mixed', platforms: 2 },
      pointsAt: 'index',
      images: 2,
      records: 1,
      layers: 2,
      stored: 1_030_000,
      verified: 6,
      unread: 0,
      broken: 1,
    },
  });
}
