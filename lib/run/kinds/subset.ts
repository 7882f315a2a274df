import { packLabelFiles, readPackLabels } from "@/lib/data/pack_labels.ts";
import { subsetIndices } from "@/lib/data/subset.ts";
import type { InfoOf } from "@/lib/plan/mod.ts";
import { writeArray } from "@/lib/run/arrays.ts";
import type { FilesRead, Job } from "@/lib/run/job.ts";

/** Images are not looked at. */
export const filesRead: FilesRead<"subset"> = { images: packLabelFiles };

/**
 * Draws a uniform subset of the training images, or of those and of the images without labels together, nested in every
 * larger one of the same seed; `null` takes all.
 */
export async function work(job: Job<"subset">): Promise<InfoOf<"subset">> {
  const { size, seed = 0, unlabelled = false } = job.step.spec;
  const pack = await readPackLabels(job.inputs.images);
  const count = unlabelled ? pack.train + pack.unlabelled : pack.train;
  const indices = size === null
    ? Uint32Array.from({ length: count }, (_, i) => i)
    : subsetIndices(count, { size, seed, place: `Step ${job.step.label}` });
  await writeArray(`${job.out}/indices.u32`, indices);
  return { images: indices.length };
}
