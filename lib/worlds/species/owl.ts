import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { colours, lit, pick } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, ellipse, polygon } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { branch, eye, mirrored } from "@/lib/worlds/species/parts.ts";

type OwlTrait = "bulk" | "head" | "tuft" | "face" | "eye";

/** From the front, on a branch. */
function drawOwl(brush: Brush, { traits, coat, random }: Specimen<OwlTrait>): void {
  const { bulk, head, tuft, face } = traits;
  const top = -0.42, turn = random.between(-0.08, 0.08);
  paint(brush, polygon([[-0.16, 0.6], [0.16, 0.6], [0.12, 0.98], [-0.12, 0.98]]), {
    fill: coat.marked,
  });
  branch(brush, random, { y: 0.78 });
  const body = union([
    ellipse([0, 0.18], [bulk, 0.62]),
    ellipse([0, top], [head, 0.34]),
    polygon([[head * 0.35, top - 0.28], [head * 0.9, top - 0.2 - tuft], [head * 0.9, top - 0.1]]),
    polygon([[-head * 0.35, top - 0.28], [-head * 0.9, top - 0.2 - tuft], [
      -head * 0.9,
      top - 0.1,
    ]]),
  ], { soft: 0.06 });
  paint(brush, body, { fill: coat.patterned, shade: 0.4 });
  const iris = pick(["gold", "orange", "umber"], random);
  const claws = solid(lit(colours.gold, 0.8));
  mirrored(brush, (half) => {
    paint(half, capsule([bulk * 0.85, -0.1], [bulk * 0.72, 0.62], { width: 0.15, to: 0.04 }), {
      fill: coat.marked,
      rim: 0.5,
    });
    paint(half, capsule([0.14, 0.72], [0.16, 0.82], { width: 0.07 }), { fill: claws });
  });
  for (const side of [-1, 1]) {
    const x = turn + side * face * 0.85;
    paint(brush, ellipse([x, top + 0.02], [face, face * 1.15], { angle: side * 0.06 }), {
      fill: solid(lit(coat.base, 1.25)),
      rim: 0.6,
    });
    eye(brush, [turn + side * face * 0.8, top - 0.02], { size: traits.eye, iris });
  }
  paint(
    brush,
    polygon([[turn - 0.05, top + 0.02], [turn + 0.05, top + 0.02], [turn, top + 0.18]]),
    {
      fill: solid(pick(["gold", "charcoal"], random)),
    },
  );
}

/** Owls on a branch. */
export const owls = membersOf<OwlTrait>({
  name: "owl",
  habitats: ["foliage", "bark", "haze", "snowfield", "sky"],
  upright: true,
  draw: drawOwl,
  base: ["cream", "tan", "silver", "rust"],
  mark: ["umber", "charcoal", "slate", "black"],
  genera: {
    "horned owl": {
      traits: { bulk: 0.5, head: 0.42, tuft: 0.34, face: 0.19, eye: 0.13 },
      species: { banded: ["lined", 0.8], speckled: ["speckled", 1.2], striped: ["striped", 0.8] },
    },
    "barn owl": {
      traits: { bulk: 0.36, head: 0.4, tuft: 0.001, face: 0.24, eye: 0.075 },
      species: { scaly: ["scaly"], plain: ["plain"], spotted: ["spotted", 0.7] },
    },
  },
});
