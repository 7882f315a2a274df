import type { Random } from "@/lib/base/random.ts";
import { seedFrom } from "@/lib/worlds/grounds/habitat.ts";
import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { between, type ColourName, colours, lit, pick } from "@/lib/worlds/paint/colour.ts";
import { blend, over, rough } from "@/lib/worlds/paint/fill.ts";
import { clamp } from "@/lib/worlds/paint/math.ts";
import { cellHash, noise } from "@/lib/worlds/paint/noise.ts";
import type { Shape } from "@/lib/worlds/paint/shape.ts";
import { stripes } from "@/lib/worlds/paint/texture.ts";

/** The outline against the sky, as heights in [0, 1] along x. */
type Outline = (seed: number) => (x: number) => number;

const outlines = {
  peaks: (seed) => {
    const coarse = noise({ seed, cell: 0.3 }), fine = noise({ seed: seed + 1, cell: 0.07 });
    return (x) => 1 - 1.7 * Math.abs(coarse(x, 0) - 0.5) - 0.35 * Math.abs(fine(x, 0) - 0.5);
  },
  hills: (seed) => {
    const ground = noise({ seed, cell: 0.45, octaves: 2 });
    return (x) => ground(x, 0);
  },
  mesas: (seed) => {
    const ground = noise({ seed, cell: 0.22 }), edge = noise({ seed: seed + 1, cell: 0.05 });
    return (x) => 0.15 + 0.8 * clamp((ground(x, 0) - 0.45) * 14) + 0.06 * edge(x, 0);
  },
  treetops: (seed) => {
    const ground = noise({ seed, cell: 0.06, octaves: 3 });
    return (x) => 0.55 + 0.45 * ground(x, 0);
  },
  roofs: (seed) => (x) => {
    const column = Math.floor(x * 9);
    const tall = 0.3 + 0.7 * cellHash(column, 0, { seed });
    const gable = cellHash(column, 1, { seed }) < 0.5
      ? 0.12 * (1 - Math.abs((x * 9 - column) * 2 - 1))
      : 0;
    return tall + gable;
  },
} as const satisfies Record<string, Outline>;

/** A line of land, trees or roofs across the picture. */
export interface Ridge {
  readonly outline: keyof typeof outlines;
  /** How high it rises above its foot, as a share of the picture. */
  readonly height: number;
  readonly colours: readonly ColourName[];
  readonly snow?: boolean;
  readonly strata?: boolean;
}

/** Paints a ridge whose foot is at `base`; the farther away, the paler. */
export function paintRidge(
  brush: Brush,
  random: Random,
  { ridge, base, haze }: { ridge: Ridge; base: number; haze: number },
): void {
  const seed = seedFrom(random), height = ridge.height * random.between(0.75, 1.25);
  const outline = outlines[ridge.outline](seed);
  const land: Shape = {
    bounds: [-0.1, base - height * 1.2, 1.1, base + 0.02],
    distance: (x, y) => Math.max((base - height * outline(x) - y) * 0.6, y - base - 0.01),
  };
  const colour = between(pick(ridge.colours, random), colours.sky, { share: haze });
  const slopes = noise({ seed: seed + 2, cell: 0.08, octaves: 2 });
  let fill = rough(
    blend(lit(colour, 0.8), lit(colour, 1.15), { by: (x, y) => slopes(x + y * 0.6, y * 0.4) }),
    {
      seed: seed + 3,
      cell: 0.03,
      strength: ridge.outline === "treetops" ? 0.5 : 0.15,
    },
  );
  if (ridge.strata) {
    const bands = stripes({ period: 0.05, angle: 0.25, wobble: 0.6, seed });
    fill = over(fill, lit(colour, 0.6), { by: (x, y) => 0.6 * bands(x, y) });
  }
  if (ridge.snow) {
    const line = base - height * random.between(0.45, 0.7);
    fill = over(fill, colours.white, {
      by: (x, y) => clamp((line - y) * 18 + (slopes(x, y) - 0.5) * 4),
    });
  }
  paint(brush, land, { fill, shade: 0.1, rim: 0.1 });
}
