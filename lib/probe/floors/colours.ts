import type { Colours } from "@/dsl/floor.ts";
import type { Image } from "@/lib/probe/floors/image.ts";

/**
 * A joint histogram of red, green and blue in equal bins (Swain and Ballard 1991): the square root of each bin's share of the
 * pixels, which tells linear classifiers more than the share itself (Chapelle et al. 1999), and whose vectors have length 1.
 *
 * @returns `[red, green, blue]`, flat.
 */
export function describeColours({ values }: Image, { bins }: Colours): Float32Array {
  const counts = new Float64Array(bins ** 3), pixels = values.length / 3;
  const binOf = (value: number) => Math.min(bins - 1, Math.floor(value * bins));
  for (let i = 0; i < values.length; i += 3) {
    const [red, green, blue] = [values[i]!, values[i + 1]!, values[i + 2]!].map(binOf);
    counts[(red! * bins + green!) * bins + blue!]!++;
  }
  return Float32Array.from(counts, (count) => Math.sqrt(count / pixels));
}
