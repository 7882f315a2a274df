import { InputError } from "@/lib/base/errors.ts";
import { ingest } from "@/lib/data/ingest.ts";
import type { InfoOf } from "@/lib/plan/mod.ts";
import type { Job } from "@/lib/run/job.ts";

/** Decodes and resizes a data set into one packed file a split. */
export async function work(job: Job<"ingest">): Promise<InfoOf<"ingest">> {
  if (job.binding === null) {
    throw new InputError(
      `Step ${job.step.label}`,
      "its data set is bound to no file",
      "Give the same --data file as when it was planned",
    );
  }
  return await ingest(job.binding, {
    px: job.step.spec.pixels,
    world: job.world,
    out: job.out,
    unfinished: job.saving,
    onProgress: (done, total) => job.progress(done, total, "images"),
  });
}
