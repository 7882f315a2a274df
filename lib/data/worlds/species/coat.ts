import type { Random } from "@/lib/base/random.ts";
import { seedFrom } from "@/lib/data/worlds/grounds/habitat.ts";
import { type Colour, type ColourName, pick } from "@/lib/data/worlds/paint/colour.ts";
import { blend, type Fill, mottled, rough } from "@/lib/data/worlds/paint/fill.ts";
import type { Field } from "@/lib/data/worlds/paint/noise.ts";
import { net, patches, slope, spots, stripes } from "@/lib/data/worlds/paint/texture.ts";

type Pattern = (options: { size: number; seed: number }) => Field;

/** What markings there are, on a body about two units long that looks along x. */
const patterns = {
  plain: () => () => 0,
  banded: ({ size, seed }) => stripes({ period: 0.36 * size, share: 0.45, wobble: 0.5, seed }),
  striped: ({ size, seed }) =>
    stripes({ period: 0.24 * size, share: 0.42, angle: 0.25, wobble: 0.4, seed }),
  spotted: ({ size, seed }) => spots({ period: 0.24 * size, radius: 0.3, seed }),
  ringed: ({ size, seed }) => spots({ period: 0.34 * size, radius: 0.4, hole: 0.5, seed }),
  patched: ({ size, seed }) => patches({ period: 0.45 * size, share: 0.42, seed }),
  netted: ({ size, seed }) => net({ period: 0.28 * size, line: 0.18, seed }),
  speckled: ({ size, seed }) => spots({ period: 0.12 * size, radius: 0.26, missing: 0.35, seed }),
  saddled: ({ size }) => slope({ from: 0.1, to: -0.05 * size }), // dark above, pale below
  hooded: ({ size }) => slope({ from: 0.1, to: 0.18, angle: 0.02 * size }), // dark in front
  tailed: ({ size }) => slope({ from: -0.1, to: -0.2, angle: 0.02 * size }), // dark behind
} as const satisfies Record<string, Pattern>;

/** How a species is coloured: a pattern, and the colours among which an individual's two are drawn. */
export interface Marking {
  readonly pattern: keyof typeof patterns;
  readonly base: readonly ColourName[];
  readonly mark: readonly ColourName[];
  /** The pattern's coarseness, 1 the usual one. */
  readonly size?: number;
}

/** The colours of one individual. */
export interface Coat {
  readonly base: Colour;
  readonly mark: Colour;
  /** The base colour with the pattern on it. */
  readonly patterned: Fill;
  readonly plain: Fill;
  readonly marked: Fill;
}

/** Draws an individual's coat. */
export function coatOf({ pattern, base, mark, size = 1 }: Marking, random: Random): Coat {
  const one = pick(base, random), other = pick(mark, random);
  const seed = seedFrom(random);
  const field = patterns[pattern]({ size: size * random.between(0.85, 1.15), seed });
  return {
    base: one,
    mark: other,
    patterned: rough(blend(one, other, { by: field }), { seed: seed + 1, strength: 0.15 }),
    plain: mottled(one, { seed: seed + 2, strength: 0.12 }),
    marked: mottled(other, { seed: seed + 3, strength: 0.12 }),
  };
}
