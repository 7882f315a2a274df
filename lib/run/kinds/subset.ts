import { readPack } from "@/lib/data/pack.ts";
import { subsetIndices } from "@/lib/data/subset.ts";
import type { InfoOf } from "@/lib/plan/mod.ts";
import type { Job } from "@/lib/run/job.ts";
import { writeArray } from "@/lib/run/arrays.ts";

/**
 * Draws a uniform subset of the training images, or of those and of the images without labels together, nested in every
 * larger one of the same seed; `null` takes all.
 */
export async function work(job: Job<"subset">): Promise<InfoOf<"subset">> {
  const { size, seed = 0, unlabelled = false } = job.step.spec;
  const pack = await readPack(job.inputs.images);
  const count = unlabelled ? pack.train + pack.unlabelled : pack.train;
  const indices = size === null
    ? Uint32Array.from({ length: count }, (_, i) => i)
    : subsetIndices(count, { size, seed, place: `Step ${job.step.label}` });
  await writeArray(`${job.out}/indices.u32`, indices);
  return { images: indices.length };
}
