import { corruptPack } from "@/lib/data/corrupt_pack.ts";
import { corruptionSample } from "@/lib/data/corrupt_sample.ts";
import { readPack } from "@/lib/data/pack.ts";
import { readWords, writeArray } from "@/lib/run/arrays.ts";
import type { InfoOf } from "@/lib/plan/mod.ts";
import type { Job } from "@/lib/run/job.ts";

/**
 * Packs a subset's corrupted images alone, beside their numbers in the domain and a sample to look at; or, where it is given
 * no subset, all images of the domain or its test images, which probes then take for its own.
 */
export async function work(job: Job<"corrupt">): Promise<InfoOf<"corrupt">> {
  const { corruption, split } = job.step.spec;
  const pack = await readPack(job.inputs.images);
  const onProgress = (done: number, total: number) => job.progress(done, total, "images");
  if (job.inputs.subset === undefined) {
    await corruptPack(pack, {
      ...{ corruption, out: job.out, onProgress },
      ...split !== undefined && { split },
    });
    return { images: (split === "test" ? 0 : pack.train) + pack.test };
  }
  const indices = await readWords(`${job.inputs.subset}/indices.u32`);
  const numbers = await corruptPack(pack, { corruption, indices, out: job.out, onProgress });
  await writeArray(`${job.out}/indices.u32`, numbers);
  const sample = await corruptionSample(pack, { corruption, indices, columns: 6 });
  await writeArray(`${job.out}/sample.png`, sample);
  return { images: indices.length };
}
