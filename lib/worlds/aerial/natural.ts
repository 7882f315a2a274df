import type { Random } from "@/lib/base/random.ts";
import { crowns, grain, grid, ground, soil, turf } from "@/lib/worlds/aerial/land.ts";
import { type Brush, paint, wash } from "@/lib/worlds/paint/brush.ts";
import { between, type ColourName, colours, lit, pick } from "@/lib/worlds/paint/colour.ts";
import { path } from "@/lib/worlds/paint/combine.ts";
import { blend, over } from "@/lib/worlds/paint/fill.ts";
import { smooth } from "@/lib/worlds/paint/math.ts";
import { noise } from "@/lib/worlds/paint/noise.ts";
import type { Shape } from "@/lib/worlds/paint/shape.ts";
import { net, patches, stripes } from "@/lib/worlds/paint/texture.ts";

const waters: readonly ColourName[] = ["navy", "teal", "slate", "blue", "pine", "sage"];
const everywhere = [-2, -2, 2, 2] as const;

function scatterTrees(brush: Brush, random: Random, { share }: { share: number }): void {
  const colour = pick(["leaf", "green", "pine", "olive"], random);
  const woods = noise({ seed: grain(random), cell: 0.6 });
  const at = grid(random, { pitch: 0.2, jitter: 1 }).filter(([x, y]) => woods(x, y) < share);
  crowns(brush, random, { at, radius: 0.08, colour });
}

function broadleafForest(brush: Brush, random: Random): void {
  ground(brush, random, { names: ["pine", "umber", "green"] });
  const colour = pick(["leaf", "green", "olive", "gold", "rust", "lime"], random);
  const pitch = random.between(0.2, 0.3);
  crowns(brush, random, { at: grid(random, { pitch, jitter: 0.9 }), radius: pitch * 0.62, colour });
}

function coniferForest(brush: Brush, random: Random): void {
  ground(brush, random, { names: ["pine", "umber", "charcoal"] });
  const colour = pick(["pine", "green", "olive", "slate", "teal"], random);
  const pitch = random.between(0.11, 0.15);
  crowns(brush, random, {
    at: grid(random, { pitch, jitter: 0.8 }),
    radius: pitch * 0.5,
    colour,
    pointed: true,
  });
}

function heath(brush: Brush, random: Random): void {
  const colour = ground(brush, random);
  const shrubs = patches({
    period: random.between(0.12, 0.3),
    share: random.between(0.2, 0.5),
    seed: grain(random),
  });
  const other = pick(["pine", "brown", "mauve", "olive"], random);
  wash(brush, over(soil(colour, random), lit(other, 0.9), { by: (x, y) => 0.75 * shrubs(x, y) }));
}

function grassland(brush: Brush, random: Random): void {
  ground(brush, random);
  const track = path([[-2, random.between(-1, 1)], [0, random.between(-0.6, 0.6)], [
    2,
    random.between(-1, 1),
  ]], { width: 0.02 });
  if (random.uniform() < 0.6) paint(brush, track, { fill: soil(colours.sand, random), rim: 0 });
  if (random.uniform() < 0.5) scatterTrees(brush, random, { share: 0.22 });
}

function winding(random: Random, { width }: { width: number }): Shape {
  const bend = noise({ seed: grain(random), cell: random.between(0.6, 1.1), octaves: 2 });
  const bank = noise({ seed: grain(random), cell: 0.3 });
  return {
    bounds: everywhere,
    distance: (x, y) =>
      (Math.abs(y - 2.4 * (bend(x, 0) - 0.5)) - width * (0.7 + 0.6 * bank(x, y))) * 0.6,
  };
}

function river(brush: Brush, random: Random): void {
  ground(brush, random);
  if (random.uniform() < 0.6) scatterTrees(brush, random, { share: 0.4 });
  const course = winding(random, { width: random.between(0.12, 0.3) });
  const bank: Shape = { ...course, distance: (x, y) => course.distance(x, y) - 0.05 };
  paint(brush, bank, {
    fill: soil(pick(["sand", "stone", "brown"], random), random),
    rim: 0,
    shade: 0,
  });
  paint(brush, course, {
    fill: soil(pick(waters, random), random, { cell: 0.4, strength: 0.12 }),
    rim: 0.3,
    shade: 0,
  });
}

function lake(brush: Brush, random: Random): void {
  ground(brush, random);
  if (random.uniform() < 0.6) scatterTrees(brush, random, { share: 0.45 });
  const edge = noise({ seed: grain(random), cell: 0.5, octaves: 3 });
  const size = random.between(0.5, 0.85),
    cx = random.between(-0.3, 0.3),
    cy = random.between(-0.3, 0.3);
  const squash = random.between(0.6, 1);
  const shore: Shape = {
    bounds: everywhere,
    distance: (x, y) => {
      const u = x - cx, v = (y - cy) / squash;
      return Math.sqrt(u * u + v * v) - size - (edge(x, y) - 0.5) * 0.8;
    },
  };
  const beach: Shape = { ...shore, distance: (x, y) => shore.distance(x, y) - 0.05 };
  paint(brush, beach, {
    fill: soil(pick(["sand", "olive", "stone"], random), random),
    rim: 0,
    shade: 0,
  });
  paint(brush, shore, {
    fill: soil(pick(waters, random), random, { cell: 0.6, strength: 0.15 }),
    rim: 0.3,
    shade: 0,
  });
}

