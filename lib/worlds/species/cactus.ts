import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { pick } from "@/lib/worlds/paint/colour.ts";
import { path, union } from "@/lib/worlds/paint/combine.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, disc, ellipse, type Point, type Shape } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";

const common = {
  habitats: ["dryland", "dryland", "meadow", "stone", "haze"],
  upright: true,
  base: ["leaf", "green", "teal", "sage"],
  mark: ["cream", "umber", "pine", "lime"],
} as const;

type ColumnTrait = "height" | "width" | "arms";

function drawColumn(brush: Brush, { traits, coat, random }: Specimen<ColumnTrait>): void {
  const { height, width } = traits;
  const arms = Math.round(traits.arms);
  const top = 0.95 - height;
  const parts: Shape[] = [capsule([0, 1], [0, top + width], { width: width, to: width * 0.92 })];
  for (let i = 0; i < arms; i++) {
    const side = i % 2 === 0 ? 1 : -1;
    const y = 0.95 - height * random.between(0.3, 0.6);
    const out = side * (width + random.between(0.2, 0.34));
    const bend: readonly Point[] = [[0, y], [out, y - 0.05], [out, y - random.between(0.3, 0.55)]];
    parts.push(path(bend, { width: width * 0.55 }));
  }
  paint(brush, union(parts, { soft: 0.05 }), { fill: coat.patterned, shade: 0.45, rim: 0.45 });
  if (random.uniform() < 0.4) {
    const bloom = solid(pick(["pink", "yellow", "white"], random));
    for (const x of [-0.08, 0.05]) paint(brush, disc([x, top], 0.07), { fill: bloom });
  }
}

/** Column cacti. */
export const columnCacti = membersOf<ColumnTrait>({
  ...common,
  name: "column cactus",
  draw: drawColumn,
  genera: {
    saguaro: {
      traits: { height: 1.75, width: 0.15, arms: 3 },
      species: { ribbed: ["banded", 0.3], spotted: ["spotted", 0.6], banded: ["lined"] },
    },
    "barrel cactus": {
      traits: { height: 1.05, width: 0.44, arms: 0.1 },
      species: { ribbed: ["banded", 0.45], speckled: ["speckled"], netted: ["netted"] },
    },
  },
});

type PaddleTrait = "pads" | "width" | "height";

function drawPaddle(brush: Brush, { traits, coat, random }: Specimen<PaddleTrait>): void {
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
      const bloom = solid(pick(["crimson", "pink", "yellow"], random));
      paint(brush, disc([side * width * 1.5, second - height], 0.09), { fill: bloom });
    }
  }
  pad([0, second - height * 0.8], random.between(-0.04, 0.04));
  pad(low, random.between(-0.02, 0.02));
}

/** Paddle cacti. */
export const paddleCacti = membersOf<PaddleTrait>({
  ...common,
  name: "paddle cactus",
  draw: drawPaddle,
  genera: {
    "prickly pear": {
      traits: { pads: 3, width: 0.25, height: 0.36 },
      species: { spotted: ["spotted", 0.6], netted: ["netted", 0.6], striped: ["striped"] },
    },
    beavertail: {
      traits: { pads: 2, width: 0.38, height: 0.42 },
      species: { speckled: ["speckled"], plain: ["plain"], ringed: ["ringed", 0.8] },
    },
  },
});
