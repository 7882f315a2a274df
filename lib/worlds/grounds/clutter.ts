import type { Random } from "@/lib/base/random.ts";
import { blades, type Habitat } from "@/lib/worlds/grounds/habitat.ts";
import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { type ColourName, colours, pick } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { mottled, solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, disc, ellipse } from "@/lib/worlds/paint/shape.ts";

const greens: readonly ColourName[] = ["leaf", "green", "olive", "pine", "sage"];
const browns: readonly ColourName[] = ["brown", "stone", "tan", "umber", "slate", "rust"];

/** A soft dark patch on the ground under something at (x, y), in canvas units. */
export function shadow(
  brush: Brush,
  { x, y, width }: { x: number; y: number; width: number },
): void {
  const patch = ellipse([x + brush.canvas.light[0] * width * 0.4, y], [width, width * 0.22]);
  paint(brush, patch, {
    fill: solid(colours.black),
    soft: width * 0.3,
    opacity: 0.4,
    shade: 0,
    rim: 0,
  });
}

/** Things that stand about behind the figure: bushes, stones, twigs; sometimes none. */
export function clutter(
  brush: Brush,
  random: Random,
  { habitat }: { habitat: Habitat },
): void {
  if (habitat === "sky") return;
  for (let i = random.integer(4); i > 0; i--) {
    const x = random.uniform(), y = random.between(0.35, 0.95), size = random.between(0.05, 0.16);
    const kind = random.integer(3);
    const fill = mottled(pick(kind === 0 ? greens : browns, random), {
      seed: random.integer(1e9),
      cell: 0.04,
    });
    if (kind === 0) {
      const bush = union([
        disc([x, y], size),
        disc([x - size, y + 0.02], size * 0.7),
        disc([
          x + size,
          y + 0.02,
        ], size * 0.75),
      ], { soft: 0.03 });
      paint(brush, bush, { fill, opacity: 0.9 });
    } else if (kind === 1) {
      paint(
        brush,
        ellipse([x, y], [size * 1.2, size * 0.7], { angle: random.between(-0.05, 0.05) }),
        { fill },
      );
    } else {
      const end = [x + random.between(-0.4, 0.4), y + random.between(-0.3, 0.3)] as const;
      paint(brush, capsule([x, y], end, { width: 0.015, to: 0.006 }), { fill });
    }
  }
}

/** In one picture of three, something in front: stalks, a leaf near the lens, a twig. */
export function occlude(
  brush: Brush,
  random: Random,
  { habitat }: { habitat: Habitat },
): void {
  const kind = random.uniform();
  if (kind < 0.15 && habitat !== "sky") {
    const colour = pick(greens, random);
    blades(brush, random, { y: 1.02, tall: random.between(0.25, 0.5), count: 10, colour });
  } else if (kind < 0.27) {
    const corner = [random.integer(2), random.uniform()] as const;
    const leaf = ellipse(corner, [random.between(0.1, 0.25), random.between(0.08, 0.16)], {
      angle: random.uniform(),
    });
    paint(brush, leaf, { fill: solid(pick(greens, random)), soft: 0.05, rim: 0 });
  } else if (kind < 0.33) {
    const twig = capsule([-0.1, random.uniform()], [1.1, random.uniform()], { width: 0.014 });
    paint(brush, twig, { fill: solid(pick(browns, random)) });
  }
}
