import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { pick } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { mottled, solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, ellipse, type Point, polygon } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { limb } from "@/lib/worlds/species/parts.ts";

type TulipTrait = "height" | "width" | "flare" | "leaf";

function drawTulip(brush: Brush, { traits, coat, random }: Specimen<TulipTrait>): void {
  const { height, width, flare, leaf } = traits;
  const green = pick(["leaf", "green", "olive", "sage"], random);
  const lean = random.between(-0.2, 0.2);
  limb(brush, [[0, 0], [lean * 0.3, 0.5], [lean, 1.3]], { width: 0.05, fill: solid(green) });
  for (const side of [-1, 1]) {
    const tip: Point = [lean + side * leaf, 0.25];
    limb(brush, [[lean, 1.2], [lean + side * leaf * 0.5, 0.8], tip], {
      width: 0.12,
      to: 0.015,
      fill: mottled(green, { seed: 4 }),
      rim: 0.4,
    });
  }
  for (const side of [-1, 1]) {
    const petal = union([
      ellipse([side * width * 0.5, 0.05 - height * 0.4], [width * 0.5, height * 0.5], {
        angle: side * 0.03,
      }),
      capsule([side * width * 0.7, -height * 0.5], [side * (width * 0.8 + flare), -height * 0.95], {
        width: width * 0.28,
        to: 0.02,
      }),
    ], { soft: 0.1 });
    paint(brush, petal, { fill: coat.marked, rim: 0.5 });
  }
  const front = polygon([
    [-width * 0.55, -0.02],
    [-width * 0.5, -height * 0.5],
    [0, -height * 1.02],
    [width * 0.5, -height * 0.5],
    [width * 0.55, -0.02],
    [0, 0.1],
  ], { round: 0.08 });
  paint(brush, front, { fill: coat.patterned, rim: 0.5, shade: 0.35 });
}

/** Cup-shaped flowers. */
export const tulips = membersOf<TulipTrait>({
  name: "tulip family",
  habitats: ["foliage", "meadow", "haze", "foliage", "litter"],
  upright: true,
  draw: drawTulip,
  base: ["white", "yellow", "pink", "cream"],
  mark: ["crimson", "violet", "orange", "mauve"],
  genera: {
    tulip: {
      traits: { height: 0.75, width: 0.5, flare: 0.02, leaf: 0.5 },
      species: { plain: ["plain"], flamed: ["banded", 0.8], speckled: ["speckled"] },
    },
    fritillary: {
      traits: { height: 0.55, width: 0.34, flare: 0.36, leaf: 0.85 },
      species: {
        chequered: ["chequered", 0.8],
        tipped: ["saddled", 14],
        spotted: ["spotted", 0.7],
      },
    },
  },
});
