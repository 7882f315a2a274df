import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { pick } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { mottled, solid } from "@/lib/worlds/paint/fill.ts";
import { disc, ellipse, type Point } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { dome, limb } from "@/lib/worlds/species/parts.ts";

type MossTrait = "width" | "height" | "stalk" | "stalks" | "urn";

/** A cushion with urns on stalks. */
function drawMoss(brush: Brush, { traits, coat, random }: Specimen<MossTrait>): void {
  const { width, height, stalk, urn } = traits;
  const ground = 0.85, stalks = Math.round(traits.stalks);
  const reed = solid(pick(["rust", "gold", "brown"], random));
  for (let i = 0; i < stalks; i++) {
    const out = (2 * (i + 0.5) / stalks - 1) * width * 0.8, bend = random.between(-0.12, 0.12);
    const root = ground - height * (1 - 0.7 * (out / width) * (out / width));
    const top: Point = [out * 1.1 + bend, root - stalk * random.between(0.75, 1)];
    limb(brush, [[out, root + 0.1], [out, root - stalk * 0.5], top], { width: 0.022, fill: reed });
    paint(brush, ellipse(top, [urn * 0.6, urn], { angle: bend * 0.4 }), {
      fill: coat.marked,
      shade: 0.4,
    });
  }
  const tufts = Array.from({ length: 9 }, (_, i) => {
    const x = (i / 4 - 1) * width * 0.85;
    return disc([x, ground - height * (1 - 0.9 * (x / width) * (x / width)) + 0.1], 0.14);
  });
  const cushion = union([dome([0, ground], [width, height]), ...tufts], { soft: 0.03 });
  paint(brush, cushion, { fill: coat.patterned, shade: 0.5, rim: 0.45 });
  paint(brush, ellipse([0, ground], [width * 1.05, 0.09]), {
    fill: mottled(pick(["brown", "stone", "umber"], random), { seed: 7, cell: 0.08 }),
  });
}

/** Mosses. */
export const mosses = membersOf<MossTrait>({
  name: "moss family",
  habitats: ["litter", "stone", "bark", "haze", "foliage"],
  upright: true,
  draw: drawMoss,
  base: ["leaf", "lime", "olive", "sage"],
  mark: ["pine", "rust", "umber", "cream"],
  genera: {
    "cushion moss": {
      traits: { width: 0.9, height: 0.8, stalk: 0.34, stalks: 7, urn: 0.08 },
      species: { plain: ["plain"], patched: ["patched"], speckled: ["speckled", 1.2] },
    },
    "hair moss": {
      traits: { width: 0.72, height: 0.36, stalk: 1.05, stalks: 5, urn: 0.17 },
      species: { netted: ["netted"], banded: ["banded", 0.8], scaly: ["scaly"] },
    },
  },
});
