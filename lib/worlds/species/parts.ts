import type { Random } from "@/lib/base/random.ts";
import { type Brush, type Look, paint, place } from "@/lib/worlds/paint/brush.ts";
import { type Colour, colours } from "@/lib/worlds/paint/colour.ts";
import { curve, path, within } from "@/lib/worlds/paint/combine.ts";
import { mottled, solid } from "@/lib/worlds/paint/fill.ts";
import { box, capsule, disc, ellipse, type Point, type Shape } from "@/lib/worlds/paint/shape.ts";

/** An eye: a pale ring about a dark pupil with a glint. */
export function eye(
  brush: Brush,
  [x, y]: Point,
  { size, iris = colours.cream }: { size: number; iris?: Colour },
): void {
  paint(brush, disc([x, y], size), { fill: solid(iris), shade: 0, rim: 0.2 });
  paint(brush, disc([x, y], size * 0.62), { fill: solid(colours.black), shade: 0, rim: 0 });
  const glint = disc([x + size * 0.25, y - size * 0.25], size * 0.2);
  paint(brush, glint, { fill: solid(colours.white), shade: 0, rim: 0 });
}

/** A leg, feeler, stem or tentacle: from the first point to the last, bent towards the middle one. */
export function limb(
  brush: Brush,
  points: readonly [Point, Point, Point],
  { width, to = width, count = 4, ...look }: Look & {
    /** Half the width at the first point. */
    width: number;
    /** Half the width at the last. */
    to?: number;
    /** Straight pieces of which the curve is made. */
    count?: number;
  },
): void {
  paint(brush, path(curve(points, { count }), { width, to }), look);
}

/** Draws the right half, and its mirror image on the left. */
export function mirrored(brush: Brush, draw: (half: Brush) => void): void {
  draw(place(brush, { flip: true }));
  draw(brush);
}

/** Draws the same part `count` times about the origin, pointing outwards along x; `turn` is where the first one points. */
export function around(
  brush: Brush,
  { count, turn = 0 }: { count: number; turn?: number },
  draw: (part: Brush) => void,
): void {
  for (let i = 0; i < count; i++) draw(place(brush, { angle: turn + i / count }));
}

/** The upper half of an ellipse, its flat side through the centre. */
export function dome([x, y]: Point, [rx, ry]: Point): Shape {
  return within(ellipse([x, y], [rx, ry]), box([x, y - ry], [2 * rx, ry]));
}

/** A branch across the picture, on which to sit or hang; `y` is its height in the middle. */
export function branch(brush: Brush, random: Random, { y }: { y: number }): void {
  const slant = random.between(-0.12, 0.12);
  const wood = capsule([-1.3, y - slant], [1.3, y + slant], { width: 0.07, to: 0.04 });
  paint(brush, wood, { fill: mottled(colours.brown, { seed: 5 }) });
}
