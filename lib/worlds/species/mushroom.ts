import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { lit, pick } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { blend, mottled, solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, ellipse } from "@/lib/worlds/paint/shape.ts";
import { stripes } from "@/lib/worlds/paint/texture.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { dome } from "@/lib/worlds/species/parts.ts";

type CapTrait = "width" | "height" | "stalk" | "girth";

function drawCap(brush: Brush, { traits, coat, random }: Specimen<CapTrait>): void {
  const { width, height, stalk, girth } = traits;
  const edge = 0.9 - stalk, lean = random.between(-0.12, 0.12);
  const flesh = pick(["cream", "white", "tan"], random);
  const stem = union([
    capsule([lean, edge - 0.1], [0, 0.85], { width: girth, to: girth * 1.15 }),
    ellipse([0, 0.86], [girth * 1.5, 0.12]),
  ], { soft: 0.1 });
  paint(brush, stem, { fill: mottled(flesh, { seed: 13 }), shade: 0.4 });
  paint(brush, ellipse([lean * 0.5, edge + stalk * 0.4], [girth * 1.5, 0.06]), {
    fill: solid(lit(flesh, 0.9)),
  });
  const gill = stripes({ period: 0.07 });
  const under = ellipse([lean, edge], [width * 0.96, 0.13]);
  paint(brush, under, { fill: blend(lit(flesh, 0.45), lit(flesh, 0.8), { by: gill }), shade: 0 });
  paint(brush, dome([lean, edge + 0.03], [width, height]), {
    fill: coat.patterned,
    shade: 0.5,
    rim: 0.4,
  });
}

/** Mushrooms with a stalk and a cap. */
export const capFungi = membersOf<CapTrait>({
  name: "cap fungus",
  habitats: ["litter", "litter", "foliage", "haze", "meadow"],
  upright: true,
  draw: drawCap,
  base: ["red", "orange", "tan", "cream", "silver"],
  mark: ["white", "umber", "charcoal", "brown"],
  genera: {
    toadstool: {
      traits: { width: 0.8, height: 0.56, stalk: 0.85, girth: 0.14 },
      species: { spotted: ["spotted"], netted: ["netted"], plain: ["plain"] },
    },
    inkcap: {
      traits: { width: 0.38, height: 0.85, stalk: 0.8, girth: 0.1 },
      species: { ribbed: ["banded", 0.4], scaly: ["speckled"], tipped: ["saddled", 8] },
    },
  },
});
