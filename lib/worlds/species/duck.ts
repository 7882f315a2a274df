import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { colours, pick } from "@/lib/worlds/paint/colour.ts";
import { curve, path, union } from "@/lib/worlds/paint/combine.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, disc, ellipse, type Point, polygon } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { eye } from "@/lib/worlds/species/parts.ts";

type DuckTrait = "neck" | "bend" | "bulk" | "bill" | "head";

/** Swimming, from the side. */
function drawDuck(brush: Brush, { traits, coat, random }: Specimen<DuckTrait>): void {
  const { neck, bend, bulk, bill } = traits;
  const water = 0.62, body = water - bulk * 0.6, nod = random.between(-0.06, 0.06);
  const head: Point = [0.56 + nod, body - bulk * 0.4 - neck];
  const beak = polygon([
    [head[0] + 0.05, head[1] - 0.08],
    [head[0] + traits.head + bill, head[1] + 0.04],
    [head[0] + traits.head + bill, head[1] + 0.1],
    [head[0] + 0.05, head[1] + 0.09],
  ], { round: 0.02 });
  paint(brush, beak, { fill: solid(pick(["gold", "orange", "charcoal"], random)) });
  const nape = [[0.34, body], [0.3 + bend, body - neck * 0.5], head] as const;
  const figure = union([
    ellipse([-0.1, body], [0.62, bulk], { angle: -0.02 }),
    polygon([[-0.5, body - 0.05], [-0.95, body - bulk * 0.9], [-0.6, body + 0.12]], {
      round: 0.03,
    }),
    path(curve(nape, { count: 5 }), { width: 0.16, to: 0.1 }),
    disc(head, traits.head),
  ], { soft: 0.12 });
  paint(brush, figure, { fill: coat.patterned, shade: 0.4 });
  const quills = capsule([-0.3, body - 0.04], [-0.72, body - 0.16], {
    width: bulk * 0.35,
    to: 0.03,
  });
  paint(brush, quills, { fill: coat.marked, rim: 0.5 });
  const wing = ellipse([-0.16, body - 0.04], [0.36, bulk * 0.55], { angle: -0.02 });
  paint(brush, wing, { fill: coat.patterned, rim: 0.6 });
  eye(brush, [head[0] + traits.head * 0.3, head[1] - 0.03], { size: 0.045 });
  for (const [y, reach] of [[0, 0.75], [0.1, 0.95], [0.2, 0.6]] as const) {
    const ripple = ellipse([-0.05, water + y], [reach, 0.035]);
    paint(brush, ripple, { fill: solid(colours.sky), opacity: 0.6, rim: 0, shade: 0 });
  }
}

/** Ducks and swans on the water. */
export const ducks = membersOf<DuckTrait>({
  name: "waterfowl",
  habitats: ["water", "surface", "surface", "haze"],
  upright: true,
  draw: drawDuck,
  base: ["silver", "white", "rust", "tan", "cream"],
  mark: ["pine", "charcoal", "navy", "umber"],
  genera: {
    duck: {
      traits: { neck: 0.26, bend: 0.14, bulk: 0.34, bill: 0.2, head: 0.19 },
      species: { hooded: ["hooded"], speckled: ["speckled"], scaly: ["scaly"] },
    },
    swan: {
      traits: { neck: 0.9, bend: -0.14, bulk: 0.3, bill: 0.14, head: 0.13 },
      species: { plain: ["plain"], patched: ["patched"], tailed: ["tailed"] },
    },
  },
});
