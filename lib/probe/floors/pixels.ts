import type { Pixels } from "@/dsl/floor.ts";
import type { Image } from "@/lib/probe/floors/image.ts";
import { reduced } from "@/lib/probe/floors/reduced.ts";

/** The pixels of a small image (Torralba et al. 2008), from -2 to 2 as networks see them: `[side, side, 3]`. */
export function describePixels(image: Image, { side }: Pixels): Float32Array {
  return Float32Array.from(reduced(image, side).values, (value) => 4 * (value - 0.5));
}
