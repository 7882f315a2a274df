import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { colours, lit } from "@/lib/worlds/paint/colour.ts";
import { path, union } from "@/lib/worlds/paint/combine.ts";
import { mottled, solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, disc, ellipse } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { eye, limb } from "@/lib/worlds/species/parts.ts";

type FrogTrait = "bulk" | "leg" | "eye" | "toe";

/** Sitting, from the side. */
function drawFrog(brush: Brush, { traits, coat, random }: Specimen<FrogTrait>): void {
  const { bulk, leg, toe } = traits;
  const foot = 0.66, rear = random.between(-0.06, 0.06);
  const far = mottled(lit(coat.base, 0.55), { seed: 3 });
  paint(brush, capsule([0.2, 0.2], [0.42, foot], { width: 0.07, to: 0.05 }), { fill: far });
  const body = union([
    ellipse([-0.08, 0.14], [0.56, bulk], { angle: -0.09 }),
    ellipse([0.42, -0.16], [0.34, bulk * 0.62], { angle: 0.03 }),
    disc([0.42, -0.36], traits.eye),
  ], { soft: 0.12 });
  paint(brush, body, { fill: coat.patterned, shade: 0.4 });
  const mouth = [[0.74, -0.08], [0.5, 0], [0.3, -0.06]] as const;
  limb(brush, mouth, { width: 0.014, fill: solid(lit(coat.base, 0.35)), rim: 0 });
  const knee = [-0.2 - leg * 0.2, foot - 0.16 - leg * 0.5] as const;
  const hind = union([
    path([[-0.42, 0.34], knee], { width: 0.19, to: 0.12 }),
    path([knee, [-0.5 + rear - leg * 0.2, foot - 0.04]], { width: 0.1, to: 0.06 }),
    capsule([-0.5 + rear - leg * 0.2, foot], [rear - 0.05, foot], { width: 0.055 }),
  ], { soft: 0.06 });
  paint(brush, hind, { fill: coat.patterned, shade: 0.4, rim: 0.5 });
  limb(brush, [[0.16, 0.2], [0.08, 0.45], [0.22, foot]], {
    width: 0.1,
    to: 0.06,
    fill: coat.patterned,
  });
  for (const x of [0.16, 0.26, 0.36]) {
    paint(brush, disc([x, foot], toe), { fill: coat.plain });
  }
  eye(brush, [0.44, -0.38], { size: traits.eye * 0.75, iris: colours.gold });
}

/** Frogs and toads. */
export const frogs = membersOf<FrogTrait>({
  name: "frog",
  habitats: ["foliage", "litter", "water", "stone", "haze"],
  upright: true,
  draw: drawFrog,
  base: ["lime", "leaf", "olive", "tan", "gold"],
  mark: ["umber", "black", "pine", "crimson"],
  genera: {
    "tree frog": {
      traits: { bulk: 0.3, leg: 0.5, eye: 0.17, toe: 0.075 },
      species: { lined: ["lined"], spotted: ["spotted"], plain: ["plain"] },
    },
    toad: {
      traits: { bulk: 0.46, leg: 0.18, eye: 0.11, toe: 0.045 },
      species: { speckled: ["speckled", 1.2], patched: ["patched"], saddled: ["saddled"] },
    },
  },
});
