import { type Brush, paint } from "@/lib/data/worlds/paint/brush.ts";
import { pick } from "@/lib/data/worlds/paint/colour.ts";
import { union } from "@/lib/data/worlds/paint/combine.ts";
import { solid } from "@/lib/data/worlds/paint/fill.ts";
import { capsule, disc, ellipse, type Point, type Shape } from "@/lib/data/worlds/paint/shape.ts";
import type { Family, Specimen } from "@/lib/data/worlds/species/family.ts";

interface ColumnTraits extends Readonly<Record<string, number>> {
  readonly height: number;
  readonly width: number;
  readonly arms: number;
}

function drawColumn(brush: Brush, { traits, coat, random }: Specimen<ColumnTraits>): void {
  const { height, width } = traits;
  const arms = Math.round(traits.arms);
  const top = 0.95 - height;
  const parts: Shape[] = [capsule([0, 1], [0, top + width], { width: width, to: width * 0.92 })];
  for (let i = 0; i < arms; i++) {
    const side = i % 2 === 0 ? 1 : -1;
    const y = 0.95 - height * random.between(0.3, 0.6),
      out = side * (width + random.between(0.2, 0.34));
    parts.push(capsule([0, y], [out, y - 0.05], { width: width * 0.55 }));
    parts.push(
      capsule([out, y - 0.05], [out, y - random.between(0.3, 0.55)], { width: width * 0.55 }),
    );
  }
  paint(brush, union(parts, { soft: 0.05 }), { fill: coat.patterned, shade: 0.45, rim: 0.45 });
  if (random.uniform() < 0.4) {
    const bloom = solid(pick(["pink", "yellow", "white"], random));
    for (const x of [-0.08, 0.05]) paint(brush, disc([x, top], 0.07), { fill: bloom });
  }
}

/** Column cacti. */
export const columnCacti: Family<ColumnTraits> = {
  name: "column cactus",
  class: "cactus",
  kingdom: "plant",
  habitats: ["dryland", "dryland", "meadow", "stone", "haze"],
  upright: true,
  draw: drawColumn,
  genera: [
    {
      name: "saguaro",
      traits: { height: 1.75, width: 0.15, arms: 3 },
      species: {
        ribbed: {
          pattern: "banded",
          base: ["leaf", "green", "olive", "sage"],
          mark: ["pine", "umber", "lime"],
          size: 0.3,
        },
        spotted: {
          pattern: "spotted",
          base: ["leaf", "green", "olive", "sage"],
          mark: ["cream", "umber", "lime"],
          size: 0.6,
        },
      },
    },
    {
      name: "barrel cactus",
      traits: { height: 1.05, width: 0.44, arms: 0.1 },
      species: {
        ribbed: {
          pattern: "banded",
          base: ["leaf", "green", "olive", "sage"],
          mark: ["pine", "umber", "lime"],
          size: 0.45,
        },
        speckled: {
          pattern: "speckled",
          base: ["leaf", "green", "olive", "sage"],
          mark: ["cream", "umber", "lime"],
        },
      },
    },
  ],
};

interface PaddleTraits extends Readonly<Record<string, number>> {
  readonly pads: number;
  readonly width: number;
  readonly height: number;
}

function drawPaddle(brush: Brush, { traits, coat, random }: Specimen<PaddleTraits>): void {
  const { width, height } = traits;
  const pad = ([x, y]: Point, angle: number) =>
    paint(brush, ellipse([x, y], [width, height], { angle }), {
      fill: coat.patterned,
      rim: 0.55,
      shade: 0.3,
    });
  const tiers = Math.round(traits.pads);
  const low: Point = [0, 0.95 - height];
  const second = low[1] - height * 1.5;
  for (const side of [-1, 1]) {
    const tilt = side * random.between(0.05, 0.11);
    if (tiers > 2) pad([side * width * 2.1, second - height * 0.95], tilt * 0.5);
    pad([side * width * 1.15, second], tilt);
    if (random.uniform() < 0.5) {
      paint(brush, disc([side * width * 1.5, second - height], 0.09), {
        fill: solid(pick(["crimson", "pink", "yellow"], random)),
      });
    }
  }
  pad([0, second - height * 0.8], random.between(-0.04, 0.04));
  pad(low, random.between(-0.02, 0.02));
}

/** Paddle cacti. */
export const paddleCacti: Family<PaddleTraits> = {
  name: "paddle cactus",
  class: "cactus",
  kingdom: "plant",
  habitats: ["dryland", "dryland", "meadow", "stone", "haze"],
  upright: true,
  draw: drawPaddle,
  genera: [
    {
      name: "prickly pear",
      traits: { pads: 3, width: 0.25, height: 0.36 },
      species: {
        spotted: {
          pattern: "spotted",
          base: ["leaf", "green", "teal", "sage"],
          mark: ["cream", "umber", "pine"],
          size: 0.6,
        },
        netted: {
          pattern: "netted",
          base: ["leaf", "green", "teal", "sage"],
          mark: ["cream", "umber", "pine"],
          size: 0.6,
        },
      },
    },
    {
      name: "beavertail",
      traits: { pads: 2, width: 0.38, height: 0.42 },
      species: {
        speckled: {
          pattern: "speckled",
          base: ["leaf", "green", "teal", "sage"],
          mark: ["cream", "umber", "pine"],
        },
        plain: {
          pattern: "plain",
          base: ["leaf", "green", "teal", "sage"],
          mark: ["cream", "umber", "pine"],
        },
      },
    },
  ],
};
