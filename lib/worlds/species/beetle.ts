import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { colours } from "@/lib/worlds/paint/colour.ts";
import { path } from "@/lib/worlds/paint/combine.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, disc, ellipse } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { limb, mirrored } from "@/lib/worlds/species/parts.ts";

type BeetleTrait = "width" | "length" | "feeler" | "horn";

/** From above, head upwards. */
function drawBeetle(brush: Brush, { traits, coat, random }: Specimen<BeetleTrait>): void {
  const { width, length, feeler, horn } = traits;
  const black = solid(colours.black);
  let gait = random.between(-0.08, 0.08);
  mirrored(brush, (half) => {
    for (const [i, y] of [-0.22, 0.1, 0.42].entries()) {
      const knee = [width + 0.16, y + (i - 1) * 0.25 + gait - 0.06] as const;
      const foot = [width + 0.32, knee[1] + 0.06 + (i - 0.6) * 0.2] as const;
      paint(half, path([[width * 0.6, y], knee, foot], { width: 0.04, to: 0.02 }), { fill: black });
    }
    gait = -gait; // the other side is half a step behind
    const end = [0.2 + feeler * 0.6, -0.7 - feeler * 0.3] as const;
    limb(half, [[0.08, -0.62], [0.2, -0.75 - feeler * 0.3], end], { width: 0.022, fill: black });
    if (horn > 0.05) {
      limb(half, [[0.08, -0.68], [0.3, -0.75 - horn * 0.5], [0.05, -0.7 - horn]], {
        width: 0.05,
        to: 0.015,
        fill: black,
      });
    }
  });
  paint(brush, disc([0, -0.6], 0.16), { fill: black, shade: 0.4 });
  paint(brush, ellipse([0, -0.4], [width * 0.72, 0.2]), { fill: coat.marked, shade: 0.5 });
  const shell = ellipse([0, 0.2], [width, length]);
  paint(brush, shell, { fill: coat.patterned, shade: 0.55, rim: 0.5 });
  const seam = capsule([0, 0.2 - length], [0, 0.2 + length], { width: 0.016 });
  paint(brush, seam, { fill: black, rim: 0 });
  const shine = ellipse([-width * 0.4, -0.05], [width * 0.18, length * 0.3], { angle: 0.03 });
  paint(brush, shine, { fill: solid(colours.white), opacity: 0.35, soft: 0.15, rim: 0 });
}

/** Beetles from above. */
export const beetles = membersOf<BeetleTrait>({
  name: "beetle",
  habitats: ["foliage", "litter", "stone", "bark", "haze"],
  upright: false,
  draw: drawBeetle,
  base: ["red", "orange", "gold", "tan", "leaf"],
  mark: ["black", "navy", "umber", "charcoal"],
  genera: {
    ladybird: {
      traits: { width: 0.56, length: 0.58, feeler: 0.15, horn: 0 },
      species: { spotted: ["spotted", 1.3], patched: ["patched"], banded: ["lined", 1.2] },
    },
    "stag beetle": {
      traits: { width: 0.34, length: 0.62, feeler: 0.5, horn: 0.42 },
      species: { plain: ["plain"], striped: ["banded", 0.5], speckled: ["speckled"] },
    },
  },
});
