import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { lit } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, disc, ellipse, type Point, polygon } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { eye, mirrored } from "@/lib/worlds/species/parts.ts";

type BatTrait = "span" | "depth" | "ear" | "girth" | "muzzle";

/** Flying, from the front. */
function drawBat(brush: Brush, { traits, coat, random }: Specimen<BatTrait>): void {
  const { span, depth, ear, girth, muzzle } = traits;
  const lift = random.between(-0.3, 0.1);
  const wrist: Point = [span * 0.42, -0.34 + lift * 0.6], tip: Point = [span, -0.12 + lift];
  const hems: readonly Point[] = [
    [span * 0.86, depth * 0.75 + lift * 0.6],
    [span * 0.56, depth + lift * 0.4],
    [span * 0.26, depth * 0.95],
  ];
  const notch = (
    a: Point,
    b: Point,
  ): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2 - depth * 0.28];
  const outline = [
    [0.04, -0.2],
    wrist,
    tip,
    notch(tip, hems[0]!),
    hems[0]!,
    notch(hems[0]!, hems[1]!),
    hems[1]!,
    notch(hems[1]!, hems[2]!),
    hems[2]!,
    [0.04, 0.3],
  ] as const;
  const bone = solid(lit(coat.mark, 0.7));
  mirrored(brush, (half) => {
    paint(half, polygon(outline, { round: 0.015 }), { fill: coat.patterned, shade: 0.3 });
    for (const end of [tip, ...hems]) {
      paint(half, capsule(wrist, end, { width: 0.022, to: 0.01 }), { fill: bone });
    }
    paint(half, capsule([0.05, -0.16], wrist, { width: 0.035, to: 0.025 }), { fill: bone });
    paint(half, polygon([[0.02, -0.5], [0.14, -0.48 - ear], [0.19, -0.42]], { round: 0.02 }), {
      fill: coat.marked,
    });
  });
  const body = union([
    ellipse([0, 0.02], [girth, 0.36]),
    disc([0, -0.4], 0.18),
    ellipse([0, -0.3], [0.09, muzzle]),
  ], { soft: 0.06 });
  paint(brush, body, { fill: coat.marked, shade: 0.4 });
  mirrored(brush, (half) => eye(half, [0.08, -0.42], { size: 0.04 }));
}

/** Bats in flight. */
export const bats = membersOf<BatTrait>({
  name: "bat",
  habitats: ["sky", "haze", "foliage", "stone", "bark"],
  upright: false,
  draw: drawBat,
  base: ["tan", "stone", "rust", "cream", "silver"],
  mark: ["umber", "charcoal", "black", "brown"],
  genera: {
    "fruit bat": {
      traits: { span: 1, depth: 0.42, ear: 0.12, girth: 0.2, muzzle: 0.2 },
      species: { plain: ["plain"], netted: ["netted"], banded: ["banded", 0.7] },
    },
    "horseshoe bat": {
      traits: { span: 0.76, depth: 0.62, ear: 0.44, girth: 0.14, muzzle: 0.1 },
      species: { spotted: ["spotted", 0.8], lined: ["lined"], patched: ["patched", 0.8] },
    },
  },
});
