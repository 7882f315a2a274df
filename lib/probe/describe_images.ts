import type { Floor } from "@/dsl/floor.ts";
import type { PackedSplit } from "@/lib/data/pack.ts";
import { floorLength } from "@/lib/network/floor.ts";
import type { Describe } from "@/lib/probe/floors/image.ts";
import { describers } from "@/lib/probe/floors/mod.ts";

/** The images to describe. */
export interface DescribedImages {
  readonly split: Pick<PackedSplit, "count" | "read">;
  readonly pixels: number;
  /** Told after every batch how many images are done. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Images that are read at once. */
const BATCH = 64;

/**
 * Describes images without a network.
 *
 * @returns float32 `[count, floorLength(floor, pixels)]`, flat.
 */
export async function describeImages(floor: Floor, images: DescribedImages): Promise<Float32Array> {
  const { split: { count, read }, pixels } = images;
  // The registry gives each floor its own; of a floor at hand the compiler knows the union alone.
  const describe = await describers[floor.family]() as Describe<Floor>;
  const length = floorLength(floor, pixels), size = 3 * pixels ** 2;
  const features = new Float32Array(count * length);
  for (let start = 0; start < count; start += BATCH) {
    const end = Math.min(start + BATCH, count);
    const bytes = await read(Uint32Array.from({ length: end - start }, (_, i) => start + i));
    for (let image = start; image < end; image++) {
      const own = bytes.subarray((image - start) * size, (image - start + 1) * size);
      const values = Float64Array.from(own, (value) => value / 255);
      features.set(describe({ side: pixels, values }, floor), image * length);
    }
    images.onProgress?.(end, count);
  }
  return features;
}
