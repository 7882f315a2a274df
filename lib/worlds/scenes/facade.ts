import type { Random } from "@/lib/base/random.ts";
import { earth, sky } from "@/lib/worlds/grounds/habitat.ts";
import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { type ColourName, colours, pick } from "@/lib/worlds/paint/colour.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { polygon } from "@/lib/worlds/paint/shape.ts";
import { type Building, paintBuilding } from "@/lib/worlds/scenes/building.ts";
import { type Prop, setOut } from "@/lib/worlds/scenes/props.ts";
import { paintRidge, type Ridge } from "@/lib/worlds/scenes/ridge.ts";

/** Buildings in front view on open ground. */
export interface Facade {
  readonly horizon: readonly [number, number];
  readonly ridges?: readonly Ridge[];
  readonly ground: readonly ColourName[];
  readonly buildings: readonly Building[];
  /** A path from the door to the front. */
  readonly path?: boolean;
  readonly props: readonly Prop[];
}

/** Paints buildings on open ground. */
export function paintFacade(brush: Brush, random: Random, { scene }: { scene: Facade }): void {
  const horizon = random.between(scene.horizon[0], scene.horizon[1]);
  sky(brush, random, { to: horizon });
  for (const ridge of scene.ridges ?? []) {
    paintRidge(brush, random, { ridge, base: horizon, haze: 0.3 });
  }
  earth(brush, random, { y: horizon, colour: pick(scene.ground, random) });
  const count = scene.buildings.length, foot = horizon + (1 - horizon) * 0.18;
  const doors = scene.buildings.map((building, i) => {
    const x = (i + 0.5) / count + random.between(-0.1, 0.1);
    paintBuilding(brush, random, { building, x, y: foot, scale: random.between(0.88, 1.12) });
    return x;
  });
  if (scene.path) {
    const x = doors[0]!;
    const way = polygon([[x - 0.02, foot], [x + 0.02, foot], [x + 0.2, 1.05], [x - 0.1, 1.05]]);
    paint(brush, way, {
      fill: solid(pick(["sand", "stone", "grey"], random)),
      rim: 0.15,
      shade: 0,
    });
  }
  const ground = { horizon: horizon - 0.08, from: foot + 0.03, to: 1.03 };
  setOut(brush, random, { props: scene.props, ground });
  if (random.uniform() < 0.15) {
    const wire = polygon([[-0.1, 0.1], [1.1, 0.16], [1.1, 0.165], [-0.1, 0.105]], { round: 0.002 });
    paint(brush, wire, { fill: solid(colours.charcoal), rim: 0 });
  }
}
