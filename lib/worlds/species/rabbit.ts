import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { colours, lit } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, disc, ellipse, type Point } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { eye } from "@/lib/worlds/species/parts.ts";

type RabbitTrait = "bulk" | "rise" | "ear" | "head" | "foot";

/** Sitting, from the side. */
function drawRabbit(brush: Brush, { traits, coat, random }: Specimen<RabbitTrait>): void {
  const { bulk, rise, ear, foot } = traits;
  const ground = 0.85, head: Point = [0.36, ground - 0.62 - rise];
  const back = random.between(0, 0.35); // how far the ears are laid back
  const earAt = (lean: number) =>
    capsule([head[0] - 0.06, head[1] - 0.12], [
      head[0] - 0.1 - ear * (back + lean),
      head[1] - 0.12 - ear,
    ], { width: 0.065, to: 0.045 });
  paint(brush, earAt(-0.2), { fill: solid(lit(coat.base, 0.6)) });
  paint(brush, disc([-0.66, ground - 0.24], 0.15), { fill: solid(colours.white) });
  const figure = union([
    ellipse([-0.2, ground - bulk], [0.5, bulk], { angle: -0.05 }),
    capsule([0.05, ground - bulk], [head[0] - 0.06, head[1] + 0.1], {
      width: bulk * 0.6,
      to: 0.15,
    }),
    ellipse(head, [traits.head * 1.2, traits.head], { angle: 0.06 }),
    capsule([0.16, ground - 0.4], [0.24, ground - 0.04], { width: 0.11, to: 0.06 }),
  ], { soft: 0.14 });
  paint(brush, figure, { fill: coat.patterned, shade: 0.4 });
  const haunch = union([
    ellipse([-0.32, ground - bulk * 0.62], [0.3, bulk * 0.62], { angle: 0.05 }),
    capsule([-0.34, ground - 0.06], [-0.3 + foot, ground - 0.04], { width: 0.07, to: 0.055 }),
  ], { soft: 0.08 });
  paint(brush, haunch, { fill: coat.patterned, shade: 0.4, rim: 0.5 });
  paint(brush, earAt(0), { fill: coat.patterned, rim: 0.5 });
  eye(brush, [head[0] + 0.08, head[1] - 0.05], { size: 0.055, iris: colours.brown });
  const nose = disc([head[0] + traits.head * 1.15, head[1] + 0.06], 0.035);
  paint(brush, nose, { fill: solid(colours.pink) });
}

/** Hares and rabbits. */
export const rabbits = membersOf<RabbitTrait>({
  name: "rabbit",
  habitats: ["meadow", "meadow", "snowfield", "dryland", "litter"],
  upright: true,
  draw: drawRabbit,
  base: ["tan", "silver", "cream", "stone", "white"],
  mark: ["umber", "charcoal", "brown", "rust"],
  genera: {
    hare: {
      traits: { bulk: 0.34, rise: 0.28, ear: 0.62, head: 0.18, foot: 0.44 },
      species: { speckled: ["speckled"], saddled: ["saddled", 6], plain: ["plain"] },
    },
    cottontail: {
      traits: { bulk: 0.42, rise: 0.02, ear: 0.34, head: 0.23, foot: 0.2 },
      species: { patched: ["patched"], hooded: ["hooded"], banded: ["banded", 0.8] },
    },
  },
});
