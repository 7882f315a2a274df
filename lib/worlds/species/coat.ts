import type { Random } from "@/lib/base/random.ts";
import { seedFrom } from "@/lib/worlds/grounds/habitat.ts";
import {
  between,
  type Colour,
  type ColourName,
  colours,
  lit,
  pick,
} from "@/lib/worlds/paint/colour.ts";
import { blend, type Fill, mottled, rough } from "@/lib/worlds/paint/fill.ts";
import { type PatternName, patterns } from "@/lib/worlds/species/pattern.ts";

/** The colours among which an individual's two are drawn: one palette a family, so that colour names no species. */
export interface Palette {
  readonly base: readonly ColourName[];
  readonly mark: readonly ColourName[];
}

/** What tells a species from the others of its genus: a pattern and how coarse it is, 1 the usual. */
export type Marking = readonly [pattern: PatternName, size?: number];

/** The colours of one individual. */
export interface Coat {
  readonly base: Colour;
  readonly mark: Colour;
  /** The base colour with the pattern on it. */
  readonly patterned: Fill;
  readonly plain: Fill;
  readonly marked: Fill;
}

/** The mark's colour, made darker or paler where it would be lost on the base. */
function apart(mark: Colour, base: Colour): Colour {
  const gap = Math.abs(mark[0] - base[0]) + Math.abs(mark[1] - base[1]) +
    Math.abs(mark[2] - base[2]);
  if (gap > 0.6) return mark;
  const light = 0.3 * base[0] + 0.6 * base[1] + 0.1 * base[2];
  return light > 0.4 ? lit(mark, 0.4) : between(mark, colours.cream, { share: 0.65 });
}

/** Draws an individual's coat. */
export function coatOf(
  [pattern, size = 1]: Marking,
  { palette, random }: { palette: Palette; random: Random },
): Coat {
  const base = pick(palette.base, random), mark = apart(pick(palette.mark, random), base);
  const seed = seedFrom(random);
  const field = patterns[pattern]({ size: size * random.between(0.85, 1.15), seed });
  return {
    base,
    mark,
    patterned: rough(blend(base, mark, { by: field }), { seed: seed + 1, strength: 0.15 }),
    plain: mottled(base, { seed: seed + 2, strength: 0.12 }),
    marked: mottled(mark, { seed: seed + 3, strength: 0.12 }),
  };
}
