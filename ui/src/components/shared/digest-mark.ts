/**
 * A small drawing that a digest alone decides: silhouette of 8, cut of 16, hue of 12. A hint that
 * two digests are equal, never the proof: the characters always stand beside it.
 */
export const SILHOUETTES = [
  'M8 1.2a6.8 6.8 0 1 1 0 13.6a6.8 6.8 0 1 1 0-13.6z', // disc
  'M3.2 1.8h9.6a1.4 1.4 0 0 1 1.4 1.4v9.6a1.4 1.4 0 0 1-1.4 1.4H3.2a1.4 1.4 0 0 1-1.4-1.4V3.2a1.4 1.4 0 0 1 1.4-1.4z', // square
  'M8 .6L15.4 8L8 15.4L.6 8z', // lozenge
  'M8 1L15.4 14.4H.6z', // triangle up
  'M8 15L.6 1.6h14.8z', // triangle down
  'M4.3 1.6h7.4L15.4 8l-3.7 6.4H4.3L.6 8z', // hexagon
  'M5.2 1h5.6v4.2H15v5.6h-4.2V15H5.2v-4.2H1V5.2h4.2z', // cross
  'M1.6 1.6h6.6a6.2 6.2 0 0 1 6.2 6.2v6.6H7.8a6.2 6.2 0 0 1-6.2-6.2z', // leaf
] as const;

export const CUTS = [
  'M0 0h8v16H0z',
  'M8 0h8v16H8z',
  'M0 0h16v8H0z',
  'M0 8h16v8H0z',
  'M0 0h16L0 16z',
  'M0 0h16v16z',
  'M0 0v16h16z',
  'M16 0v16H0z',
  'M0 5.6h16v4.8H0z',
  'M5.6 0h4.8v16H5.6z',
  'M8 5a3 3 0 1 1 0 6a3 3 0 1 1 0-6z',
  'M0 0h16v16H0zM8 4.6a3.4 3.4 0 1 0 0 6.8a3.4 3.4 0 1 0 0-6.8z',
  'M0 0h8v8H0zM8 8h8v8H8z',
  'M8 0h8v8H8zM0 8h8v8H0z',
  'M0 3.4h16v3H0zM0 9.6h16v3H0z',
  'M0 0h16v16H0z',
] as const;

/** OKLCH hues, spread so that neighbours are told apart. */
export const HUES = [25, 50, 75, 105, 135, 160, 190, 220, 250, 280, 315, 350] as const;

export interface MarkFeatures {
  silhouette: string;
  cut: string;
  hue: number;
}

/** Which drawing a digest has; text that is no digest has a drawing too. */
export function markOf(digest: string): MarkFeatures {
  const hex = digest.slice(digest.indexOf(':') + 1);
  const byte = (i: number): number => {
    const value = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
    return Number.isNaN(value) ? 0 : value;
  };
  return {
    silhouette: SILHOUETTES[byte(0) & 7] ?? SILHOUETTES[0],
    cut: CUTS[byte(1) & 15] ?? CUTS[15],
    hue: HUES[(byte(2) * 256 + byte(3)) % 12] ?? HUES[0],
  };
}
