import { packLabelFiles, type PackLabels, readPackLabels } from "@/lib/data/pack_labels.ts";
import { classSubset, subsetIndices } from "@/lib/data/subset.ts";
import type { InfoOf } from "@/lib/plan/mod.ts";
import { writeArray } from "@/lib/run/arrays.ts";
import type { FilesRead, Job } from "@/lib/run/job.ts";

/** Images are not looked at. */
export const filesRead: FilesRead<"subset"> = { images: packLabelFiles };

/** Draws some of the training images, or of those and of the images without labels together. */
export async function work(job: Job<"subset">): Promise<InfoOf<"subset">> {
  const { indices, ...more } = drawn(await readPackLabels(job.inputs.images), job);
  await writeArray(`${job.out}/indices.u32`, indices);
  return { images: indices.length, ...more };
}

function drawn(
  pack: PackLabels,
  { step: { spec, label } }: Job<"subset">,
): { readonly indices: Uint32Array } & Pick<InfoOf<"subset">, "classes"> {
  if ("perClass" in spec) {
    const all = pack.hierarchy.leaves.length;
    const { indices, short } = classSubset(pack.labels("train"), { classes: all, ...spec });
    return { indices, classes: { all, short } };
  }
  const { size, seed = 0, unlabelled = false } = spec;
  const count = unlabelled ? pack.train + pack.unlabelled : pack.train;
  return {
    indices: size === null
      ? Uint32Array.from({ length: count }, (_, i) => i)
      : subsetIndices(count, { size, seed, place: `Step ${label}` }),
  };
}
