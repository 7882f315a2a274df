import { type Brush, paint, place } from "@/lib/worlds/paint/brush.ts";
import { pick } from "@/lib/worlds/paint/colour.ts";
import { mottled, solid } from "@/lib/worlds/paint/fill.ts";
import { disc, ellipse } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { around, limb } from "@/lib/worlds/species/parts.ts";

type DaisyTrait = "petals" | "length" | "width" | "heart";

function drawDaisy(brush: Brush, { traits, coat, random }: Specimen<DaisyTrait>): void {
  const { length, width, heart } = traits;
  const green = pick(["leaf", "green", "olive"], random);
  const lean = random.between(-0.3, 0.3);
  limb(brush, [[0, -0.2], [lean * 0.2, 0.4], [lean, 1.3]], { width: 0.045, fill: solid(green) });
  for (const side of [-1, 1]) {
    const leaf = ellipse([lean * 0.5 + side * 0.28, 0.72], [0.3, 0.1], { angle: side * -0.08 });
    paint(brush, leaf, { fill: mottled(green, { seed: 3 }) });
  }
  const face = place(brush, {
    y: -0.2,
    stretch: random.between(0.6, 1),
    angle: random.between(-0.06, 0.06),
    scale: 0.95,
  });
  const petal = ellipse([heart + length * 0.42, 0], [length * 0.55, width]);
  around(face, { count: Math.round(traits.petals), turn: random.uniform() }, (part) => {
    paint(part, petal, { fill: coat.patterned, rim: 0.55, shade: 0.15 });
  });
  const centre = pick(["gold", "umber", "yellow", "charcoal"], random);
  const fill = mottled(centre, { seed: 9, cell: 0.06, strength: 0.5 });
  paint(face, disc([0, 0], heart), { fill, shade: 0.4 });
}

/** Open flowers with petals about a disc. */
export const daisies = membersOf<DaisyTrait>({
  name: "daisy family",
  habitats: ["foliage", "meadow", "haze", "foliage", "litter"],
  upright: true,
  draw: drawDaisy,
  base: ["white", "yellow", "pink", "mauve"],
  mark: ["crimson", "violet", "orange"],
  genera: {
    daisy: {
      traits: { petals: 15, length: 0.55, width: 0.085, heart: 0.24 },
      species: { plain: ["plain"], tipped: ["tipped"], speckled: ["speckled"] },
    },
    anemone: {
      traits: { petals: 6, length: 0.62, width: 0.26, heart: 0.15 },
      species: { spotted: ["speckled"], striped: ["lined", 0.6], netted: ["netted"] },
    },
  },
});
