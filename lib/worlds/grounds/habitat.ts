import type { Random } from "@/lib/base/random.ts";
import { type Brush, paint, wash } from "@/lib/worlds/paint/brush.ts";
import {
  between,
  type Colour,
  type ColourName,
  colours,
  lit,
  pick,
  vary,
} from "@/lib/worlds/paint/colour.ts";
import { path } from "@/lib/worlds/paint/combine.ts";
import { blend, over, rough, solid } from "@/lib/worlds/paint/fill.ts";
import { noise } from "@/lib/worlds/paint/noise.ts";
import { box, disc, ellipse } from "@/lib/worlds/paint/shape.ts";
import { patches, slope, spots, stripes } from "@/lib/worlds/paint/texture.ts";

/** Paints what is behind a figure, over the whole canvas; brush units are the canvas. */
export type Ground = (brush: Brush, random: Random) => void;

/** A seed for `noise` and its kin. */
export function seedFrom(random: Random): number {
  return random.integer(0x7fffffff);
}

/** Grass blades, stalks and the like, standing at the height `y` with their tips up to `tall` above. */
export function blades(
  brush: Brush,
  random: Random,
  { y, tall, count, colour }: { y: number; tall: number; count: number; colour: Colour },
): void {
  for (let i = 0; i < count; i++) {
    const x = random.uniform(),
      lean = random.between(-0.4, 0.4),
      up = tall * random.between(0.5, 1);
    const blade = path([[x, y], [x + lean * up * 0.3, y - up * 0.6], [x + lean * up, y - up]], {
      width: 0.012,
      to: 0.002,
    });
    paint(brush, blade, { fill: solid(vary(colour, random)), rim: 0 });
  }
}

/** A sky, from its colour above to a paler one at the height `to`, with or without clouds. */
export function sky(brush: Brush, random: Random, { to = 1 } = {}): void {
  const high = pick(["sky", "azure", "slate", "sky", "azure", "silver", "mauve"], random);
  const low = between(high, pick(["white", "cream", "sky", "white", "pink"], random), {
    share: random.between(0.3, 0.8),
  });
  const clear = blend(high, low, { by: slope({ from: 0, to }) });
  const cloud = patches({ period: random.between(0.2, 0.5), share: 0.4, seed: seedFrom(random) });
  const cloudy = random.uniform() < 0.5;
  wash(brush, cloudy ? over(clear, lit(low, 1.1), { by: (x, y) => 0.7 * cloud(x / 2, y) }) : clear);
}

/** Ground from the height `y` down to the lower edge, rougher and paler the farther away it is. */
export function earth(
  brush: Brush,
  random: Random,
  { y, colour }: { y: number; colour: Colour },
): void {
  const grain = noise({ seed: seedFrom(random), cell: 0.06, octaves: 3, stretch: 2.5 });
  const near = slope({ from: y, to: 1 });
  const far = between(colour, colours.silver, { share: 0.25 });
  const fill = over(
    blend(far, colour, { by: near }),
    lit(colour, 0.62),
    { by: (u, v) => Math.max(0, grain(u, (v - y) * 0.7) - 0.35) },
  );
  paint(brush, box([0.5, (y + 1.1) / 2], [0.7, (1.1 - y) / 2]), { fill, shade: 0, rim: 0 });
}

function blurred(brush: Brush, random: Random, names: readonly ColourName[]): void {
  const one = pick(names, random), other = pick(names, random);
  const cell = random.between(0.15, 0.5);
  wash(
    brush,
    blend(one, lit(other, 0.8), { by: noise({ seed: seedFrom(random), cell, octaves: 2 }) }),
  );
  const lights = random.integer(9);
  for (let i = 0; i < lights; i++) {
    const spot = disc([random.uniform(), random.uniform()], random.between(0.04, 0.16));
    paint(brush, spot, {
      fill: solid(pick(names, random)),
      soft: 0.08,
      opacity: random.between(0.2, 0.7),
      shade: 0,
      rim: 0,
    });
  }
}

function water(brush: Brush, random: Random): void {
  const colour = pick(["teal", "azure", "blue", "sage", "navy"], random);
  const shallow = between(colour, colours.sky, { share: random.between(0.2, 0.6) });
  const fill = blend(shallow, lit(colour, 0.7), { by: slope({ from: 0, to: 1 }) });
  wash(brush, rough(fill, { seed: seedFrom(random), cell: 0.25, strength: 0.2, stretch: 2 }));
  if (random.uniform() < 0.5) {
    earth(brush, random, {
      y: random.between(0.75, 0.95),
      colour: pick(["sand", "olive", "stone"], random),
    });
  }
  if (random.uniform() < 0.5) {
    blades(brush, random, {
      y: 1.02,
      tall: random.between(0.3, 0.8),
      count: 3 + random.integer(8),
      colour: pick(["leaf", "olive", "rust", "mauve"], random),
    });
  }
  for (let i = random.integer(7); i > 0; i--) {
    paint(brush, disc([random.uniform(), random.uniform()], random.between(0.01, 0.03)), {
      fill: solid(colours.white),
      opacity: 0.4,
    });
  }
}

