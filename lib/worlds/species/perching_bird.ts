import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { colours, pick } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, disc, ellipse, polygon } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { branch, eye } from "@/lib/worlds/species/parts.ts";

type PerchingTrait = "head" | "beak" | "tail" | "crest" | "bulk";

function drawPerching(brush: Brush, { traits, coat, random }: Specimen<PerchingTrait>): void {
  const { head, beak, tail, crest, bulk } = traits;
  const beakFill = solid(pick(["gold", "charcoal", "rust"], random));
  const legs = solid(pick(["umber", "rust", "charcoal"], random));
  branch(brush, random, { y: 0.7 });
  paint(brush, polygon([[-0.2, -0.02], [-0.3, 0.3], [-0.42 - tail, 0.62], [-0.5 - tail, 0.44]]), {
    fill: coat.marked,
  });
  for (const x of [0.02, 0.18]) {
    paint(brush, capsule([x, 0.35], [x + 0.04, 0.68], { width: 0.028 }), { fill: legs });
  }
  if (crest > 0.05) {
    const plume = polygon([[0.26, -0.55], [0.5, -0.66], [0.2 - crest * 0.3, -0.6 - crest]]);
    paint(brush, plume, { fill: coat.marked });
  }
  paint(
    brush,
    polygon([[0.42, -0.5], [0.42, -0.3], [0.52 + head * 0.5 + beak, -0.34]], { round: 0.02 }),
    { fill: beakFill },
  );
  const body = union([
    ellipse([0, 0.08], [0.46, bulk], { angle: -0.08 }),
    disc([0.38, -0.42], head),
    capsule([0.2, -0.1], [0.36, -0.36], { width: bulk * 0.7, to: head * 0.8 }),
  ], { soft: 0.15 });
  paint(brush, body, { fill: coat.patterned, shade: 0.4 });
  const wing = union([
    ellipse([-0.06, 0.08], [0.34, 0.17], { angle: 0.05 }),
    capsule([-0.1, 0.14], [-0.52, 0.32], { width: 0.11, to: 0.03 }),
  ], { soft: 0.1 });
  paint(brush, wing, { fill: coat.marked, rim: 0.45 });
  eye(brush, [0.45, -0.46], { size: 0.06, iris: colours.white });
}

/** Small birds on a branch. */
export const perchingBirds = membersOf<PerchingTrait>({
  name: "perching bird",
  habitats: ["foliage", "sky", "haze", "foliage", "snowfield"],
  upright: true,
  draw: drawPerching,
  base: ["tan", "yellow", "silver", "azure", "cream"],
  mark: ["black", "red", "navy", "brown"],
  genera: {
    finch: {
      traits: { head: 0.25, beak: 0.18, tail: 0.25, crest: 0.001, bulk: 0.34 },
      species: { hooded: ["hooded"], speckled: ["speckled"], lined: ["lined", 0.8] },
    },
    "crested jay": {
      traits: { head: 0.2, beak: 0.3, tail: 0.56, crest: 0.36, bulk: 0.25 },
      species: { plain: ["plain"], banded: ["banded", 0.6], chequered: ["chequered", 0.7] },
    },
  },
});
