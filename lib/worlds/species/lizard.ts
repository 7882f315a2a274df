import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { colours } from "@/lib/worlds/paint/colour.ts";
import { curve, path, union } from "@/lib/worlds/paint/combine.ts";
import { capsule, disc, ellipse, type Point } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { eye } from "@/lib/worlds/species/parts.ts";

type LizardTrait = "girth" | "leg" | "tail" | "head" | "toe";

/** From above. */
function drawLizard(brush: Brush, { traits, coat, random }: Specimen<LizardTrait>): void {
  const { girth, leg, tail, head, toe } = traits;
  const bend = random.between(-0.45, 0.45), gait = random.between(-0.12, 0.12);
  for (const side of [-1, 1]) {
    for (const [x, reach] of [[0.3, 0.14 + gait * side], [-0.26, -0.1 - gait * side]] as const) {
      const elbow: Point = [x + reach * 0.2, side * (girth + leg * 0.5)];
      const foot: Point = [x + reach, side * (girth + leg)];
      const shape = union([
        path([[x, 0], elbow, foot], { width: 0.075, to: 0.045 }),
        ...[-0.08, 0, 0.08].map((splay) =>
          capsule(foot, [foot[0] + splay, foot[1] + side * toe], { width: 0.02 })
        ),
      ]);
      paint(brush, shape, { fill: coat.marked });
    }
  }
  const root: Point = [-0.2, 0], middle: Point = [-0.3 - tail * 0.4, -bend * 0.5];
  const body = union([
    path(curve([root, middle, [-0.3 - tail, bend]]), { width: girth * 0.75, to: 0.02 }),
    ellipse([0.05, 0], [0.42, girth]),
    ellipse([0.58, 0], [0.2, head]),
    disc([0.74, 0], head * 0.55),
  ], { soft: 0.08 });
  paint(brush, body, { fill: coat.patterned, shade: 0.35, rim: 0.45 });
  for (const y of [-0.7, 0.7]) {
    eye(brush, [0.64, y * head], { size: 0.05, iris: colours.gold });
  }
}

/** Lizards from above. */
export const lizards = membersOf<LizardTrait>({
  name: "lizard",
  habitats: ["litter", "dryland", "stone", "bark", "haze"],
  upright: false,
  draw: drawLizard,
  base: ["tan", "sand", "olive", "rust", "lime"],
  mark: ["umber", "black", "crimson"],
  genera: {
    gecko: {
      traits: { girth: 0.24, leg: 0.36, tail: 0.42, head: 0.22, toe: 0.1 },
      species: { spotted: ["spotted", 0.8], banded: ["banded", 0.8], netted: ["netted", 0.8] },
    },
    skink: {
      traits: { girth: 0.16, leg: 0.2, tail: 0.68, head: 0.13, toe: 0.05 },
      species: { lined: ["lined", 0.6], tailed: ["tailed"], scaly: ["scaly", 0.6] },
    },
  },
});
