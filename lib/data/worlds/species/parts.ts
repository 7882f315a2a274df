import { type Brush, paint } from "@/lib/data/worlds/paint/brush.ts";
import { type Colour, colours } from "@/lib/data/worlds/paint/colour.ts";
import { solid } from "@/lib/data/worlds/paint/fill.ts";
import { disc, type Point } from "@/lib/data/worlds/paint/shape.ts";

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
