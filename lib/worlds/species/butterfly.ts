import { type Brush, paint, place } from "@/lib/worlds/paint/brush.ts";
import { colours, lit } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, disc, ellipse } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { limb, mirrored } from "@/lib/worlds/species/parts.ts";

type ButterflyTrait = "fore" | "hind" | "width" | "tail";

/** From above, head upwards, both sides alike. */
function drawButterfly(brush: Brush, { traits, coat, random }: Specimen<ButterflyTrait>): void {
  const { fore, hind, width, tail } = traits;
  const closed = random.between(0.75, 1); // how far the wings are open
  const dark = solid(lit(coat.mark, 0.6));
  mirrored(place(brush, { stretch: 1 / closed, scale: closed }), (half) => {
    if (tail > 0.05) {
      const streamer = capsule([0.35, 0.45], [0.42, 0.55 + tail], { width: 0.07, to: 0.02 });
      paint(half, streamer, { fill: dark });
    }
    const hindWing = ellipse([0.36, 0.32], [hind, hind * 0.78], { angle: 0.12 });
    paint(half, hindWing, { fill: coat.patterned, rim: 0.5 });
    const foreWing = union([
      ellipse([0.46, -0.24], [fore, width], { angle: -0.1 }),
      capsule([0.05, -0.1], [0.3 + fore * 0.7, -0.5], { width: 0.06 }),
    ], { soft: 0.15 });
    paint(half, foreWing, { fill: coat.patterned, rim: 0.55 });
    limb(half, [[0.02, -0.35], [0.06, -0.6], [0.22, -0.75]], {
      width: 0.014,
      fill: solid(colours.black),
    });
  });
  const body = union([ellipse([0, 0.1], [0.065, 0.42]), disc([0, -0.34], 0.085)]);
  paint(brush, body, { fill: dark });
}

/** Butterflies with open wings. */
export const butterflies = membersOf<ButterflyTrait>({
  name: "butterfly",
  habitats: ["foliage", "foliage", "haze", "stone", "litter"],
  upright: false,
  draw: drawButterfly,
  base: ["orange", "cream", "sky", "yellow", "rust"],
  mark: ["black", "umber", "violet", "navy"],
  genera: {
    roundwing: {
      traits: { fore: 0.46, hind: 0.42, width: 0.36, tail: 0.01 },
      species: { ringed: ["ringed"], striped: ["striped"], zigzag: ["zigzag"] },
    },
    swallowtail: {
      traits: { fore: 0.52, hind: 0.34, width: 0.23, tail: 0.36 },
      species: { netted: ["netted"], tipped: ["tipped"], dashed: ["dashed"] },
    },
  },
});
