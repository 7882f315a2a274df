import { type Brush, paint, place } from "@/lib/worlds/paint/brush.ts";
import { pick } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { mottled, solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, ellipse } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { limb } from "@/lib/worlds/species/parts.ts";

type GrassTrait = "stems" | "ear" | "width" | "awn" | "spread";

/** A tuft of blades and ears. */
function drawGrass(brush: Brush, { traits, coat, random }: Specimen<GrassTrait>): void {
  const { ear, width, awn, spread } = traits;
  const stems = Math.round(traits.stems);
  const green = pick(["leaf", "olive", "sage", "gold"], random);
  const blade = mottled(green, { seed: 4 });
  for (let i = 0; i < 7; i++) {
    const out = (i / 3 - 1) * 0.8 + random.between(-0.1, 0.1);
    limb(brush, [[out * 0.2, 1], [out * 0.3, 0.3], [out, random.between(0.1, 0.5)]], {
      width: 0.055,
      to: 0.01,
      fill: blade,
    });
  }
  for (let i = 0; i < stems; i++) {
    const out = stems === 1 ? 0 : (2 * i / (stems - 1) - 1) * spread;
    const top = -0.92 + ear * 2 + Math.abs(out) * 0.5 + random.between(-0.06, 0.06);
    limb(brush, [[out * 0.15, 1], [out * 0.5, 0.4], [out, top]], {
      width: 0.03,
      fill: solid(green),
    });
    const head = place(brush, { x: out, y: top, angle: out * 0.07 });
    for (const lean of [-0.14, 0, 0.14]) {
      const bristle = capsule([0, -ear], [lean * 1.5, -ear * 2 - awn], { width: 0.014 });
      paint(head, bristle, { fill: solid(coat.base) });
    }
    const spike = union([
      ellipse([0, -ear * 0.9], [width, ear]),
      capsule([0, -ear], [0, -ear * 1.9], { width: width * 0.7, to: width * 0.2 }),
    ], { soft: 0.06 });
    paint(head, spike, { fill: coat.patterned, shade: 0.4, rim: 0.45 });
  }
}

/** Grasses in ear. */
export const grasses = membersOf<GrassTrait>({
  name: "grass family",
  habitats: ["meadow", "meadow", "haze", "foliage", "surface"],
  upright: true,
  draw: drawGrass,
  base: ["gold", "cream", "tan", "sand", "pink"],
  mark: ["umber", "rust", "pine", "brown"],
  genera: {
    wheatgrass: {
      traits: { stems: 3, ear: 0.42, width: 0.17, awn: 0.28, spread: 0.62 },
      species: { plain: ["plain"], scaly: ["scaly", 0.8], banded: ["lined", 0.8] },
    },
    "quaking grass": {
      traits: { stems: 6, ear: 0.22, width: 0.15, awn: 0.01, spread: 0.8 },
      species: { spotted: ["spotted", 0.6], striped: ["striped", 0.6], belted: ["belted", 0.5] },
    },
  },
});
