import type { Random } from "@/lib/base/random.ts";
import { earth, seedFrom, sky } from "@/lib/worlds/grounds/habitat.ts";
import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { type ColourName, colours, lit, pick } from "@/lib/worlds/paint/colour.ts";
import { blend, rough, solid } from "@/lib/worlds/paint/fill.ts";
import { box, type Point, polygon } from "@/lib/worlds/paint/shape.ts";
import { bricks, stripes } from "@/lib/worlds/paint/texture.ts";
import { type Prop, setOut } from "@/lib/worlds/scenes/props.ts";
import { paintRidge, type Ridge } from "@/lib/worlds/scenes/ridge.ts";

/** Something that runs away from the viewer to the horizon: a street, rails, a runway, rows of a crop. */
export interface Road {
  readonly horizon: readonly [number, number];
  readonly ridges?: readonly Ridge[];
  readonly ground: readonly ColourName[];
  /** Half the width at the lower edge; none for a field of rows. */
  readonly width?: number;
  readonly surface?: readonly ColourName[];
  readonly marks?: "dashes" | "lanes" | "rails" | "crossing" | "none";
  /** Rows across the whole ground. */
  readonly rows?: {
    readonly period: number;
    readonly share?: number;
    readonly colours: readonly ColourName[];
  };
  /** Walls of buildings on both sides: how high they stand at the nearest, in pictures. */
  readonly walls?: {
    readonly height: readonly [number, number];
    readonly colours: readonly ColourName[];
  };
  readonly props: readonly Prop[];
}

function paintWalls(
  brush: Brush,
  random: Random,
  { walls, at: [vx, vy], clear }: { walls: NonNullable<Road["walls"]>; at: Point; clear: number },
): void {
  const lateral = clear + 0.14; // from the middle of the road to the walls, at the lower edge
  for (const side of [-1, 1]) {
    // each house covers half as much again of the way from the vanishing point as the one behind it
    for (let far = 0.1; far < 2; far *= 1.5) {
      const near = far * 1.5, height = random.between(walls.height[0], walls.height[1]);
      const x = (share: number) => vx + side * lateral * share;
      const colour = lit(pick(walls.colours, random), side * brush.canvas.light[0] > 0 ? 0.75 : 1);
      const foot = (share: number) => vy + (1.06 - vy) * share;
      const top = (share: number) => vy - height * share;
      const grid = bricks({ width: 0.26, height: 0.17, joint: 0.5, shift: 0 });
      const glass = pick(["slate", "navy", "sky", "charcoal"], random);
      const fill = blend(colour, lit(glass, 0.8), {
        by: (px, py) => {
          const depth = lateral / Math.max(Math.abs(px - vx), 0.01), up = (vy - py) * depth;
          return up < -0.15 || up > height - 0.08 ? 0 : grid(depth, up);
        },
      });
      const wall = polygon([[x(far), foot(far)], [x(near), foot(near)], [x(near), top(near)], [
        x(far),
        top(far),
      ]]);
      paint(brush, wall, { fill, shade: 0.1, rim: 0.25 });
    }
  }
}

/** Paints a view along a road. */
export function paintRoad(brush: Brush, random: Random, { scene }: { scene: Road }): void {
  const horizon = random.between(scene.horizon[0], scene.horizon[1]);
  const vx = random.between(0.34, 0.66), vanishing: Point = [vx, horizon];
  sky(brush, random, { to: horizon });
  for (const ridge of scene.ridges ?? []) {
    paintRidge(brush, random, { ridge, base: horizon, haze: 0.35 });
  }
  const land = pick(scene.ground, random);
  earth(brush, random, { y: horizon, colour: land });
  const drop = 1.05 - horizon;
  if (scene.rows !== undefined) {
    const row = stripes({
      period: scene.rows.period * random.between(0.85, 1.15),
      share: scene.rows.share ?? 0.5,
    });
    const crop = pick(scene.rows.colours, random);
    const fill = rough(
      blend(lit(land, 0.85), crop, { by: (x, y) => row((x - vx) / (y - horizon + 0.04), 0) }),
      {
        seed: seedFrom(random),
        cell: 0.03,
        strength: 0.35,
      },
    );
    paint(brush, box([0.5, horizon + drop / 2], [0.7, drop / 2]), { fill, shade: 0, rim: 0 });
  }
  if (scene.width !== undefined) {
    const half = scene.width * random.between(0.85, 1.15),
      tone = pick(scene.surface ?? ["grey", "charcoal", "slate"], random);
    const shift = random.between(-0.12, 0.12), foot = 0.5 + shift;
    const surface = rough(solid(tone), { seed: seedFrom(random), cell: 0.05, strength: 0.15 });
    paint(
      brush,
      polygon([[vx - 0.01, horizon], [vx + 0.01, horizon], [foot + half, 1.05], [
        foot - half,
        1.05,
      ]]),
      { fill: surface, shade: 0, rim: 0.2 },
    );
    const line = (across: number, width: number, from: number, to: number) => {
      const x = (t: number, edge: number) => vx + (foot + half * edge - vx) * t;
      const y = (t: number) => horizon + drop * t;
      return polygon([[x(from, across - width), y(from)], [x(from, across + width), y(from)], [
        x(to, across + width),
        y(to),
      ], [x(to, across - width), y(to)]]);
    };
    const white = { fill: solid(colours.white), shade: 0, rim: 0 } as const;
    if (scene.marks === "rails") {
      for (const t of [0.08, 0.11, 0.15, 0.2, 0.27, 0.36, 0.48, 0.63, 0.82]) {
        paint(brush, line(0, 0.95, t, t * 1.1), { fill: solid(colours.umber), shade: 0, rim: 0 });
      }
      for (const across of [-0.6, 0.6]) {
        paint(brush, line(across, 0.06, 0.01, 1), { fill: solid(colours.silver), shade: 0 });
      }
    } else if (scene.marks !== "none") {
      const rows = scene.marks === "lanes" ? [-0.5, 0, 0.5] : [0];
      for (const across of rows) {
        for (const t of [0.06, 0.12, 0.22, 0.38, 0.62]) {
          paint(brush, line(across, 0.035, t, t * 1.45), white);
        }
      }
      for (const across of [-0.93, 0.93]) paint(brush, line(across, 0.02, 0.02, 1), white);
      if (scene.marks === "crossing") {
        for (const across of [-0.8, -0.48, -0.16, 0.16, 0.48, 0.8]) {
          paint(brush, line(across, 0.1, 0.6, 0.8), white);
        }
      }
    }
  }
  if (scene.walls !== undefined) {
    paintWalls(brush, random, { walls: scene.walls, at: vanishing, clear: scene.width ?? 0.3 });
  }
  setOut(brush, random, {
    props: scene.props,
    ground: { horizon, from: horizon + 0.06, to: 1.02 },
  });
}
