import { type Brush, paint } from "@/lib/data/worlds/paint/brush.ts";
import { colours, lit } from "@/lib/data/worlds/paint/colour.ts";
import { union, within } from "@/lib/data/worlds/paint/combine.ts";
import { solid } from "@/lib/data/worlds/paint/fill.ts";
import { sine } from "@/lib/data/worlds/paint/math.ts";
import { box, capsule, ellipse, type Point } from "@/lib/data/worlds/paint/shape.ts";
import type { Family, Specimen } from "@/lib/data/worlds/species/family.ts";
import { eye } from "@/lib/data/worlds/species/parts.ts";

interface SnakeTraits extends Readonly<Record<string, number>> {
  readonly width: number;
  readonly waves: number;
  readonly swing: number;
  readonly head: number;
}

function drawSnake(brush: Brush, { traits, coat, random }: Specimen<SnakeTraits>): void {
  const { width, waves, swing, head } = traits;
  const start = random.uniform(), segments = 16;
  const points = Array.from({ length: segments + 1 }, (_, i): Point => {
    const t = i / segments;
    return [0.85 - 1.75 * t, swing * (0.5 + 0.5 * t) * sine(start + waves * t)];
  });
  const body = union(
    points.slice(1).map((point, i) =>
      capsule(points[i]!, point, {
        width: width * (1.08 - (i / segments) * (i / segments)),
        to: width * (1.08 - ((i + 1) / segments) * ((i + 1) / segments)),
      })
    ),
  );
  paint(brush, body, { fill: coat.patterned, shade: 0.2, rim: 0.5 });
  const [x, y] = points[0]!;
  paint(brush, capsule([x + 0.1, y], [x + 0.26, y + 0.02], { width: 0.012 }), {
    fill: solid(colours.red),
    rim: 0,
  });
  paint(brush, ellipse([x, y], [head * 1.35, head]), { fill: coat.plain, rim: 0.45 });
  eye(brush, [x + head * 0.4, y - head * 0.4], { size: head * 0.28, iris: colours.gold });
}

/** Snakes at full length. */
export const snakes: Family<SnakeTraits> = {
  name: "snake",
  class: "reptile",
  kingdom: "animal",
  habitats: ["litter", "dryland", "stone", "foliage", "haze"],
  upright: false,
  draw: drawSnake,
  genera: [
    {
      name: "viper",
      traits: { width: 0.15, waves: 1.4, swing: 0.32, head: 0.16 },
      species: {
        banded: {
          pattern: "banded",
          base: ["tan", "sand", "olive", "rust"],
          mark: ["umber", "black", "crimson"],
          size: 0.8,
        },
        patched: {
          pattern: "patched",
          base: ["tan", "sand", "olive", "rust"],
          mark: ["umber", "black", "crimson"],
          size: 0.6,
        },
      },
    },
    {
      name: "whipsnake",
      traits: { width: 0.075, waves: 2.4, swing: 0.46, head: 0.095 },
      species: {
        plain: {
          pattern: "plain",
          base: ["green", "sand", "olive", "slate"],
          mark: ["umber", "black", "crimson"],
        },
        spotted: {
          pattern: "spotted",
          base: ["lime", "sand", "olive", "sky"],
          mark: ["umber", "black", "crimson"],
          size: 0.6,
        },
      },
    },
  ],
};

interface TurtleTraits extends Readonly<Record<string, number>> {
  readonly dome: number;
  readonly leg: number;
  readonly neck: number;
  readonly flare: number;
}

function drawTurtle(brush: Brush, { traits, coat, random }: Specimen<TurtleTraits>): void {
  const { dome, leg, neck, flare } = traits;
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
  const shell = within(ellipse([0, base], [0.66, dome]), box([0, base - 0.5], [1, 0.5]));
  paint(brush, shell, { fill: coat.patterned, shade: 0.5, rim: 0.45 });
  paint(brush, capsule([-0.66, base], [0.66, base], { width: 0.06 }), {
    fill: solid(lit(coat.base, 0.75)),
  });
}

/** Turtles and tortoises from the side. */
export const turtles: Family<TurtleTraits> = {
  name: "turtle",
  class: "reptile",
  kingdom: "animal",
  habitats: ["dryland", "stone", "meadow", "water", "litter"],
  upright: true,
  draw: drawTurtle,
  genera: [
    {
      name: "tortoise",
      traits: { dome: 0.72, leg: 0.3, neck: 0.22, flare: 0.1 },
      species: {
        netted: {
          pattern: "netted",
          base: ["tan", "olive", "brown", "gold"],
          mark: ["umber", "black", "pine"],
          size: 1.2,
        },
        ringed: {
          pattern: "ringed",
          base: ["tan", "olive", "brown", "gold"],
          mark: ["umber", "black", "pine"],
          size: 1.2,
        },
      },
    },
    {
      name: "terrapin",
      traits: { dome: 0.36, leg: 0.2, neck: 0.34, flare: 0.6 },
      species: {
        striped: {
          pattern: "striped",
          base: ["tan", "olive", "brown", "sage"],
          mark: ["umber", "black", "rust"],
          size: 0.6,
        },
        speckled: {
          pattern: "speckled",
          base: ["tan", "olive", "brown", "sage"],
          mark: ["umber", "black", "rust"],
        },
      },
    },
  ],
};
