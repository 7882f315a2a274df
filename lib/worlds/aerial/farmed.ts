import type { Random } from "@/lib/base/random.ts";
import { crowns, grain, grid, ground, reach, road, soil, turf } from "@/lib/worlds/aerial/land.ts";
import { type Brush, paint, place, wash } from "@/lib/worlds/paint/brush.ts";
import { type Colour, type ColourName, colours, lit, pick } from "@/lib/worlds/paint/colour.ts";
import { blend, type Fill, rough } from "@/lib/worlds/paint/fill.ts";
import { box, capsule, disc, polygon } from "@/lib/worlds/paint/shape.ts";
import { stripes } from "@/lib/worlds/paint/texture.ts";

const soils: readonly ColourName[] = ["brown", "tan", "umber", "rust", "sand"];

/** Parallel rows of a crop on soil. */
function rows(
  random: Random,
  { period, crop, bare, share }: { period: number; crop: Colour; bare: Colour; share: number },
): Fill {
  const row = stripes({ period, share, wobble: 0.12, seed: grain(random) });
  return rough(blend(bare, crop, { by: row }), { seed: grain(random), cell: 0.12, strength: 0.3 });
}

/** A straight boundary beyond which something else is grown, so that few pictures hold one field alone. */
function neighbour(brush: Brush, random: Random): void {
  if (random.uniform() < 0.4) return;
  const at = random.between(0.45, 0.85);
  const side = place(brush, { angle: random.integer(4) / 4 });
  paint(side, box([at + reach, 0], [reach, 2 * reach]), {
    fill: soil(pick(turf, random), random),
    shade: 0,
    rim: 0,
  });
  road(side, { at, half: random.between(0.02, 0.05), along: "y", line: false, tone: colours.sand });
}

function rowCrop(brush: Brush, random: Random): void {
  const crop = pick(turf, random), bare = pick(soils, random);
  wash(brush, rows(random, { period: random.between(0.09, 0.14), crop, bare, share: 0.55 }));
  for (let x = -reach + random.uniform() * 0.5; x < reach; x += 0.55) {
    for (const track of [-0.035, 0.035]) {
      paint(brush, box([x + track, 0], [0.012, 2 * reach]), {
        fill: soil(lit(bare, 0.8), random),
        shade: 0,
        rim: 0,
      });
    }
  }
  neighbour(brush, random);
}

function vineyard(brush: Brush, random: Random): void {
  const bare = ground(brush, random, { names: soils });
  const period = random.between(0.17, 0.24),
    crop = pick(["leaf", "green", "olive", "lime", "rust"], random);
  const [lx] = brush.canvas.light;
  for (let x = -reach; x < reach; x += period) {
    paint(brush, capsule([x + lx * 0.05, -2], [x + lx * 0.05, 2], { width: 0.045 }), {
      fill: soil(lit(bare, 0.45), random),
      shade: 0,
      rim: 0,
    });
    for (let y = -reach; y < reach; y += 0.13) {
      if (random.uniform() < 0.06) continue;
      paint(brush, disc([x, y], random.between(0.045, 0.07)), {
        fill: soil(crop, random, { cell: 0.1 }),
        shade: 0.3,
      });
    }
  }
  neighbour(brush, random);
}

function orchard(brush: Brush, random: Random): void {
  ground(brush, random, { names: [...turf, ...soils] });
  const colour = pick(["leaf", "green", "olive", "pine", "lime"], random);
  const pitch = random.between(0.26, 0.36);
  const at = grid(random, { pitch, jitter: 0.08 }).filter(() => random.uniform() > 0.04);
  crowns(brush, random, { at, radius: pitch * random.between(0.27, 0.36), colour, spread: 0.12 });
  neighbour(brush, random);
}

function roundFields(brush: Brush, random: Random): void {
  ground(brush, random, { names: ["sand", "tan", "brown", "olive", "gold"] });
  const radius = random.between(0.42, 0.62), pitch = radius * 2.08;
  const dx = random.uniform() * pitch, dy = random.uniform() * pitch;
  for (let y = -reach - pitch; y < reach + pitch; y += pitch) {
    for (let x = -reach - pitch; x < reach + pitch; x += pitch) {
      const crop = pick([...turf, ...soils], random);
      const at = place(brush, { x: x + dx, y: y + dy, angle: random.uniform() });
      paint(at, disc([0, 0], radius), {
        fill: rows(random, { period: 0.08, crop, bare: lit(crop, 0.8), share: 0.5 }),
        shade: 0,
        rim: 0.25,
      });
      if (random.uniform() < 0.5) {
        const wedge = polygon([[0, 0], [radius, 0], [radius * 0.72, radius * 0.68]]);
        paint(at, wedge, { fill: soil(pick(soils, random), random), shade: 0, rim: 0 });
      }
      paint(at, capsule([0, 0], [radius, 0], { width: 0.012 }), {
        fill: soil(colours.silver, random),
        shade: 0,
        rim: 0,
      });
    }
  }
}

function patchwork(brush: Brush, random: Random): void {
  ground(brush, random);
  for (let y = -reach; y < reach;) {
    const high = random.between(0.35, 0.7);
    for (let x = -reach; x < reach;) {
      const wide = random.between(0.3, 0.8), crop = pick([...turf, ...soils], random);
      const cx = x + wide / 2, cy = y + high / 2;
      const field = place(brush, { x: cx, y: cy, angle: random.integer(2) / 4 });
      const turned = field.frame[0] * brush.frame[0] + field.frame[2] * brush.frame[2] < 1e-9;
      const half = turned
        ? [high / 2 - 0.01, wide / 2 - 0.01] as const
        : [wide / 2 - 0.01, high / 2 - 0.01] as const;
      const fill = random.uniform() < 0.4 ? soil(crop, random) : rows(random, {
        period: random.between(0.05, 0.09),
        crop,
        bare: lit(crop, 0.8),
        share: 0.5,
      });
      paint(field, box([0, 0], half), { fill, shade: 0, rim: 0.3 });
      x += wide;
    }
    if (random.uniform() < 0.5) {
      const at = grid(random, { pitch: 0.13, jitter: 0.6 }).filter(([, gy]) =>
        Math.abs(gy - y) < 0.08
      );
      crowns(brush, random, { at, radius: 0.05, colour: pick(["pine", "green", "olive"], random) });
    }
    y += high;
  }
}

/** Land that is farmed: painters, in units of half a picture, (0, 0) the middle. */
export const farmed = { rowCrop, roundFields, patchwork, orchard, vineyard } as const;
