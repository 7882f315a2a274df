import type { Random } from "@/lib/base/random.ts";
import { type Brush, paint, wash } from "@/lib/worlds/paint/brush.ts";
import {
  between,
  type Colour,
  type ColourName,
  colours,
  lit,
  pick,
  vary,
} from "@/lib/worlds/paint/colour.ts";
import { blend, type Fill, rough, solid } from "@/lib/worlds/paint/fill.ts";
import { noise } from "@/lib/worlds/paint/noise.ts";
import { box, disc, type Point } from "@/lib/worlds/paint/shape.ts";

/** How far from the middle anything may be seen, whatever the rotation; the picture is 2 units wide. */
export const reach = 1.5;

/** Colours of grass, soil and crops, the same for every cover, so that colour says little. */
export const turf: readonly ColourName[] = [
  "leaf",
  "olive",
  "sage",
  "tan",
  "gold",
  "green",
  "lime",
  "sand",
];

/** A seed for noise. */
export function grain(random: Random): number {
  return random.integer(0x7fffffff);
}

/** Uneven ground of one colour, coarse and fine. */
export function soil(colour: Colour, random: Random, { cell = 0.5, strength = 0.3 } = {}): Fill {
  const broad = noise({ seed: grain(random), cell, octaves: 3 });
  const fill = blend(lit(colour, 1 - strength), lit(colour, 1 + strength), { by: broad });
  return rough(fill, { seed: grain(random), cell: 0.06, strength: 0.25 });
}

/** Covers everything with ground drawn from `names`. */
export function ground(brush: Brush, random: Random, { names = turf } = {}): Colour {
  const colour = pick(names, random);
  wash(brush, soil(colour, random));
  return colour;
}

/** The points of a grid with the given pitch, each moved by up to `jitter` of it. */
export function grid(
  random: Random,
  { pitch, jitter = 0, rows = pitch }: { pitch: number; jitter?: number; rows?: number },
): readonly Point[] {
  const points: Point[] = [];
  for (let y = -reach; y < reach; y += rows) {
    for (let x = -reach; x < reach; x += pitch) {
      points.push([
        x + pitch * jitter * random.between(-0.5, 0.5),
        y + rows * jitter * random.between(-0.5, 0.5),
      ]);
    }
  }
  return points;
}

/** Tree crowns from above, each with its shadow. */
export function crowns(
  brush: Brush,
  random: Random,
  { at, radius, colour, spread = 0.3, pointed = false }: {
    at: readonly Point[];
    radius: number;
    colour: Colour;
    spread?: number;
    pointed?: boolean;
  },
): void {
  const [lx, ly] = brush.canvas.light;
  const far = pointed ? 1.1 : 0.5;
  for (const [x, y] of at) {
    const size = radius * random.between(1 - spread, 1 + spread);
    paint(brush, disc([x + lx * size * far, y + ly * size * far], size), {
      fill: solid(colours.black),
      opacity: 0.45,
      shade: 0,
      rim: 0,
    });
    const leaf = vary(colour, random);
    paint(brush, disc([x, y], size), { fill: solid(leaf), shade: 0.5, rim: 0.4 });
    const top = disc([x - lx * size * 0.25, y - ly * size * 0.25], size * (pointed ? 0.3 : 0.5));
    paint(brush, top, {
      fill: solid(lit(leaf, pointed ? 1.5 : 1.2)),
      soft: size * 0.4,
      shade: 0,
      rim: 0,
    });
  }
}

/** A flat roof or a pair of slopes from above, with the shadow that the building throws. */
export function roof(
  brush: Brush,
  random: Random,
  { at: [x, y], half: [hx, hy], colour, tall, ridged }: {
    at: Point;
    half: Point;
    colour: Colour;
    tall: number;
    ridged: boolean;
  },
): void {
  const [lx, ly] = brush.canvas.light;
  paint(brush, box([x + lx * tall, y + ly * tall], [hx, hy]), {
    fill: solid(colours.black),
    opacity: 0.5,
    shade: 0,
    rim: 0,
  });
  paint(brush, box([x, y], [hx, hy]), { fill: solid(colour), shade: 0.08, rim: 0.2 });
  if (ridged) {
    const along = hx >= hy;
    const slope = along ? box([x, y + hy / 2], [hx, hy / 2]) : box([x + hx / 2, y], [hx / 2, hy]);
    paint(brush, slope, { fill: solid(lit(colour, 0.68)), shade: 0, rim: 0 });
  } else if (random.uniform() < 0.6) {
    const plant = box([x + hx * random.between(-0.4, 0.4), y + hy * random.between(-0.4, 0.4)], [
      hx * 0.22,
      hy * 0.22,
    ]);
    paint(brush, plant, { fill: solid(between(colour, colours.charcoal)), rim: 0 });
  }
}

/** A straight road through a point, along x or y, with or without its middle line. */
export function road(
  brush: Brush,
  { at, half, along, line = true, tone = colours.grey }: {
    at: number;
    half: number;
    along: "x" | "y";
    line?: boolean;
    tone?: Colour;
  },
): void {
  const strip = (width: number) =>
    along === "x" ? box([0, at], [2 * reach, width]) : box([at, 0], [width, 2 * reach]);
  paint(brush, strip(half), { fill: solid(tone), shade: 0, rim: 0.1 });
  if (line) {
    paint(brush, strip(half * 0.06 + 0.004), {
      fill: solid(colours.white),
      shade: 0,
      rim: 0,
      opacity: 0.7,
    });
  }
}

/** Colours of cars and wagons. */
export const carColours: readonly ColourName[] = [
  "white",
  "red",
  "blue",
  "charcoal",
  "silver",
  "gold",
];

/** Colours of road surfaces. */
export const asphalt: readonly ColourName[] = ["grey", "charcoal", "slate", "stone"];

/** Colours of pitched roofs. */
export const tiles: readonly ColourName[] = [
  "brick",
  "rust",
  "slate",
  "charcoal",
  "brown",
  "stone",
];

/** A car or lorry from above, along y. */
export function vehicle(
  brush: Brush,
  random: Random,
  { x, y, length }: { x: number; y: number; length: number },
): void {
  paint(brush, box([x, y], [length * 0.45, length], { round: length * 0.2 }), {
    fill: solid(pick(carColours, random)),
    rim: 0.2,
  });
}
