import type { Random } from "@/lib/base/random.ts";
import { clamp } from "@/lib/worlds/paint/math.ts";

/** A picture in the making: `side` x `side` colours, row by row, and the light that falls on what is painted. */
export interface Canvas {
  readonly side: number;
  /** `[side, side, 3]`, each about [0, 1]. */
  readonly pixels: Float32Array;
  /** Where light comes from: a vector of length about 1 that points from the light. */
  readonly light: readonly [number, number];
}

/** No picture is painted smaller than this; small ones are averaged down, so that they are the same picture. */
const leastSide = 64;

let spare: Float32Array | undefined; // pixels of the last canvas of one size, used again: pictures are drawn one by one

/** An empty canvas that `finish` turns into `size` x `size` bytes, with the light from above, left or right. */
export function newCanvas(size: number, random: Random): Canvas {
  const side = size * Math.ceil(leastSide / size);
  if (spare?.length !== side * side * 3) spare = new Float32Array(side * side * 3);
  else spare.fill(0); // what was drawn before must not show through a seam
  const x = random.between(-0.9, 0.9);
  return { side, pixels: spare, light: [x, Math.sqrt(1 - x * x)] };
}

/**
 * Gives the picture its exposure, contrast and tint, drawn from `random`, averages it down and rounds it to bytes.
 *
 * @param out `[size, size, 3]`
 */
export function finish(
  canvas: Canvas,
  out: Uint8Array,
  { size, random }: { size: number; random: Random },
): void {
  const { side, pixels } = canvas;
  const step = side / size, weight = 1 / (step * step);
  const gain = random.between(0.72, 1.18), contrast = random.between(0.78, 1.12);
  const warm = random.between(-0.06, 0.06), cast = random.between(-0.03, 0.03);
  const gains = [gain * (1 + warm), gain * (1 + cast), gain * (1 - warm)] as const;
  const fadeX = random.between(-0.22, 0.22), fadeY = random.between(-0.22, 0.22); // light falls off across the picture
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const fall = 1 + fadeX * ((x + 0.5) / size - 0.5) + fadeY * ((y + 0.5) / size - 0.5);
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let j = 0; j < step; j++) {
          for (let i = 0; i < step; i++) {
            sum += pixels[((y * step + j) * side + x * step + i) * 3 + channel]!;
          }
        }
        const value = (sum * weight * gains[channel]! * fall - 0.5) * contrast + 0.5;
        out[(y * size + x) * 3 + channel] = Math.floor(clamp(value) * 255 + 0.5);
      }
    }
  }
}
