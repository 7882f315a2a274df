import { clamp, cosine, length, sine, smooth } from "@/lib/worlds/paint/math.ts";
import { cellHash, type Field, noise } from "@/lib/worlds/paint/noise.ts";

/** How far an edge inside a texture is softened, as a share of the texture's period. */
const softness = 0.12;

/** Parallel stripes, 1 on the stripe and 0 between; `share` of the period is stripe, `wobble` bends them. */
export function stripes(
  { period, share = 0.5, angle = 0, wobble = 0, seed = 0 }: {
    period: number;
    share?: number;
    angle?: number;
    wobble?: number;
    seed?: number;
  },
): Field {
  const c = cosine(angle) / period, s = sine(angle) / period;
  const bend = noise({ seed, cell: period * 2 });
  return (x, y) => {
    let u = x * c + y * s;
    if (wobble > 0) u += wobble * (bend(x, y) - 0.5);
    const phase = Math.abs(u - Math.floor(u) - 0.5) * 2; // 0 at the middle of a stripe
    return clamp((share - phase) / softness + 0.5);
  };
}

/** Round spots on a jittered grid; `hole` makes rings of them, `missing` is the share of cells left empty. */
export function spots(
  { period, radius = 0.3, hole = 0, missing = 0, seed = 0 }: {
    period: number;
    radius?: number;
    hole?: number;
    missing?: number;
    seed?: number;
  },
): Field {
  return (x, y) => {
    const u = x / period, v = y / period;
    const column = Math.floor(u), row = Math.floor(v);
    let best = 0;
    for (let j = -1; j <= 1; j++) {
      for (let i = -1; i <= 1; i++) {
        const h = cellHash(column + i, row + j, { seed });
        if (h < missing) continue;
        const k = cellHash(column + i, row + j, { seed: seed + 1 });
        const d = length(
          u - column - i - 0.5 - 0.5 * (h - 0.5),
          v - row - j - 0.5 - 0.5 * (k - 0.5),
        );
        const size = radius * (0.7 + 0.6 * k);
        let cover = clamp((size - d) / softness + 0.5);
        if (hole > 0) cover = Math.min(cover, clamp((d - size * hole) / softness + 0.5));
        if (cover > best) best = cover;
      }
    }
    return best;
  };
}

/** Irregular patches that cover about `share` of the plane. */
export function patches(
  { period, share = 0.5, seed = 0 }: { period: number; share?: number; seed?: number },
): Field {
  const ground = noise({ seed, cell: period, octaves: 2 });
  const level = 0.5 + (0.5 - share) * 0.6; // the noise crowds about one half
  return (x, y) => smooth((ground(x, y) - level) / 0.06 + 0.5);
}

/** A chessboard of squares with the given side. */
export function checks({ side, angle = 0 }: { side: number; angle?: number }): Field {
  const c = cosine(angle) / side, s = sine(angle) / side;
  return (x, y) => {
    const u = Math.floor(x * c + y * s), v = Math.floor(y * c - x * s);
    return ((u + v) % 2 + 2) % 2;
  };
}

/** Courses of bricks (or tiles, with `shift` 0): 1 on the brick, 0 on the joint. */
export function bricks(
  { width, height, joint = 0.1, shift = 0.5 }: {
    width: number;
    height: number;
    joint?: number;
    shift?: number;
  },
): Field {
  return (x, y) => {
    const row = Math.floor(y / height);
    const u = x / width + (row % 2 === 0 ? 0 : shift), v = y / height - row;
    const across = Math.min(u - Math.floor(u), 1 - u + Math.floor(u)) * width;
    const along = Math.min(v, 1 - v) * height;
    return clamp(Math.min(across, along) / (joint * height) + 0.25);
  };
}

/** A net of lines about random cells, 1 on the line: the cracks of mud, the scutes of a shell. */
export function net(
  { period, line = 0.15, seed = 0 }: { period: number; line?: number; seed?: number },
): Field {
  return (x, y) => {
    const u = x / period, v = y / period;
    const column = Math.floor(u), row = Math.floor(v);
    let first = 9, second = 9;
    for (let j = -1; j <= 1; j++) {
      for (let i = -1; i <= 1; i++) {
        const h = cellHash(column + i, row + j, { seed });
        const k = cellHash(column + i, row + j, { seed: seed + 1 });
        const d = length(
          u - column - i - 0.5 - 0.7 * (h - 0.5),
          v - row - j - 0.5 - 0.7 * (k - 0.5),
        );
        if (d < first) {
          second = first;
          first = d;
        } else if (d < second) second = d;
      }
    }
    return clamp((line - (second - first)) / softness + 0.5);
  };
}

/** A straight change from 0 at `from` to 1 at `to` along the direction `angle` (turns; 0.25 is downwards). */
export function slope(
  { from, to, angle = 0.25 }: { from: number; to: number; angle?: number },
): Field {
  const c = cosine(angle), s = sine(angle), span = to - from;
  return (x, y) => clamp((x * c + y * s - from) / span);
}
