import type { RoleName } from '../../components/shared/roles';

/** What a sample is about, drawn from its structure and its sizes, on a ground of 192 x 72. */
export type Shape =
  | {
      readonly kind: 'box';
      readonly x: number;
      readonly y: number;
      readonly w: number;
      readonly h: number;
      readonly role: RoleName;
      readonly filled?: boolean;
    }
  | { readonly kind: 'wire'; readonly d: string; readonly dashed?: boolean }
  | { readonly kind: 'line'; readonly d: string; readonly role: RoleName }
  | {
      readonly kind: 'band';
      readonly x: number;
      readonly y: number;
      readonly w: number;
      readonly h: number;
      readonly reach: 'all' | 'some' | 'none';
    }
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly role?: RoleName;
      readonly large?: boolean;
      readonly mono?: boolean;
    }
  /** A message of the catalogue. */
  | { readonly kind: 'words'; readonly x: number; readonly y: number; readonly id: PictureWords };

export type PictureWords =
  'first-picture-no-date' | 'first-picture-no-date-2' | 'first-picture-chart' | 'first-picture-signature';

function box(x: number, y: number, w: number, h: number, role: RoleName, filled = false): Shape {
  return { kind: 'box', x, y, w, h, role, filled };
}

function wire(d: string, dashed = false): Shape {
  return { kind: 'wire', d, dashed };
}

/** An index, and a row of manifest, config and layer for each platform. */
function rows(
  heights: readonly number[],
  layers: readonly number[] = heights.map(() => 46),
  height = 14,
): Shape[] {
  return [
    ...heights.flatMap((y, i) => [
      wire(`M34 36H48V${y}H62M100 ${y}H114`),
      box(62, y - height / 2, 38, height, 'manifest'),
      box(114, y - height / 2, 22, height, 'config'),
      box(140, y - height / 2, layers[i] ?? 46, height, 'layer', true),
    ]),
    box(1, 26, 33, 20, 'index'),
  ];
}

const TAG = 'M1 24h34l14 12l-14 12H1z';
/** Four panes. */
const WINDOWS = 'M69 57h11v11h-11zM74.500 57v11M69 62.500h11';

/** Layers of the five packings in bytes; the same two tars in each. */
const PACKINGS: readonly (readonly [name: string, lower: number, upper: number])[] = [
  ['gzip', 912_688, 750_863],
  ['gzip -1', 1_016_340, 854_506],
  ['zstd', 902_875, 598_981],
  ['zstd -19', 834_558, 512_515],
  ['chunked', 877_966, 1_062_332],
];

function packings(): Shape[] {
  const scale = 146 / 1_950_000;
  return PACKINGS.flatMap(([name, lower, upper], i) => {
    const y = 2 + i * 14;
    const first = lower * scale;
    const second = upper * scale;
    return [
      box(0.7, y, first - 1, 10, 'layer', true),
      { kind: 'band', x: first + 1, y, w: second - 1, h: 10, reach: 'some' } as const,
      { kind: 'text', x: first + second + 6, y: y + 8.5, text: name, mono: true } as const,
    ];
  });
}

/** Ten columns; each release has two layers of its own, and its last two tags are one image. */
function family(): Shape[] {
  const columns = [0, 1, 2, 3, 5, 6, 7, 8];
  const width = 19.1;
  const tops: Shape[] = columns.flatMap((column) => {
    const isPair = column === 3 || column === 8;
    const x = column * width + 0.5;
    const w = isPair ? 36.5 : 17.5;
    const reach = isPair ? 'some' : 'none';
    return [
      { kind: 'band', x, y: 5.5, w, h: 6.5, reach },
      { kind: 'band', x, y: 14.5, w, h: 9, reach },
    ];
  });
  return [
    { kind: 'band', x: 0, y: 26, w: 191, h: 16, reach: 'all' },
    { kind: 'band', x: 0, y: 44, w: 191, h: 28, reach: 'all' },
    ...tops,
  ];
}

const CHART = 'M110 8l26 14v28l-26 14l-26-14V22zM84 22l26 14l26-14M110 36v28';
const CALENDAR =
  'M5 9h66a4 4 0 0 1 4 4v46a4 4 0 0 1-4 4H5a4 4 0 0 1-4-4V13a4 4 0 0 1 4-4zM1 22H75M18 5v8M58 5v8';
const SEAL = 'M112 47a4.500 4.500 0 1 1 0 9a4.500 4.500 0 1 1 0-9zM109.500 55.500l-1.500 6l4-2l4 2l-1.500-6';

const PICTURES: Readonly<Record<string, readonly Shape[]>> = {
  hello: rows([12, 36, 60]),
  multi: [...rows([9, 27, 45, 63], [46, 46, 46, 46], 12), { kind: 'line', d: WINDOWS, role: 'manifest' }],
  single: [
    wire('M50 36H74M126 36H140V20H150M126 36H140V52H150'),
    { kind: 'line', d: TAG, role: 'tag' },
    box(74, 26, 52, 20, 'manifest'),
    box(150, 12, 38, 15, 'config'),
    box(150, 37, 38, 14, 'layer', true),
    box(150, 54, 38, 14, 'layer', true),
  ],
  list: [
    ...rows([22, 50]).slice(0, -1),
    box(1, 10, 33, 52, 'index'),
    { kind: 'line', d: 'M8 20h19M8 28h19M8 36h19M8 44h12', role: 'index' },
  ],
  fam: family(),
  comp: packings(),
  artifacts: [
    wire('M60 36H84M136 36H148'),
    box(1, 26, 59, 20, 'manifest'),
    { kind: 'line', d: CHART, role: 'artifact' },
    { kind: 'words', x: 152, y: 40, id: 'first-picture-chart' },
  ],
  epoch0: [
    { kind: 'line', d: CALENDAR, role: 'config' },
    { kind: 'text', x: 38, y: 49, text: '1970', role: 'config', large: true },
    wire('M84 36H104'),
    { kind: 'words', x: 112, y: 33, id: 'first-picture-no-date' },
    { kind: 'words', x: 112, y: 48, id: 'first-picture-no-date-2' },
  ],
  referrers: [
    wire('M100 18H84V31H64M100 54H84V41H64', true),
    wire('M68 28L63 31L68 34M68 38L63 41L68 44'),
    box(1, 26, 59, 20, 'manifest'),
    box(100, 8, 24, 20, 'referrer'),
    box(100, 44, 24, 20, 'referrer'),
    { kind: 'line', d: 'M105 15h14M105 21h9', role: 'referrer' },
    { kind: 'line', d: SEAL, role: 'referrer' },
    { kind: 'text', x: 132, y: 22, text: 'SBOM' },
    { kind: 'words', x: 132, y: 58, id: 'first-picture-signature' },
  ],
};

/** The picture of a sample; one that is not known here shows a plain image. */
export function pictureOf(name: string): readonly Shape[] {
  return PICTURES[name] ?? rows([36]);
}