function surface(brush: Brush, random: Random): void {
  const y = random.between(0.3, 0.6);
  sky(brush, random, { to: y });
  const colour = pick(["teal", "azure", "slate", "sage"], random);
  earth(brush, random, { y, colour });
  const wave = stripes({
    period: 0.09,
    share: 0.2,
    angle: 0.25,
    wobble: 0.9,
    seed: seedFrom(random),
  });
  const fill = blend(colour, lit(colour, 1.3), { by: (u, v) => wave(u * 0.3, v) });
  paint(brush, box([0.5, (1 + y) / 2], [0.6, (1 - y) / 2]), {
    fill,
    shade: 0,
    rim: 0,
    opacity: 0.7,
  });
  if (random.uniform() < 0.5) {
    blades(brush, random, { y: y + 0.05, tall: 0.3, count: 14, colour: colours.olive });
  }
}

function meadow(brush: Brush, random: Random): void {
  const y = random.between(0.25, 0.65);
  sky(brush, random, { to: y });
  if (random.uniform() < 0.5) {
    const hill = pick(["sage", "pine", "olive", "slate"], random);
    paint(
      brush,
      ellipse([random.uniform(), y], [random.between(0.4, 0.9), random.between(0.06, 0.2)]),
      {
        fill: solid(hill),
        rim: 0,
      },
    );
  }
  const colour = pick(["leaf", "olive", "lime", "green", "sand"], random);
  earth(brush, random, { y, colour });
  blades(brush, random, { y: 1.02, tall: 0.22, count: 6 + random.integer(18), colour });
}

function dryland(brush: Brush, random: Random): void {
  const y = random.between(0.35, 0.7);
  sky(brush, random, { to: y });
  const colour = pick(["sand", "tan", "rust", "stone"], random);
  earth(brush, random, { y, colour });
  for (let i = random.integer(8); i > 0; i--) {
    const v = random.between(y + 0.03, 1);
    const size = 0.015 + 0.06 * (v - y);
    paint(brush, ellipse([random.uniform(), v], [size * 1.6, size]), {
      fill: solid(vary(lit(colour, 0.7), random)),
    });
  }
}

function snowfield(brush: Brush, random: Random): void {
  const y = random.between(0.3, 0.6);
  sky(brush, random, { to: y });
  earth(brush, random, { y, colour: vary([0.86, 0.88, 0.92], random) });
}

function litter(brush: Brush, random: Random): void {
  const colour = pick(["brown", "umber", "olive", "pine", "rust"], random);
  wash(brush, rough(solid(colour), { seed: seedFrom(random), cell: 0.12, strength: 0.5 }));
  for (let i = 14 + random.integer(14); i > 0; i--) {
    const leaf = ellipse([random.uniform(), random.uniform()], [
      random.between(0.03, 0.08),
      random.between(0.015, 0.035),
    ], { angle: random.uniform() });
    paint(brush, leaf, {
      fill: solid(pick(["rust", "tan", "brown", "olive", "gold", "leaf"], random)),
      opacity: 0.8,
    });
  }
}

function foliage(brush: Brush, random: Random): void {
  blurred(brush, random, ["leaf", "green", "olive", "pine", "lime"]);
  for (let i = 3 + random.integer(8); i > 0; i--) {
    const size = random.between(0.06, 0.2);
    const leaf = ellipse([random.uniform(), random.uniform()], [size, size * 0.45], {
      angle: random.uniform(),
    });
    paint(brush, leaf, {
      fill: solid(pick(["leaf", "green", "lime", "sage", "olive"], random)),
      opacity: 0.75,
    });
  }
}

function bark(brush: Brush, random: Random): void {
  const colour = pick(["brown", "stone", "umber", "tan", "slate"], random);
  const grain = noise({ seed: seedFrom(random), cell: 0.05, octaves: 3, stretch: 5 });
  wash(brush, blend(lit(colour, 0.55), lit(colour, 1.25), { by: (x, y) => grain(y, x) }));
  const moss = patches({ period: 0.35, share: random.between(0.1, 0.4), seed: seedFrom(random) });
  const side = box([0.5, 0.5], [0.6, 0.6]);
  paint(brush, side, {
    fill: over(
      blend(lit(colour, 0.55), lit(colour, 1.25), { by: (x, y) => grain(y, x) }),
      colours.olive,
      { by: moss },
    ),
    shade: 0.3,
    rim: 0,
  });
}

function stone(brush: Brush, random: Random): void {
  const colour = pick(["stone", "sand", "grey", "slate", "tan"], random);
  wash(
    brush,
    rough(solid(colour), { seed: seedFrom(random), cell: random.between(0.1, 0.4), strength: 0.4 }),
  );
  const lichen = spots({ period: 0.2, radius: 0.35, missing: 0.6, seed: seedFrom(random) });
  const fill = over(
    rough(solid(colour), { seed: seedFrom(random), cell: 0.09, strength: 0.5 }),
    pick(["sage", "gold", "charcoal"], random),
    { by: (x, y) => 0.5 * lichen(x, y) },
  );
  wash(brush, fill);
}

/** The natural backgrounds, by name. */
export const habitats = {
  water,
  surface,
  meadow,
  dryland,
  snowfield,
  litter,
  foliage,
  bark,
  stone,
  sky: (brush: Brush, random: Random) => sky(brush, random),
  haze: (brush: Brush, random: Random) =>
    blurred(brush, random, ["sage", "stone", "olive", "slate", "tan", "sky"]),
} as const satisfies Record<string, Ground>;

/** The name of a natural background. */
export type Habitat = keyof typeof habitats;
