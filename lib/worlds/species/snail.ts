import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { lit, pick } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { mottled, solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, disc, ellipse, type Point, ring } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { limb } from "@/lib/worlds/species/parts.ts";

type SnailTrait = "shell" | "spire" | "foot" | "horn";

/** Crawling, from the side. */
function drawSnail(brush: Brush, { traits, coat, random }: Specimen<SnailTrait>): void {
  const { shell, spire, foot, horn } = traits;
  const ground = 0.74, stretch = random.between(0.9, 1.1);
  const skin = mottled(pick(["tan", "stone", "brown", "slate"], random), { seed: 3, cell: 0.06 });
  const head: Point = [foot * stretch, ground - 0.32];
  for (const lean of [0.04, 0.2]) {
    const tip: Point = [head[0] + lean, head[1] - horn];
    paint(brush, capsule(head, tip, { width: 0.035, to: 0.022 }), { fill: skin });
    paint(brush, disc(tip, 0.045), { fill: skin });
  }
  const body = union([
    capsule([-foot, ground], [foot * stretch - 0.1, ground - 0.03], { width: 0.035, to: 0.1 }),
    capsule([foot * stretch - 0.2, ground - 0.05], head, { width: 0.12, to: 0.09 }),
    ellipse([0, ground - 0.05], [0.4, 0.12]),
  ], { soft: 0.08 });
  paint(brush, body, { fill: skin, shade: 0.35 });
  const centre: Point = [-0.1, ground - 0.08 - shell];
  const top: Point = [centre[0] - spire * 0.75, centre[1] - spire * 0.55];
  const coil = union(
    [disc(centre, shell), capsule(centre, top, { width: shell * 0.9, to: 0.03 })],
    {
      soft: 0.05,
    },
  );
  paint(brush, coil, { fill: coat.patterned, shade: 0.5, rim: 0.45 });
  const line = solid(lit(coat.base, 0.4));
  if (spire < 0.3) {
    for (const [i, radius] of [0.62, 0.4, 0.2].entries()) {
      const whorl: Point = [centre[0] + (i % 2 === 0 ? 0.05 : -0.03), centre[1] + 0.04];
      const turn = ring(whorl, shell * radius, { width: 0.018, open: 0.8, angle: i * 0.4 });
      paint(brush, turn, { fill: line, rim: 0 });
    }
    return;
  }
  for (const along of [0.3, 0.5, 0.68, 0.83]) {
    const wide = shell * (1 - along) * 0.95;
    const at: Point = [
      centre[0] + (top[0] - centre[0]) * along,
      centre[1] + (top[1] - centre[1]) * along,
    ];
    const ends: readonly [Point, Point, Point] = [
      [at[0] + wide * 0.5, at[1] - wide * 0.8],
      [at[0] - wide * 0.25, at[1] - wide * 0.2],
      [at[0] - wide * 0.5, at[1] + wide * 0.8],
    ];
    limb(brush, ends, { width: 0.018, fill: line, rim: 0 });
  }
}

/** Snails and whelks. */
export const snails = membersOf<SnailTrait>({
  name: "snail",
  habitats: ["litter", "foliage", "stone", "haze", "dryland"],
  upright: true,
  draw: drawSnail,
  base: ["cream", "gold", "tan", "sand", "pink"],
  mark: ["umber", "rust", "black", "brown"],
  genera: {
    "garden snail": {
      traits: { shell: 0.5, spire: 0.02, foot: 0.82, horn: 0.34 },
      species: { banded: ["banded", 0.8], plain: ["plain"], speckled: ["speckled"] },
    },
    whelk: {
      traits: { shell: 0.34, spire: 1.05, foot: 0.62, horn: 0.2 },
      species: { zigzag: ["zigzag", 0.8], netted: ["netted", 0.8], spotted: ["spotted", 0.7] },
    },
  },
});
