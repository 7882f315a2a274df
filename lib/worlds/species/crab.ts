import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { lit } from "@/lib/worlds/paint/colour.ts";
import { path, union, without } from "@/lib/worlds/paint/combine.ts";
import { mottled } from "@/lib/worlds/paint/fill.ts";
import { capsule, disc, ellipse, type Point, polygon } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { eye, mirrored } from "@/lib/worlds/species/parts.ts";

type CrabTrait = "width" | "height" | "leg" | "right" | "left";

/** A pincer with its opening upwards, as wide as `size`. */
function claw([x, y]: Point, size: number) {
  const gap = polygon([[x - size * 0.05, y], [x - size * 0.45, y - size * 1.3], [
    x,
    y - size * 1.3,
  ]]);
  return without(ellipse([x, y - size * 0.35], [size * 0.6, size * 0.8], { angle: 0.04 }), gap);
}

/** From the front. */
function drawCrab(brush: Brush, { traits, coat, random }: Specimen<CrabTrait>): void {
  const { width, height, leg } = traits;
  const y = 0.2, raise = random.between(-0.1, 0.12);
  const limbs = mottled(lit(coat.base, 0.8), { seed: 3 });
  let size = traits.left;
  mirrored(brush, (half) => {
    for (const [out, drop] of [[0.3, 0.62], [0.42, 0.5], [0.5, 0.34]] as const) {
      const knee: Point = [width + out * leg * 0.7, y - 0.12 + drop * 0.2];
      const foot: Point = [width + out * leg, y + drop];
      paint(half, path([[width * 0.7, y + 0.08], knee, foot], { width: 0.06, to: 0.018 }), {
        fill: limbs,
      });
    }
    const elbow: Point = [width + 0.12, y - 0.2], hand: Point = [width * 0.9 + 0.06, -0.3 - raise];
    paint(half, path([[width * 0.75, y - 0.05], elbow, hand], { width: 0.07, to: 0.06 }), {
      fill: limbs,
    });
    paint(half, claw(hand, size), { fill: coat.marked, rim: 0.5, shade: 0.4 });
    size = traits.right;
  });
  mirrored(brush, (half) => {
    paint(half, capsule([0.13, y - height * 0.7], [0.17, y - height - 0.14], { width: 0.03 }), {
      fill: limbs,
    });
    eye(half, [0.17, y - height - 0.16], { size: 0.065 });
  });
  const shell = union([
    ellipse([0, y], [width, height]),
    polygon([
      [-width, y - height * 0.3],
      [width, y - height * 0.3],
      [width * 0.6, y + height * 0.8],
      [
        -width * 0.6,
        y + height * 0.8,
      ],
    ], { round: 0.03 }),
    disc([0, y], height * 0.6),
  ], { soft: 0.1 });
  paint(brush, shell, { fill: coat.patterned, shade: 0.45, rim: 0.45 });
}

/** Crabs from the front. */
export const crabs = membersOf<CrabTrait>({
  name: "crab",
  habitats: ["dryland", "stone", "surface", "water", "haze"],
  upright: true,
  draw: drawCrab,
  base: ["orange", "red", "tan", "teal", "sand"],
  mark: ["crimson", "umber", "navy", "cream"],
  genera: {
    "shore crab": {
      traits: { width: 0.55, height: 0.3, leg: 0.8, right: 0.24, left: 0.24 },
      species: { speckled: ["speckled"], patched: ["patched"], plain: ["plain"] },
    },
    "fiddler crab": {
      traits: { width: 0.38, height: 0.34, leg: 0.85, right: 0.5, left: 0.13 },
      species: { ringed: ["ringed", 0.8], lined: ["lined"], chequered: ["chequered", 0.8] },
    },
  },
});
