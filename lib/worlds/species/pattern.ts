import { clamp, length } from "@/lib/worlds/paint/math.ts";
import type { Field } from "@/lib/worlds/paint/noise.ts";
import { checks, net, patches, slope, spots, stripes } from "@/lib/worlds/paint/texture.ts";

type Pattern = (options: { size: number; seed: number }) => Field;

/** The name of a pattern in `patterns`. */
export type PatternName = keyof typeof patterns;

/**
 * What markings there are: 1 where the mark is and 0 where the base shows, on a body about two units long that looks
 * along x. `size` is the pattern's coarseness, 1 the usual one.
 */
export const patterns = {
  plain: () => () => 0,
  banded: ({ size, seed }) => stripes({ period: 0.36 * size, share: 0.45, wobble: 0.5, seed }),
  striped: ({ size, seed }) =>
    stripes({ period: 0.24 * size, share: 0.42, angle: 0.125, wobble: 0.4, seed }),
  lined: ({ size, seed }) =>
    stripes({ period: 0.26 * size, share: 0.42, angle: 0.25, wobble: 0.2, seed }),
  zigzag: ({ size }) => zigzags(0.28 * size),
  dashed: ({ size, seed }) => dashes(0.26 * size, seed),
  spotted: ({ size, seed }) => spots({ period: 0.24 * size, radius: 0.3, seed }),
  ringed: ({ size, seed }) => spots({ period: 0.34 * size, radius: 0.4, hole: 0.5, seed }),
  speckled: ({ size, seed }) => spots({ period: 0.12 * size, radius: 0.26, missing: 0.35, seed }),
  patched: ({ size, seed }) => patches({ period: 0.45 * size, share: 0.42, seed }),
  netted: ({ size, seed }) => net({ period: 0.28 * size, line: 0.18, seed }),
  chequered: ({ size }) => checks({ side: 0.16 * size, angle: 0.125 }),
  scaly: ({ size }) => scales(0.22 * size),
  belted: ({ size }) => (x) => clamp((0.15 * size - Math.abs(x)) / 0.04 + 0.5),
  pied: ({ size }) => slope({ from: -0.02 * size, to: 0.02 * size, angle: 0.375 }), // dark behind and below
  saddled: ({ size }) => slope({ from: 0.1, to: -0.05 * size }), // dark above, pale below
  hooded: () => slope({ from: 0.1, to: 0.18, angle: 0.02 }), // dark in front
  tailed: () => slope({ from: -0.1, to: -0.2, angle: 0.02 }), // dark behind
  tipped: ({ size }) => slope({ from: 0.46 * size, to: 0.52 * size, angle: 0 }), // of petals and wings
} as const satisfies Record<string, Pattern>;

function zigzags(period: number): Field {
  const lines = stripes({ period, share: 0.42, angle: 0.25 });
  return (x, y) => {
    const u = x / period;
    return lines(x, y + period * Math.abs(u - Math.floor(u) - 0.5));
  };
}

function dashes(period: number, seed: number): Field {
  const rows = stripes({ period: period * 0.8, share: 0.5, angle: 0.25, wobble: 0.3, seed });
  const breaks = stripes({ period: period * 1.5, share: 0.6, wobble: 0.3, seed: seed + 1 });
  return (x, y) => Math.min(rows(x, y), breaks(x, y));
}

/** Overlapping rows of round scales, the mark on their edges. */
function scales(period: number): Field {
  return (x, y) => {
    const v = y / period, row = Math.floor(v);
    const u = x / period + (row % 2 === 0 ? 0 : 0.5);
    return clamp((length(u - Math.floor(u) - 0.5, 0.6 * (v - row)) - 0.44) / 0.12 + 0.5);
  };
}
