import { classesAt } from "@/lib/data/hierarchy.ts";
import { packLabelFiles, readPackLabels } from "@/lib/data/pack_labels.ts";
import type { InfoOf } from "@/lib/plan/mod.ts";
import { writeArray } from "@/lib/run/arrays.ts";
import type { FilesRead, Job } from "@/lib/run/job.ts";

/** Images are not looked at. */
export const filesRead: FilesRead<"classes"> = { images: packLabelFiles };

/** The true class of every test image at each level of the label tree, for breakdowns by class (paper, Fig 3). */
export async function work(job: Job<"classes">): Promise<InfoOf<"classes">> {
  const pack = await readPackLabels(job.inputs.images);
  const labels = pack.labels("test");
  const [, ...coarser] = pack.hierarchy.levels;
  const levels = [];
  for (const [i, level] of ["finest", ...coarser].entries()) {
    const { classOfLeaf, names } = classesAt(pack.hierarchy, level);
    await writeArray(`${job.out}/classes-${i}.u16`, labels.map((leaf) => classOfLeaf[leaf]!));
    levels.push({ level, names });
  }
  return { testImages: labels.length, levels };
}
