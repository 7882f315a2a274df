import type { Random } from "@/lib/base/random.ts";
import { shadow } from "@/lib/worlds/grounds/clutter.ts";
import { allObjects } from "@/lib/worlds/objects/all.ts";
import { type Brush, place } from "@/lib/worlds/paint/brush.ts";
import { allSpecies } from "@/lib/worlds/species/all.ts";

/** Things that stand in a scene. */
export interface Prop {
  /** Names of objects or species or any level above them, of which each thing is one. */
  readonly of: readonly string[];
  /** Least and most. */
  readonly count: readonly [number, number];
  /** Half the height of one at the front of the scene, as a share of the picture. */
  readonly size: number;
  /** How near the front they stand: 0 at the horizon, 1 at the lower edge. */
  readonly near?: readonly [number, number];
}

/** A stretch of ground in perspective, in canvas units. */
export interface Ground {
  /** Where things of size 0 would stand. */
  readonly horizon: number;
  /** Where the farthest things stand, and the nearest. */
  readonly from: number;
  readonly to: number;
}

type Draw = (brush: Brush, random: Random) => void;

const byName = new Map<string, readonly Draw[]>();

/** What a name in a table stands for: ways to draw it. */
export function drawingsOf(name: string): readonly Draw[] {
  let found = byName.get(name);
  if (found === undefined) {
    const objects = allObjects.filter(({ made, path }) => made && path.includes(name));
    const species = allSpecies.filter(({ path }) => path.includes(name));
    found = [...objects, ...species].map(({ draw }) => draw);
    if (found.length === 0) throw new RangeError(`No object or species is called "${name}"`);
    byName.set(name, found);
  }
  return found;
}

/** Draws one thing by name, its feet at (x, y). */
export function stand(
  brush: Brush,
  random: Random,
  { of, x, y, size, shade = true }: {
    of: readonly string[];
    x: number;
    y: number;
    size: number;
    shade?: boolean;
  },
): void {
  const drawings = drawingsOf(of[random.integer(of.length)]!);
  if (shade) shadow(brush, { x, y: y - size * 0.05, width: size * 0.7 });
  const at = {
    x,
    y: y - size * 0.85,
    scale: size,
    stretch: random.between(0.9, 1.15),
    flip: random.uniform() < 0.5,
  };
  drawings[random.integer(drawings.length)]!(place(brush, at), random);
}

/** Sets out every prop on the ground, the far ones first, each as large as its distance makes it. */
export function setOut(
  brush: Brush,
  random: Random,
  { props, ground }: { props: readonly Prop[]; ground: Ground },
): void {
  const things = props.flatMap(({ of, count: [least, most], size, near: [low, high] = [0, 1] }) =>
    Array.from({ length: least + random.integer(most - least + 1) }, () => {
      const t = random.between(low, high);
      return {
        of,
        size,
        y: ground.from + (ground.to - ground.from) * t,
        x: random.between(0.02, 0.98),
      };
    })
  );
  things.sort((a, b) => a.y - b.y);
  for (const { of, size, x, y } of things) {
    const share = (y - ground.horizon) / (1 - ground.horizon);
    stand(brush, random, { of, x, y, size: size * share * random.between(0.85, 1.15) });
  }
}
