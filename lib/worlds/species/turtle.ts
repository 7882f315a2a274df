import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { lit } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, ellipse } from "@/lib/worlds/paint/shape.ts";
import { membersOf, type Specimen } from "@/lib/worlds/species/family.ts";
import { dome, eye } from "@/lib/worlds/species/parts.ts";

type TurtleTrait = "height" | "leg" | "neck" | "flare";

function drawTurtle(brush: Brush, { traits, coat, random }: Specimen<TurtleTrait>): void {
  const { height, leg, neck, flare } = traits;
  const base = 0.3, step = random.between(-0.06, 0.06);
  const skin = coat.marked;
  for (const [x, lean] of [[-0.42, -1], [-0.3, -0.6], [0.3, 0.6], [0.42, 1]] as const) {
    const limb = capsule([x, base], [x + lean * (flare * 0.4) + step, base + leg], {
      width: 0.11,
      to: 0.08,
    });
    paint(brush, limb, { fill: skin });
  }
  const reach = 0.6 + neck;
  const head = union([
    capsule([0.4, base - 0.02], [reach, base - neck * 0.7], { width: 0.1, to: 0.09 }),
    ellipse([reach + 0.06, base - neck * 0.7 - 0.02], [0.15, 0.11]),
  ], { soft: 0.08 });
  paint(brush, head, { fill: skin });
  eye(brush, [reach + 0.1, base - neck * 0.7 - 0.05], { size: 0.04 });
  paint(brush, capsule([-0.55, base], [-0.78, base + 0.08], { width: 0.06, to: 0.015 }), {
    fill: skin,
  });
  paint(brush, dome([0, base], [0.66, height]), { fill: coat.patterned, shade: 0.5, rim: 0.45 });
  paint(brush, capsule([-0.66, base], [0.66, base], { width: 0.06 }), {
    fill: solid(lit(coat.base, 0.75)),
  });
}

/** Turtles and tortoises from the side. */
export const turtles = membersOf<TurtleTrait>({
  name: "turtle",
  habitats: ["dryland", "stone", "meadow", "water", "litter"],
  upright: true,
  draw: drawTurtle,
  base: ["tan", "olive", "brown", "gold", "sage"],
  mark: ["umber", "black", "pine", "rust"],
  genera: {
    tortoise: {
      traits: { height: 0.72, leg: 0.3, neck: 0.22, flare: 0.1 },
      species: { netted: ["netted", 1.2], ringed: ["ringed", 1.2], scaly: ["scaly", 1.4] },
    },
    terrapin: {
      traits: { height: 0.36, leg: 0.2, neck: 0.34, flare: 0.6 },
      species: { striped: ["striped", 0.9], speckled: ["speckled"], belted: ["belted"] },
    },
  },
});
