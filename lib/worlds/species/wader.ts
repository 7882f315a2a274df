import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { pick } from "@/lib/worlds/paint/colour.ts";
import { curve, path, union } from "@/lib/worlds/paint/combine.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, disc, ellipse, polygon } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { eye, limb } from "@/lib/worlds/species/parts.ts";

type WaderTrait = "leg" | "neck" | "bend" | "beak" | "droop";

function drawWader(brush: Brush, { traits, coat, random }: Specimen<WaderTrait>): void {
  const { leg, neck, bend, beak, droop } = traits;
  const legs = solid(pick(["pink", "gold", "charcoal", "rust"], random));
  const hip = 0.95 - leg;
  const steps = [[-0.12, random.between(-0.1, 0)], [0.04, random.between(0, 0.14)]] as const;
  for (const [x, step] of steps) {
    const shank = path([[x, hip], [x + step + 0.05, hip + leg * 0.5], [x + step, 0.95]], {
      width: 0.03,
      to: 0.022,
    });
    paint(brush, shank, { fill: legs });
  }
  const body = hip - 0.12, top = body - neck, headX = 0.34 + bend * 0.2;
  limb(brush, [[headX, top], [headX + beak * 0.6, top], [headX + beak, top + droop]], {
    width: 0.05,
    to: 0.012,
    fill: legs,
  });
  const nape = [[0.14, body - 0.04], [0.2 + bend, body - neck * 0.35], [
    headX - 0.06,
    top,
  ]] as const;
  const figure = union([
    ellipse([-0.14, body], [0.42, 0.2], { angle: -0.03 }),
    path(curve(nape, { count: 5 }), { width: 0.1, to: 0.05 }),
    disc([headX - 0.02, top], 0.09),
  ], { soft: 0.12 });
  paint(brush, figure, { fill: coat.patterned, shade: 0.35 });
  const wing = union([
    ellipse([-0.2, body], [0.34, 0.14], { angle: 0.02 }),
    capsule([-0.3, body + 0.02], [-0.66, body + 0.12], { width: 0.09, to: 0.02 }),
  ], { soft: 0.1 });
  paint(brush, wing, { fill: coat.patterned, rim: 0.6 });
  paint(brush, polygon([[-0.48, body - 0.08], [-0.48, body + 0.08], [-0.74, body + 0.14]]), {
    fill: coat.marked,
  });
  eye(brush, [headX + 0.01, top - 0.02], { size: 0.035 });
}

/** Long-legged birds at the water's edge. */
export const waders = membersOf<WaderTrait>({
  name: "wader",
  habitats: ["surface", "surface", "meadow", "haze", "dryland"],
  upright: true,
  draw: drawWader,
  base: ["silver", "white", "pink", "tan", "cream"],
  mark: ["slate", "charcoal", "rust", "umber"],
  genera: {
    heron: {
      traits: { leg: 0.7, neck: 0.78, bend: 0.3, beak: 0.4, droop: 0.02 },
      species: { saddled: ["saddled", 8], striped: ["striped", 0.8], spotted: ["spotted", 0.6] },
    },
    curlew: {
      traits: { leg: 0.5, neck: 0.42, bend: 0.05, beak: 0.55, droop: 0.3 },
      species: { speckled: ["speckled"], hooded: ["hooded"], zigzag: ["zigzag", 0.7] },
    },
  },
});
