import type { Random } from "@/lib/base/random.ts";
import {
  asphalt,
  crowns,
  grid,
  ground,
  reach,
  road,
  roof,
  soil,
  tiles,
  vehicle,
} from "@/lib/worlds/aerial/land.ts";
import { type Brush, paint, wash } from "@/lib/worlds/paint/brush.ts";
import { type ColourName, colours, lit, pick, vary } from "@/lib/worlds/paint/colour.ts";
import { blend, solid } from "@/lib/worlds/paint/fill.ts";
import { box, disc } from "@/lib/worlds/paint/shape.ts";
import { stripes } from "@/lib/worlds/paint/texture.ts";

const flats: readonly ColourName[] = ["silver", "grey", "stone", "slate", "white", "tan", "brick"];

function suburb(brush: Brush, random: Random): void {
  ground(brush, random, { names: ["leaf", "olive", "sage", "green", "tan"] });
  const street = random.between(0.75, 0.95),
    lot = random.between(0.26, 0.34),
    tone = pick(asphalt, random);
  const shift = random.uniform() * street;
  for (let y = -reach - street + shift; y < reach; y += street) {
    road(brush, { at: y, half: 0.06, along: "x", line: false, tone });
    for (const side of [-1, 1]) {
      for (let x = -reach; x < reach; x += lot) {
        const at = [x + random.between(-0.03, 0.03), y + side * street * 0.25] as const;
        const half = random.uniform() < 0.5 ? [0.1, 0.075] as const : [0.08, 0.1] as const;
        paint(brush, box([x + 0.1, y + side * 0.1], [0.025, 0.1]), {
          fill: solid(lit(tone, 1.15)),
          shade: 0,
          rim: 0,
        });
        roof(brush, random, { at, half, colour: pick(tiles, random), tall: 0.05, ridged: true });
        if (random.uniform() < 0.25) {
          paint(brush, box([x, y + side * street * 0.42], [0.035, 0.025], { round: 0.01 }), {
            fill: solid(colours.azure),
            rim: 0,
          });
        }
      }
    }
  }
  road(brush, { at: random.between(-0.8, 0.8), half: 0.06, along: "y", line: false, tone });
  const at = grid(random, { pitch: 0.33, jitter: 1 }).filter(() => random.uniform() < 0.6);
  crowns(brush, random, {
    at,
    radius: 0.055,
    colour: pick(["leaf", "green", "olive", "pine"], random),
  });
}

function cityBlocks(brush: Brush, random: Random): void {
  const tone = pick(asphalt, random);
  wash(brush, soil(lit(tone, 0.8), random, { strength: 0.1 }));
  const block = random.between(0.6, 0.8);
  for (let y = -reach; y < reach; y += block) {
    for (let x = -reach; x < reach; x += block) {
      const many = random.integer(3) + 2;
      for (let j = 0; j < many; j++) {
        for (let i = 0; i < 2; i++) {
          const wide = block * 0.42, high = block * 0.84 / many;
          const at = [
            x + block * 0.08 + wide * (i + 0.5),
            y + block * 0.08 + high * (j + 0.5),
          ] as const;
          roof(brush, random, {
            at,
            half: [wide * random.between(0.4, 0.5), high * random.between(0.4, 0.5)],
            colour: pick([...flats, ...tiles], random),
            tall: random.between(0.05, 0.16),
            ridged: random.uniform() < 0.25,
          });
        }
      }
    }
  }
}

function industry(brush: Brush, random: Random): void {
  wash(brush, soil(pick(["stone", "grey", "tan", "slate"], random), random, { strength: 0.2 }));
  road(brush, {
    at: random.between(-0.3, 0.3),
    half: 0.07,
    along: "x",
    tone: pick(asphalt, random),
  });
  for (let y = -reach; y < reach; y += 0.75) {
    for (let x = -reach; x < reach; x += 0.9) {
      const kind = random.uniform(),
        cx = x + random.between(0.3, 0.5),
        cy = y + random.between(0.3, 0.42);
      if (kind < 0.6) {
        const half = [random.between(0.24, 0.38), random.between(0.16, 0.3)] as const;
        const colour = pick(flats, random);
        roof(brush, random, { at: [cx, cy], half, colour, tall: 0.08, ridged: false });
        const rib = stripes({ period: 0.09, share: 0.4 });
        paint(brush, box([cx, cy], half), {
          fill: blend(colour, lit(colour, 0.8), { by: rib }),
          shade: 0.05,
          rim: 0.2,
        });
      } else if (kind < 0.8) {
        for (const [dx, dy] of [[0, 0], [0.24, 0], [0, 0.24], [0.24, 0.24]] as const) {
          const [lx, ly] = brush.canvas.light;
          paint(brush, disc([cx + dx - 0.1 + lx * 0.06, cy + dy - 0.1 + ly * 0.06], 0.1), {
            fill: solid(colours.black),
            opacity: 0.45,
            rim: 0,
          });
          paint(brush, disc([cx + dx - 0.1, cy + dy - 0.1], 0.1), {
            fill: solid(vary(colours.silver, random)),
            shade: 0.3,
          });
        }
      } else {
        for (let row = 0; row < 3; row++) {
          for (let k = 0; k < 7; k++) {
            if (random.uniform() < 0.7) {
              vehicle(brush, random, {
                x: cx - 0.25 + k * 0.075,
                y: cy - 0.18 + row * 0.15,
                length: 0.045,
              });
            }
          }
        }
      }
    }
  }
}

function panels(brush: Brush, random: Random): void {
  ground(brush, random);
  const pitch = random.between(0.2, 0.3),
    colour = pick(["navy", "blue", "slate", "charcoal"], random);
  const cell = stripes({ period: 0.1, share: 0.1 });
  for (let y = -reach; y < reach; y += pitch) {
    paint(brush, box([0, y + pitch * 0.3], [2 * reach, pitch * 0.12]), {
      fill: solid(colours.black),
      opacity: 0.4,
      shade: 0,
      rim: 0,
    });
    for (let x = -reach; x < reach; x += 0.65) {
      if (random.uniform() < 0.05) continue;
      paint(brush, box([x, y], [0.3, pitch * 0.28]), {
        fill: blend(colour, colours.silver, { by: cell }),
        shade: 0.15,
        rim: 0.1,
      });
    }
  }
  if (random.uniform() < 0.6) {
    road(brush, {
      at: random.between(-0.8, 0.8),
      half: 0.05,
      along: "y",
      line: false,
      tone: colours.tan,
    });
  }
}

/** Land that is built on: painters, in units of half a picture, (0, 0) the middle. */
export const built = { suburb, cityBlocks, industry, panels } as const;
