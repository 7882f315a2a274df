import type { Random } from "@/lib/base/random.ts";
import { type Brush, place } from "@/lib/worlds/paint/brush.ts";
import type { Scene } from "@/lib/worlds/scenes/all.ts";

/** Paints one picture of a scene as a camera held by hand would frame it: nearer or farther, aside, not quite level. */
export function paintScene(brush: Brush, random: Random, { scene }: { scene: Scene }): void {
  const zoom = random.between(1.1, 2), slack = (zoom - 1.1) / 2;
  // the middle of the picture stays near the middle of the frame, so that its edges stay outside
  const at = { x: 0.5 + random.between(-slack, slack), y: 0.5 + random.between(-slack, slack) };
  const held = place(brush, {
    ...at,
    scale: zoom,
    angle: random.between(-0.014, 0.014),
    flip: random.uniform() < 0.5,
  });
  scene.paint(place(held, { x: -0.5, y: -0.5 }), random);
}
