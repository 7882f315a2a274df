import { type Brush, paint, place } from "@/lib/worlds/paint/brush.ts";
import { pick } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { mottled, solid } from "@/lib/worlds/paint/fill.ts";
import { disc, ellipse } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { limb, mirrored } from "@/lib/worlds/species/parts.ts";

type OrchidTrait = "petal" | "width" | "sepal" | "lip" | "pouch";

/** One flower that faces us: three narrow sepals, two wide petals, a lip. */
function drawOrchid(brush: Brush, { traits, coat, random }: Specimen<OrchidTrait>): void {
  const { petal, width, sepal, lip, pouch } = traits;
  const green = pick(["leaf", "green", "olive"], random), lean = random.between(-0.3, 0.3);
  limb(brush, [[0, 0], [lean * 0.2, 0.6], [lean, 1.3]], { width: 0.05, fill: solid(green) });
  for (const side of [-1, 1]) {
    const leaf = ellipse([lean + side * 0.4, 1], [0.42, 0.11], { angle: side * -0.06 });
    paint(brush, leaf, { fill: mottled(green, { seed: 3 }), rim: 0.4 });
  }
  const face = place(brush, {
    y: -0.12,
    angle: random.between(-0.05, 0.05),
    stretch: random.between(0.8, 1.05),
  });
  const blade = ellipse([sepal * 0.5, 0], [sepal * 0.55, 0.13]);
  for (const angle of [-0.25, 0.1, 0.4]) {
    paint(place(face, { angle }), blade, { fill: coat.plain, rim: 0.55 });
  }
  mirrored(face, (half) => {
    const wing = ellipse([petal * 0.55, -0.05], [petal * 0.52, width], { angle: -0.05 });
    paint(half, wing, { fill: coat.patterned, rim: 0.5 });
  });
  const tongue = union([
    ellipse([0, 0.1 + lip * 0.5], [pouch, lip * 0.55]),
    ellipse([0, 0.14], [pouch * 1.3, 0.09]),
  ], { soft: 0.08 });
  paint(face, tongue, { fill: coat.marked, rim: 0.5, shade: 0.4 });
  const column = solid(pick(["gold", "white", "crimson"], random));
  paint(face, disc([0, 0.02], 0.075), { fill: column, shade: 0.5 });
}

/** Orchids. */
export const orchids = membersOf<OrchidTrait>({
  name: "orchid",
  habitats: ["foliage", "bark", "haze", "foliage", "litter"],
  upright: true,
  draw: drawOrchid,
  base: ["white", "yellow", "pink", "mauve"],
  mark: ["crimson", "violet", "orange", "rust"],
  genera: {
    "moth orchid": {
      traits: { petal: 0.9, width: 0.36, sepal: 0.72, lip: 0.3, pouch: 0.12 },
      species: { plain: ["plain"], spotted: ["spotted"], striped: ["striped", 0.8] },
    },
    "slipper orchid": {
      traits: { petal: 0.95, width: 0.12, sepal: 0.6, lip: 0.72, pouch: 0.26 },
      species: { speckled: ["speckled"], banded: ["banded", 0.6], netted: ["netted", 0.7] },
    },
  },
});
