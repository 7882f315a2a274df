import type { Random } from "@/lib/base/random.ts";
import { type Ground, type Habitat, habitats, seedFrom } from "@/lib/worlds/grounds/habitat.ts";
import { type Brush, paint, wash } from "@/lib/worlds/paint/brush.ts";
import { type ColourName, lit, pick } from "@/lib/worlds/paint/colour.ts";
import { blend, type Fill, mottled, rough, solid } from "@/lib/worlds/paint/fill.ts";
import { noise } from "@/lib/worlds/paint/noise.ts";
import { box, ellipse } from "@/lib/worlds/paint/shape.ts";
import { bricks, checks, slope, spots, stripes } from "@/lib/worlds/paint/texture.ts";

/** Colours of walls, floors and cloths. */
const wallColours: readonly ColourName[] = [
  ...["cream", "silver", "white", "sage", "sky", "stone", "tan", "mauve", "slate", "pink"] as const,
];
const floorColours: readonly ColourName[] = [
  "brown",
  "tan",
  "grey",
  "stone",
  "slate",
  "umber",
  "cream",
];

/** A wall's paint or paper; units are the canvas. */
export function wallFill(random: Random): Fill {
  const base = pick(wallColours, random), other = lit(base, random.between(0.75, 0.95));
  const size = random.between(0.06, 0.16), kind = random.integer(6);
  if (kind === 0) return blend(base, other, { by: stripes({ period: size }) });
  if (kind === 1) {
    return blend(base, other, { by: spots({ period: size, seed: seedFrom(random) }) });
  }
  if (kind === 2) {
    return blend(other, base, { by: bricks({ width: size * 1.6, height: size * 0.7 }) });
  }
  return mottled(base, { seed: seedFrom(random), cell: 0.5, strength: 0.1 });
}

/** Boards, tiles, carpet or plain; units are the canvas. */
export function floorFill(random: Random): Fill {
  const base = pick(floorColours, random), other = lit(base, 0.75);
  const kind = random.integer(4);
  if (kind === 0) {
    return blend(other, base, { by: bricks({ width: 0.5, height: 0.07, joint: 0.15 }) });
  }
  if (kind === 1) return blend(base, other, { by: checks({ side: 0.09 }) });
  return rough(solid(base), { seed: seedFrom(random), cell: 0.08, strength: 0.3 });
}

function tabletop(brush: Brush, random: Random): void {
  wash(brush, wallFill(random));
  const y = random.between(0.45, 0.75);
  paint(brush, box([0.5, 0.5 + y / 2], [0.7, 0.5 - y / 2]), {
    fill: floorFill(random),
    rim: 0,
    shade: 0.15,
  });
}

function cloth(brush: Brush, random: Random): void {
  const base = pick([...wallColours, "red", "blue", "green", "charcoal"], random);
  const other = pick(wallColours, random), size = random.between(0.05, 0.2);
  const kinds = [
    stripes({ period: size, angle: random.uniform(), wobble: 0.3, seed: seedFrom(random) }),
    checks({ side: size, angle: random.uniform() }),
    spots({ period: size, seed: seedFrom(random) }),
    noise({ seed: seedFrom(random), cell: size * 2, octaves: 3 }),
  ];
  const fill = blend(base, other, { by: kinds[random.integer(kinds.length)]! });
  wash(brush, rough(fill, { seed: seedFrom(random), cell: 0.4, strength: 0.25 }));
}

function studio(brush: Brush, random: Random): void {
  const base = pick([...wallColours, "charcoal", "teal", "rust", "navy"], random);
  wash(
    brush,
    blend(lit(base, 1.15), lit(base, 0.7), {
      by: slope({ from: 0, to: 1, angle: random.uniform() }),
    }),
  );
  if (random.uniform() < 0.5) {
    const glow = ellipse([random.uniform(), random.uniform()], [0.4, 0.3]);
    paint(brush, glow, { fill: solid(lit(base, 1.3)), soft: 0.3, shade: 0, rim: 0 });
  }
}

function outdoors(brush: Brush, random: Random): void {
  const names: readonly Habitat[] = [
    "meadow",
    "dryland",
    "foliage",
    "haze",
    "stone",
    "sky",
    "surface",
    "litter",
  ];
  habitats[names[random.integer(names.length)]!](brush, random);
}

const indoors: readonly Ground[] = [tabletop, tabletop, cloth, studio];

/**
 * Paints a background before which an object may be found; `outside` is the share of those that are out of doors, which
 * says something of what kind of object it is, as it does in photographs, and nothing of which.
 */
export function backdrop(
  brush: Brush,
  random: Random,
  { outside }: { outside: number },
): void {
  if (random.uniform() < outside) outdoors(brush, random);
  else indoors[random.integer(indoors.length)]!(brush, random);
}
