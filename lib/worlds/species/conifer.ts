import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { pick } from "@/lib/worlds/paint/colour.ts";
import { mottled } from "@/lib/worlds/paint/fill.ts";
import { capsule, polygon } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";

type ConiferTrait = "width" | "tiers" | "droop" | "bare";

function drawConifer(brush: Brush, { traits, coat, random }: Specimen<ConiferTrait>): void {
  const { width, droop, bare } = traits;
  const tiers = Math.round(traits.tiers);
  paint(brush, capsule([0, 1], [0, -0.6], { width: 0.07, to: 0.03 }), {
    fill: mottled(pick(["brown", "umber", "rust"], random), { seed: 7, cell: 0.08 }),
  });
  const low = 0.85 - bare;
  for (let i = 0; i < tiers; i++) {
    const t = i / tiers;
    const y = low + (-0.55 - low) * t, half = width * (1 - 0.72 * t) * random.between(0.9, 1.1);
    const tall = 0.42 + 0.9 / tiers;
    const tier = polygon([
      [-half, y + droop],
      [-half * 0.5, y - 0.03],
      [0, y + 0.04],
      [half * 0.5, y - 0.03],
      [half, y + droop],
      [0, y - tall],
    ], { round: 0.015 });
    paint(brush, tier, { fill: coat.patterned, shade: 0.4, rim: 0.45 });
  }
}

/** Cone-shaped trees. */
export const conifers = membersOf<ConiferTrait>({
  name: "conifer",
  habitats: ["snowfield", "meadow", "foliage", "haze", "dryland"],
  upright: true,
  draw: drawConifer,
  base: ["pine", "green", "slate", "olive"],
  mark: ["white", "umber", "sage", "gold"],
  genera: {
    spruce: {
      traits: { width: 0.5, tiers: 5, droop: 0.1, bare: 0.05 },
      species: { plain: ["plain"], snowy: ["patched", 0.6], fruiting: ["spotted", 0.6] },
    },
    "stone pine": {
      traits: { width: 0.72, tiers: 2, droop: -0.02, bare: 0.75 },
      species: { tufted: ["speckled"], striped: ["striped"], scaly: ["scaly"] },
    },
  },
});