function coast(brush: Brush, random: Random): void {
  ground(brush, random);
  if (random.uniform() < 0.5) scatterTrees(brush, random, { share: 0.4 });
  const edge = noise({ seed: grain(random), cell: 0.7, octaves: 3 });
  const at = random.between(-0.35, 0.35), sand = random.between(0.08, 0.25);
  const line = (x: number, y: number) => y - at - (edge(x, y) - 0.5) * 0.8;
  const sea = pick(waters, random), shallow = between(sea, colours.teal, { share: 0.6 });
  const deep = noise({ seed: grain(random), cell: 0.3, octaves: 2 });
  paint(brush, { bounds: everywhere, distance: (x, y) => -line(x, y) - sand }, {
    fill: soil(pick(["sand", "cream", "stone"], random), random),
    rim: 0,
    shade: 0,
  });
  const surf = stripes({ period: 0.16, share: 0.25, angle: 0, wobble: 0.8, seed: grain(random) });
  const fill = over(
    blend(lit(shallow, 1.3), sea, { by: (x, y) => smooth(line(x, y) * 1.6 + deep(x, y) - 0.5) }),
    colours.white,
    {
      by: (x, y) => {
        const d = line(x, y);
        return d < 0.42 ? 0.8 * surf(d, x * 0.3) * smooth(1 - d * 2.4) : 0;
      },
    },
  );
  paint(brush, { bounds: everywhere, distance: (x, y) => -line(x, y) }, { fill, rim: 0, shade: 0 });
}

function dunes(brush: Brush, random: Random): void {
  const colour = pick(["sand", "tan", "gold", "cream", "rust"], random);
  const ridge = noise({ seed: grain(random), cell: 0.5, octaves: 2, stretch: 1.6 });
  const period = random.between(0.2, 0.45);
  wash(
    brush,
    blend(lit(colour, 0.6), lit(colour, 1.2), {
      by: (x, y) => {
        const u = y / period + 2.4 * ridge(x, y), t = u - Math.floor(u);
        return t < 0.75 ? 0.3 + 0.7 * t / 0.75 : 1 - (t - 0.75) * 4; // a long slope to the wind, a short one from it
      },
    }),
  );
}

function rock(brush: Brush, random: Random): void {
  const colour = pick(["stone", "grey", "slate", "brown", "rust", "tan"], random);
  const cracks = net({ period: random.between(0.3, 0.6), line: 0.12, seed: grain(random) });
  const warp = noise({ seed: grain(random), cell: 0.25, octaves: 2 });
  const relief = noise({ seed: grain(random), cell: 0.45, octaves: 4 });
  wash(
    brush,
    over(
      blend(lit(colour, 0.5), lit(colour, 1.35), {
        by: (x, y) => smooth((relief(x, y) - relief(x + 0.05, y + 0.05)) * 5 + 0.5),
      }),
      lit(colour, 0.4),
      {
        by: (x, y) => 0.55 * cracks(x + warp(x, y) * 0.8, y * 2 + warp(y, x) * 0.8),
      },
    ),
  );
  const moss = patches({ period: 0.5, share: 0.2, seed: grain(random) });
  if (random.uniform() < 0.5) {
    paint(brush, { bounds: everywhere, distance: (x, y) => 0.5 - moss(x, y) }, {
      fill: soil(pick(turf, random), random),
      rim: 0,
      shade: 0,
      opacity: 0.7,
    });
  }
}

function snow(brush: Brush, random: Random): void {
  const relief = noise({ seed: grain(random), cell: random.between(0.5, 0.9), octaves: 4 });
  const shadowed = between(colours.sky, colours.slate, { share: random.between(0.1, 0.5) });
  wash(
    brush,
    blend(shadowed, [0.97, 0.97, 0.98], {
      by: (x, y) => smooth((relief(x, y) - relief(x + 0.06, y + 0.08)) * 5 + 0.6),
    }),
  );
  const bare = noise({ seed: grain(random), cell: 0.4, octaves: 3 }),
    level = random.between(0.25, 0.4);
  paint(brush, { bounds: everywhere, distance: (x, y) => (bare(x, y) - level) * 0.8 }, {
    fill: soil(pick(["slate", "umber", "stone"], random), random),
    rim: 0,
    shade: 0,
  });
}

function wetland(brush: Brush, random: Random): void {
  ground(brush, random);
  const pools = noise({ seed: grain(random), cell: random.between(0.25, 0.4), octaves: 3 });
  const level = random.between(0.42, 0.5), water = pick(waters, random);
  const reeds = patches({ period: 0.2, share: 0.4, seed: grain(random) });
  paint(brush, { bounds: everywhere, distance: (x, y) => (pools(x, y) - level - 0.06) * 0.5 }, {
    fill: blend(lit(colours.olive, 0.7), colours.sage, { by: reeds }),
    rim: 0,
    shade: 0,
  });
  paint(brush, { bounds: everywhere, distance: (x, y) => (pools(x, y) - level) * 0.5 }, {
    fill: soil(water, random, { strength: 0.12 }),
    rim: 0.2,
    shade: 0,
  });
  const creek = winding(random, { width: 0.05 });
  paint(brush, creek, { fill: soil(water, random, { strength: 0.12 }), rim: 0, shade: 0 });
  if (random.uniform() < 0.4) scatterTrees(brush, random, { share: 0.25 });
}

/** Land that nobody made: painters, in units of half a picture, (0, 0) the middle. */
export const natural = {
  broadleafForest,
  coniferForest,
  grassland,
  heath,
  wetland,
  river,
  lake,
  coast,
  dunes,
  rock,
  snow,
} as const;
