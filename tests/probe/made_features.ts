import { randomAt } from "@/lib/base/random.ts";

/** Features whose class means lie `distance` apart along axes of their own, with unit noise. */
export function madeFeatures(
  count: number,
  options: { classes: number; dim: number; distance: number; seed: number },
): { features: Float32Array; labels: Uint16Array } {
  const { classes, dim, distance, seed } = options;
  const random = randomAt(seed, "made features");
  const labels = Uint16Array.from({ length: count }, (_, i) => i % classes);
  const features = Float32Array.from({ length: count * dim }, (_, i) => {
    const centre = i % dim === labels[Math.floor(i / dim)] ? distance : 0;
    return centre + random.normal();
  });
  return { features, labels };
}
