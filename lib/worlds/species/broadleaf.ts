import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { pick } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { mottled } from "@/lib/worlds/paint/fill.ts";
import { capsule, disc, ellipse } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";

type BroadleafTrait = "width" | "height" | "trunk" | "lobes";

function drawBroadleaf(brush: Brush, { traits, coat, random }: Specimen<BroadleafTrait>): void {
  const { width, height, trunk } = traits;
  const bark = mottled(pick(["brown", "umber", "stone"], random), { seed: 7, cell: 0.08 });
  const middle = 1 - trunk - height;
  paint(brush, capsule([0, 1], [0, middle], { width: 0.09, to: 0.05 }), { fill: bark });
  for (const side of [-1, 1]) {
    const bough = capsule([0, 1 - trunk * 0.9], [side * width * 0.6, middle], {
      width: 0.05,
      to: 0.02,
    });
    paint(brush, bough, { fill: bark });
  }
  const lobes = Math.round(traits.lobes);
  const crown = union([
    ellipse([0, middle], [width * 0.8, height * 0.85]),
    ...Array.from({ length: lobes }, () =>
      disc(
        [random.between(-0.65, 0.65) * width, middle + random.between(-0.6, 0.55) * height],
        random.between(0.28, 0.42) * Math.min(width, height),
      )),
  ], { soft: 0.05 });
  paint(brush, crown, { fill: coat.patterned, shade: 0.5, rim: 0.35 });
}

/** Trees with a round crown. */
export const broadleaves = membersOf<BroadleafTrait>({
  name: "broadleaf tree",
  habitats: ["meadow", "meadow", "foliage", "dryland", "snowfield"],
  upright: true,
  draw: drawBroadleaf,
  base: ["leaf", "green", "olive", "gold"],
  mark: ["pine", "rust", "orange", "cream"],
  genera: {
    oak: {
      traits: { width: 0.8, height: 0.5, trunk: 0.42, lobes: 9 },
      species: { plain: ["plain"], fruiting: ["spotted", 0.8], patched: ["patched", 0.6] },
    },
    poplar: {
      traits: { width: 0.3, height: 0.78, trunk: 0.22, lobes: 7 },
      species: { speckled: ["speckled"], netted: ["netted"], lined: ["lined"] },
    },
  },
});
