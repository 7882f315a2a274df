import { smooth } from "@/lib/worlds/paint/math.ts";

/** A number at every point of the plane, usually in [0, 1]. */
export type Field = (x: number, y: number) => number;

/**
 * A number in [0, 1) for a cell of the integer grid.
 *
 * An integer hash and not `randomAt`, because a picture asks for hundreds of thousands; its seed is drawn from `randomAt`.
 */
export function cellHash(column: number, row: number, { seed }: { seed: number }): number {
  let h = Math.imul(column, 0x27d4eb2d) ^ Math.imul(row, 0x165667b1) ^ seed;
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/**
 * Smooth noise in [0, 1]: the mean of `octaves` grids of random values, each twice as fine and half as strong.
 *
 * @param options `cell` is the side of the coarsest grid's cells in the caller's units; `stretch` lengthens cells along x.
 */
export function noise(
  { seed, cell = 1, octaves = 1, stretch = 1 }: {
    seed: number;
    cell?: number;
    octaves?: number;
    stretch?: number;
  },
): Field {
  const total = 2 - 2 / (1 << octaves);
  return (x, y) => {
    let sum = 0, weight = 1, u = x / (cell * stretch), v = y / cell;
    for (let octave = 0; octave < octaves; octave++) {
      const column = Math.floor(u), row = Math.floor(v);
      const own = { seed: seed + octave * 7919 };
      const s = smooth(u - column), t = smooth(v - row);
      const a = cellHash(column, row, own), b = cellHash(column + 1, row, own);
      const c = cellHash(column, row + 1, own), d = cellHash(column + 1, row + 1, own);
      const top = a + (b - a) * s;
      sum += weight * (top + (c + (d - c) * s - top) * t);
      weight /= 2;
      u *= 2;
      v *= 2;
    }
    return sum / total;
  };
}
