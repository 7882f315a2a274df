import { type Brush, paint } from "@/lib/data/worlds/paint/brush.ts";
import { pick } from "@/lib/data/worlds/paint/colour.ts";
import { curve, path, union } from "@/lib/data/worlds/paint/combine.ts";
import { solid } from "@/lib/data/worlds/paint/fill.ts";
import { capsule, disc, ellipse, polygon } from "@/lib/data/worlds/paint/shape.ts";
import type { Family, Specimen } from "@/lib/data/worlds/species/family.ts";
import { eye } from "@/lib/data/worlds/species/parts.ts";

interface WaderTraits extends Readonly<Record<string, number>> {
  readonly leg: number;
  readonly neck: number;
  readonly bend: number;
  readonly beak: number;
  readonly droop: number;
}

function drawWader(brush: Brush, { traits, coat, random }: Specimen<WaderTraits>): void {
  const { leg, neck, bend, beak, droop } = traits;
  const legs = solid(pick(["pink", "gold", "charcoal", "rust"], random));
  const hip = 0.95 - leg;
  for (
    const [x, step] of [[-0.12, random.between(-0.1, 0)], [0.04, random.between(0, 0.14)]] as const
  ) {
    paint(
      brush,
      path([[x, hip], [x + step + 0.05, hip + leg * 0.5], [x + step, 0.95]], {
        width: 0.03,
        to: 0.022,
      }),
      { fill: legs },
    );
  }
  const body = hip - 0.12;
  const top = body - neck;
  const headX = 0.34 + bend * 0.2;
  paint(
    brush,
    path(
      curve([[headX, top], [headX + beak * 0.6, top], [headX + beak, top + droop]], { count: 4 }),
      {
        width: 0.05,
        to: 0.012,
      },
    ),
    { fill: legs },
  );
  const figure = union([
    ellipse([-0.14, body], [0.42, 0.2], { angle: -0.03 }),
    path(
      curve([[0.14, body - 0.04], [0.2 + bend, body - neck * 0.35], [headX - 0.06, top]], {
        count: 5,
      }),
      {
        width: 0.1,
        to: 0.05,
      },
    ),
    disc([headX - 0.02, top], 0.09),
  ], { soft: 0.12 });
  paint(brush, figure, { fill: coat.patterned, shade: 0.35 });
  const wing = union([
    ellipse([-0.2, body], [0.34, 0.14], { angle: 0.02 }),
    capsule([-0.3, body + 0.02], [-0.66, body + 0.12], { width: 0.09, to: 0.02 }),
  ], { soft: 0.1 });
  paint(brush, wing, { fill: coat.marked });
  paint(brush, polygon([[-0.48, body - 0.08], [-0.48, body + 0.08], [-0.74, body + 0.14]]), {
    fill: coat.plain,
  });
  eye(brush, [headX + 0.01, top - 0.02], { size: 0.035 });
}

/** Long-legged birds at the water's edge. */
export const waders: Family<WaderTraits> = {
  name: "wader",
  class: "bird",
  kingdom: "animal",
  habitats: ["surface", "surface", "meadow", "haze", "dryland"],
  upright: true,
  draw: drawWader,
  genera: [
    {
      name: "heron",
      traits: { leg: 0.7, neck: 0.78, bend: 0.3, beak: 0.4, droop: 0.02 },
      species: {
        saddled: {
          pattern: "saddled",
          base: ["silver", "white", "pink", "tan"],
          mark: ["slate", "charcoal", "rust"],
          size: 8,
        },
        striped: {
          pattern: "striped",
          base: ["silver", "white", "pink", "tan"],
          mark: ["slate", "charcoal", "rust"],
          size: 0.6,
        },
      },
    },
    {
      name: "curlew",
      traits: { leg: 0.5, neck: 0.42, bend: 0.05, beak: 0.55, droop: 0.3 },
      species: {
        speckled: {
          pattern: "speckled",
          base: ["silver", "cream", "pink", "tan"],
          mark: ["umber", "charcoal", "rust"],
        },
        hooded: {
          pattern: "hooded",
          base: ["silver", "cream", "pink", "tan"],
          mark: ["umber", "charcoal", "rust"],
        },
      },
    },
  ],
};
