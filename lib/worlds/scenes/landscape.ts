import type { Random } from "@/lib/base/random.ts";
import { blades, earth, seedFrom, sky } from "@/lib/worlds/grounds/habitat.ts";
import { type Brush, paint } from "@/lib/worlds/paint/brush.ts";
import { type ColourName, colours, lit, pick } from "@/lib/worlds/paint/colour.ts";
import { blend, type Fill } from "@/lib/worlds/paint/fill.ts";
import { noise } from "@/lib/worlds/paint/noise.ts";
import { box, type Shape } from "@/lib/worlds/paint/shape.ts";
import { stripes } from "@/lib/worlds/paint/texture.ts";
import { type Prop, setOut } from "@/lib/worlds/scenes/props.ts";
import { paintRidge, type Ridge } from "@/lib/worlds/scenes/ridge.ts";

/** Open land under a sky. */
export interface Landscape {
  /** Least and greatest height of the horizon, from the top. */
  readonly horizon: readonly [number, number];
  /** From the farthest to the nearest. */
  readonly ridges: readonly Ridge[];
  readonly ground: readonly ColourName[];
  /** The share of the ground under water, from the horizon forwards, or a river down the middle. */
  readonly water?: number | "river";
  /** Waves of sand or furrows across the ground. */
  readonly ripples?: number;
  readonly grass?: boolean;
  readonly props: readonly Prop[];
}

function waterFill(random: Random, { y }: { y: number }): Fill {
  const colour = pick(["teal", "azure", "slate", "blue", "sage"], random);
  const wave = stripes({
    period: 0.05,
    share: 0.3,
    angle: 0.25,
    wobble: 1.2,
    seed: seedFrom(random),
  });
  return blend(colour, lit(colour, 1.35), {
    by: (u, v) => wave(u * 0.3, (v - y) * 0.8 + 0.02 / (v - y + 0.05)),
  });
}

/** Paints an open landscape. */
export function paintLandscape(
  brush: Brush,
  random: Random,
  { scene }: { scene: Landscape },
): void {
  const horizon = random.between(scene.horizon[0], scene.horizon[1]);
  sky(brush, random, { to: horizon });
  scene.ridges.forEach((ridge, i) => {
    const haze = 0.5 * (1 - (i + 1) / scene.ridges.length);
    paintRidge(brush, random, { ridge, base: horizon + 0.01 * i, haze });
  });
  const colour = pick(scene.ground, random);
  earth(brush, random, { y: horizon, colour });
  if (scene.ripples !== undefined) {
    const bands = stripes({
      period: 0.16,
      share: 0.4,
      angle: 0.22,
      wobble: 1.6,
      seed: seedFrom(random),
    });
    const sand = box([0.5, (horizon + 1) / 2], [0.6, (1 - horizon) / 2]);
    paint(brush, sand, {
      fill: blend(lit(colour, 1.1), lit(colour, 0.72), { by: (x, y) => bands(x * 0.6, y) }),
      opacity: scene.ripples,
      shade: 0,
      rim: 0,
    });
  }
  let from = horizon + 0.02;
  if (scene.water === "river") {
    const bend = noise({ seed: seedFrom(random), cell: 0.35 }), start = random.between(0.3, 0.7);
    const river: Shape = {
      bounds: [-0.2, horizon, 1.2, 1.02],
      distance: (x, y) => {
        const t = (y - horizon) / (1 - horizon);
        return Math.max(
          (Math.abs(x - start - (bend(y, 0) - 0.5) * t * 1.6) - 0.02 - 0.2 * t) * 0.8,
          horizon - y,
        );
      },
    };
    paint(brush, river, { fill: waterFill(random, { y: horizon }), shade: 0, rim: 0.2 });
  } else if (scene.water !== undefined) {
    const share = scene.water * random.between(0.85, 1.1);
    const shoreline = noise({ seed: seedFrom(random), cell: 0.4 });
    const shore = horizon + (1 - horizon) * share;
    const lake: Shape = {
      bounds: [-0.1, horizon, 1.1, shore + 0.1],
      distance: (x, y) => Math.max(y - shore - 0.12 * (shoreline(x, 0) - 0.5), horizon - y),
    };
    paint(brush, lake, { fill: waterFill(random, { y: horizon }), shade: 0, rim: 0.15 });
    from = horizon + (1 - horizon) * 0.12;
  }
  if (scene.grass) {
    blades(brush, random, { y: 1.02, tall: 0.2, count: 12, colour });
  }
  setOut(brush, random, { props: scene.props, ground: { horizon, from, to: 1.02 } });
  if (scene.grass) {
    blades(brush, random, { y: 1.03, tall: 0.12, count: 10, colour: lit(colours.leaf, 0.9) });
  }
}
