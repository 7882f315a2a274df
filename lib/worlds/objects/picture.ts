import type { Random } from "@/lib/base/random.ts";
import { backdrop } from "@/lib/worlds/grounds/backdrop.ts";
import { shadow } from "@/lib/worlds/grounds/clutter.ts";
import { allObjects, type ObjectKind } from "@/lib/worlds/objects/all.ts";
import { type Brush, paint, place } from "@/lib/worlds/paint/brush.ts";
import { type ColourName, pick } from "@/lib/worlds/paint/colour.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { capsule, disc } from "@/lib/worlds/paint/shape.ts";

const any: readonly ColourName[] = [
  "red",
  "gold",
  "teal",
  "blue",
  "cream",
  "charcoal",
  "brown",
  "sage",
];

/** Paints one picture of an object: a backdrop, small things beside it, the object near the middle, and sometimes a bar in front. */
export function paintObject(brush: Brush, random: Random, { kind }: { kind: ObjectKind }): void {
  backdrop(brush, random, { outside: kind.made ? 0.2 : 0.9 });
  for (let i = random.integer(3); i > 0; i--) {
    const beside = allObjects[random.integer(allObjects.length)]!;
    const x = random.uniform() < 0.5 ? random.between(0, 0.2) : random.between(0.8, 1);
    beside.draw(
      place(brush, { x, y: random.between(0.2, 0.9), scale: random.between(0.08, 0.16) }),
      random,
    );
  }
  const scale = random.between(0.36, 0.5);
  const slack = 0.6 - scale;
  const at = {
    x: 0.5 + random.between(-slack, slack) * 0.6,
    y: 0.5 + random.between(-slack, slack) * 0.6,
    scale,
    stretch: random.between(0.88, 1.12),
    flip: random.uniform() < 0.5,
    angle: kind.upright ? random.between(-0.03, 0.03) : random.between(-0.08, 0.08),
  };
  if (kind.upright) shadow(brush, { x: at.x, y: at.y + scale * 0.75, width: scale * 0.8 });
  kind.draw(place(brush, at), random);
  const front = random.uniform();
  if (front < 0.12) {
    const bar = capsule([random.uniform(), -0.1], [random.uniform(), 1.1], {
      width: random.between(0.01, 0.04),
    });
    paint(brush, bar, { fill: solid(pick(any, random)) });
  } else if (front < 0.25) {
    const blot = disc([random.integer(2), random.uniform()], random.between(0.1, 0.22));
    paint(brush, blot, { fill: solid(pick(any, random)), soft: 0.06, rim: 0 });
  }
}
