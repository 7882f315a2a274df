import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { lit } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, ellipse, polygon } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { eye, limb } from "@/lib/worlds/species/parts.ts";

type SharkTrait = "depth" | "fin" | "tail" | "snout";

function drawShark(brush: Brush, { traits, coat, random }: Specimen<SharkTrait>): void {
  const { depth, fin, tail, snout } = traits;
  const swish = random.between(-0.08, 0.08);
  const far = polygon([[0.3, depth * 0.5], [0.12, depth + fin * 0.8], [0.02, depth * 0.7]]);
  paint(brush, far, { fill: solid(lit(coat.base, 0.55)) });
  const body = union([
    ellipse([0.15, 0], [0.55, depth]),
    capsule([-0.1, 0], [-0.68, swish], { width: depth * 0.75, to: 0.045 }),
    capsule([0.4, 0], [0.72 + snout, -0.03], { width: depth * 0.7, to: 0.05 }),
    polygon([[0.2, -depth * 0.8], [-0.02, -depth - fin], [-0.1, -depth * 0.6]], { round: 0.02 }),
    polygon([[0.24, depth * 0.6], [-0.08, depth + fin], [-0.02, depth * 0.6]], { round: 0.02 }),
    polygon([[-0.6, swish], [-0.95, swish - tail], [-0.8, swish], [-0.9, swish + tail * 0.45]], {
      round: 0.02,
    }),
  ], { soft: 0.08 });
  paint(brush, body, { fill: coat.patterned, shade: 0.45 });
  for (const x of [0.36, 0.42, 0.48]) {
    const slit = capsule([x, -depth * 0.35], [x - 0.02, depth * 0.3], { width: 0.012 });
    paint(brush, slit, { fill: solid(lit(coat.base, 0.4)), rim: 0 });
  }
  const mouth = [0.55, depth * 0.7] as const;
  limb(brush, [[0.72 + snout * 0.5, depth * 0.3], [0.6, depth * 0.35], mouth], {
    width: 0.016,
    fill: solid(lit(coat.base, 0.3)),
    rim: 0,
  });
  eye(brush, [0.62 + snout * 0.3, -depth * 0.25], { size: 0.05 });
}

/** Sharks from the side. */
export const sharks = membersOf<SharkTrait>({
  name: "shark",
  habitats: ["water", "water", "haze", "stone"],
  upright: false,
  draw: drawShark,
  base: ["silver", "slate", "tan", "sage", "sky"],
  mark: ["charcoal", "navy", "umber", "white"],
  genera: {
    "reef shark": {
      traits: { depth: 0.24, fin: 0.28, tail: 0.36, snout: 0.16 },
      species: { saddled: ["saddled"], spotted: ["spotted", 0.7], banded: ["banded", 0.7] },
    },
    thresher: {
      traits: { depth: 0.3, fin: 0.16, tail: 0.85, snout: 0.02 },
      species: { plain: ["plain"], patched: ["patched", 0.7], lined: ["lined", 0.7] },
    },
  },
});

type RayTrait = "width" | "disc" | "tail" | "horn";

/** From above. */
function drawRay(brush: Brush, { traits, coat, random }: Specimen<RayTrait>): void {
  const { width, disc, tail, horn } = traits;
  const beat = random.between(-0.15, 0.15), bend = random.between(-0.3, 0.3);
  const spine = [[-0.2, 0], [-0.3 - tail * 0.4, bend * 0.3], [-0.3 - tail * 0.7, bend]] as const;
  limb(brush, spine, { width: 0.05, to: 0.015, fill: coat.marked });
  const body = union([
    polygon([[0.55, -0.08], [beat, -width], [-0.35, 0], [beat, width], [0.55, 0.08]], {
      round: 0.04,
    }),
    ellipse([0.1, 0], [0.45, disc]),
    capsule([0.45, -0.14], [0.55 + horn, -0.16], { width: 0.06, to: 0.03 }),
    capsule([0.45, 0.14], [0.55 + horn, 0.16], { width: 0.06, to: 0.03 }),
  ], { soft: 0.1 });
  paint(brush, body, { fill: coat.patterned, shade: 0.4, rim: 0.4 });
  for (const y of [-0.13, 0.13]) eye(brush, [0.42, y], { size: 0.05 });
}

/** Rays from above. */
export const rays = membersOf<RayTrait>({
  name: "ray",
  habitats: ["water", "water", "haze", "stone"],
  upright: false,
  draw: drawRay,
  base: ["sand", "slate", "tan", "sage", "silver"],
  mark: ["charcoal", "navy", "umber", "white"],
  genera: {
    stingray: {
      traits: { width: 0.62, disc: 0.6, tail: 0.95, horn: 0.001 },
      species: { ringed: ["ringed"], netted: ["netted"], plain: ["plain"] },
    },
    manta: {
      traits: { width: 0.98, disc: 0.24, tail: 0.5, horn: 0.26 },
      species: { spotted: ["spotted"], hooded: ["hooded"], zigzag: ["zigzag", 1.3] },
    },
  },
});
