import { readPack } from "@/lib/data/pack.ts";
import { subsetIndices } from "@/lib/data/subset.ts";
import type { Info, Job } from "@/lib/run/job.ts";
import { writeArray } from "@/lib/run/arrays.ts";

/** Draws a uniform subset of the training images, nested in every larger one of the same seed; `null` takes all. */
export async function work(job: Job): Promise<Info> {
  const { size, seed = 0 } = job.step.spec as { size: number | null; seed?: number };
  const { train } = await readPack(job.inputs.images!);
  const indices = size === null
    ? Uint32Array.from({ length: train }, (_, i) => i)
    : subsetIndices(train, { size, seed, place: `Step ${job.step.label}` });
  await writeArray(`${job.out}/indices.u32`, indices);
  return { images: indices.length };
}
