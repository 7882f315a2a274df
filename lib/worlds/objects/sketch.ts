import type { Random } from "@/lib/base/random.ts";
import { seedFrom } from "@/lib/worlds/grounds/habitat.ts";
import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { type ColourName, colours, lit, pick, vary } from "@/lib/worlds/paint/colour.ts";
import { blend, type Fill, mottled, over, solid } from "@/lib/worlds/paint/fill.ts";
import { noise } from "@/lib/worlds/paint/noise.ts";
import type { Shape } from "@/lib/worlds/paint/shape.ts";
import { checks, slope, spots, stripes } from "@/lib/worlds/paint/texture.ts";

/** What a part is made of. `main`, `second` and `cloth` differ from one object to the next; the rest is what it says. */
export type Material =
  | "main"
  | "second"
  | "cloth"
  | "dim"
  | "black"
  | "dark"
  | "white"
  | "metal"
  | "brass"
  | "glass"
  | "wood"
  | "rope"
  | "yellow"
  | "orange";

/** A shape in object units, and what it is made of. */
export type Part = readonly [Shape, Material];

const anyColour: readonly ColourName[] = [
  ...["red", "crimson", "orange", "gold", "lime", "green", "teal", "azure", "blue"] as const,
  ...[
    "violet",
    "pink",
    "cream",
    "white",
    "silver",
    "grey",
    "charcoal",
    "tan",
    "brown",
    "sage",
  ] as const,
];

/** Cloth and paint: plain more often than not, else striped, checked or dotted. */
function decorated(random: Random): Fill {
  const base = pick(anyColour, random), other = pick(anyColour, random);
  const size = random.between(0.1, 0.25);
  const kind = random.integer(7);
  if (kind === 0) return blend(base, other, { by: stripes({ period: size, angle: 0.25 }) });
  if (kind === 1) return blend(base, other, { by: stripes({ period: size }) });
  if (kind === 2) return blend(base, other, { by: checks({ side: size }) });
  if (kind === 3) {
    return blend(base, other, { by: spots({ period: size, seed: seedFrom(random) }) });
  }
  return mottled(base, { seed: seedFrom(random), strength: 0.12 });
}

function materials(random: Random): Record<Material, Fill> {
  const main = pick(anyColour, random);
  const wood = pick(["brown", "tan", "umber", "rust", "cream"], random);
  const metal = pick(["silver", "grey", "stone"], random);
  const grain = noise({ seed: seedFrom(random), cell: 0.08, octaves: 2, stretch: 6 });
  const glass = vary([0.45, 0.6, 0.7], random);
  const plain = mottled(main, { seed: seedFrom(random), cell: 0.4, strength: 0.1 });
  const trimmed = random.uniform() < 0.3;
  const band = stripes({ period: 3, share: 0.06, angle: 0.25 });
  return {
    main: trimmed ? over(plain, pick(anyColour, random), { by: band }) : plain,
    second: solid(pick(anyColour, random)),
    cloth: decorated(random),
    dim: solid(lit(main, 0.62)),
    black: solid(colours.black),
    dark: solid(vary(colours.charcoal, random)),
    white: solid(vary(colours.white, random)),
    metal: blend(lit(metal, 0.75), lit(metal, 1.2), {
      by: slope({ from: -0.8, to: 0.8, angle: 0.15 }),
    }),
    brass: blend(lit(colours.gold, 0.7), colours.yellow, {
      by: slope({ from: -0.6, to: 0.6, angle: 0.2 }),
    }),
    glass: blend(lit(glass, 1.3), lit(glass, 0.7), {
      by: slope({ from: -0.6, to: 0.6, angle: 0.15 }),
    }),
    wood: blend(lit(wood, 0.75), lit(wood, 1.2), { by: grain }),
    rope: solid(colours.tan),
    yellow: solid(vary(colours.yellow, random)),
    orange: mottled(vary(colours.orange, random), { seed: seedFrom(random), cell: 0.05 }),
  };
}

/** Paints parts one over the other, in materials drawn anew. */
export function sketch(
  brush: Brush,
  random: Random,
  { parts }: { parts: readonly Part[] },
): void {
  const made = materials(random);
  for (const [shape, material] of parts) paint(brush, shape, { fill: made[material], rim: 0.4 });
}
