import type { Random } from "@/lib/base/random.ts";
import {
  asphalt,
  carColours,
  crowns,
  grid,
  ground,
  reach,
  road,
  roof,
  soil,
  tiles,
  turf,
  vehicle,
} from "@/lib/worlds/aerial/land.ts";
import { type Brush, paint, place, wash } from "@/lib/worlds/paint/brush.ts";
import { colours, lit, pick } from "@/lib/worlds/paint/colour.ts";
import { union } from "@/lib/worlds/paint/combine.ts";
import { blend, solid } from "@/lib/worlds/paint/fill.ts";
import { box, capsule, polygon, ring } from "@/lib/worlds/paint/shape.ts";
import { stripes } from "@/lib/worlds/paint/texture.ts";

function motorway(brush: Brush, random: Random): void {
  ground(brush, random);
  const tone = pick(asphalt, random), at = random.between(-0.25, 0.25);
  if (random.uniform() < 0.6) {
    const loop = ring([at + 0.62, random.between(-0.5, 0.5)], 0.45, { width: 0.07 });
    paint(brush, loop, { fill: solid(tone), shade: 0, rim: 0.1 });
  }
  if (random.uniform() < 0.7) {
    road(brush, { at: random.between(-0.6, 0.6), half: 0.08, along: "x", tone });
  }
  for (const side of [-1, 1]) {
    const middle = at + side * 0.17;
    road(brush, { at: middle, half: 0.14, along: "y", line: false, tone: lit(tone, 0.9) });
    for (const edge of [-0.12, 0.12]) {
      road(brush, { at: middle + edge, half: 0.004, along: "y", line: false, tone: colours.white });
    }
    for (let y = -reach; y < reach; y += 0.16) {
      paint(brush, box([middle, y], [0.007, 0.04]), {
        fill: solid(colours.white),
        shade: 0,
        rim: 0,
      });
      if (random.uniform() < 0.3) {
        const length = random.uniform() < 0.25 ? 0.09 : 0.05;
        vehicle(brush, random, { x: middle + (random.integer(2) - 0.5) * 0.13, y, length });
      }
    }
  }
  const trees = grid(random, { pitch: 0.25, jitter: 1 }).filter(([x]) =>
    Math.abs(x - at) > 0.45 && random.uniform() < 0.3
  );
  crowns(brush, random, {
    at: trees,
    radius: 0.07,
    colour: pick(["leaf", "green", "olive"], random),
  });
}

function railYard(brush: Brush, random: Random): void {
  wash(brush, soil(pick(["stone", "brown", "grey", "tan"], random), random, { strength: 0.15 }));
  const tracks = 6 + random.integer(5),
    pitch = random.between(0.15, 0.2),
    start = -tracks * pitch / 2 + random.between(-0.3, 0.3);
  const sleepers = stripes({ period: 0.05, share: 0.5, angle: 0.25 });
  for (let i = 0; i < tracks; i++) {
    const x = start + i * pitch;
    paint(brush, box([x, 0], [0.055, 2 * reach]), {
      fill: blend(colours.stone, colours.umber, { by: sleepers }),
      shade: 0,
      rim: 0,
    });
    for (const rail of [-0.032, 0.032]) {
      paint(brush, box([x + rail, 0], [0.008, 2 * reach]), {
        fill: solid(colours.silver),
        shade: 0,
        rim: 0,
      });
    }
    if (random.uniform() < 0.55) {
      const from = random.between(-1.4, 0.4), colour = pick([...carColours, ...tiles], random);
      for (let k = 0; k < 4; k++) {
        roof(brush, random, {
          at: [x, from + k * 0.3],
          half: [0.06, 0.135],
          colour,
          tall: 0.03,
          ridged: false,
        });
      }
    }
  }
  const edge = start + tracks * pitch;
  paint(brush, box([edge + reach, 0], [reach, 2 * reach]), {
    fill: soil(pick(turf, random), random),
    shade: 0,
    rim: 0,
  });
}

function airport(brush: Brush, random: Random): void {
  ground(brush, random);
  const tone = pick(asphalt, random), at = random.between(-0.6, -0.2);
  road(brush, { at: at + 0.55, half: 0.06, along: "y", line: false, tone });
  paint(brush, box([at + 1.4, 0], [0.55, random.between(0.5, 1)]), {
    fill: solid(lit(colours.stone, 0.95)),
    shade: 0,
    rim: 0.1,
  });
  for (const y of [-0.7, 0.5]) {
    paint(brush, box([at + 0.5, y], [0.5, 0.06]), { fill: solid(tone), shade: 0, rim: 0 });
  }
  road(brush, { at, half: 0.17, along: "y", line: false, tone: lit(tone, 0.85) });
  for (let y = -reach; y < reach; y += 0.24) {
    paint(brush, box([at, y], [0.014, 0.07]), { fill: solid(colours.white), shade: 0, rim: 0 });
  }
  for (const x of [-0.12, -0.08, -0.04, 0.04, 0.08, 0.12]) {
    paint(brush, box([at + x, -0.8], [0.012, 0.1]), {
      fill: solid(colours.white),
      shade: 0,
      rim: 0,
    });
  }
  const plane = union([
    capsule([0, -0.17], [0, 0.16], { width: 0.024 }),
    polygon([[0, -0.06], [0.17, 0.05], [0.17, 0.08], [0, 0.03], [-0.17, 0.08], [-0.17, 0.05]]),
    polygon([[0, 0.11], [0.06, 0.17], [-0.06, 0.17]]),
  ]);
  for (let i = 2 + random.integer(3); i > 0; i--) {
    const spot = place(brush, {
      x: at + random.between(1, 1.5),
      y: random.between(-0.8, 0.8),
      angle: random.uniform(),
      scale: 1.2,
    });
    paint(spot, plane, { fill: solid(colours.white), rim: 0.1 });
  }
  paint(place(brush, { x: at, y: random.between(-0.5, 0.9) }), plane, {
    fill: solid(colours.white),
    rim: 0.1,
  });
}

/** Land for traffic: cover, then its painter in units of half a picture, (0, 0) the middle. */
export const transport = { motorway, railYard, airport } as const;
