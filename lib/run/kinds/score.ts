import { classesAt } from "@/lib/data/hierarchy.ts";
import { packLabelFiles, readPackLabels } from "@/lib/data/pack_labels.ts";
import type { InfoOf } from "@/lib/plan/mod.ts";
import { levelAccuracy } from "@/lib/probe/roll_up.ts";
import { readHalfwords, writeArray } from "@/lib/run/arrays.ts";
import type { FilesRead, Job } from "@/lib/run/job.ts";

/** Images are not looked at. */
export const filesRead: FilesRead<"score"> = { images: packLabelFiles };

/** Rolls a probe's predictions up the label tree and scores them at each level (paper, Fig 5). */
export async function work(job: Job<"score">): Promise<InfoOf<"score">> {
  const { levels } = job.step.spec;
  const pack = await readPackLabels(job.inputs.images);
  const labels = pack.labels("test");
  const predictions = await readHalfwords(`${job.inputs.probe}/predictions.u16`);
  const scores = [];
  for (const [i, level] of levels.entries()) {
    const { classOfLeaf, names } = classesAt(pack.hierarchy, level);
    const { accuracy, correct } = levelAccuracy(predictions, { labels, classOfLeaf });
    await writeArray(`${job.out}/correct-${i}.u8`, correct);
    scores.push({ level, classes: names.length, top1: accuracy });
  }
  return { testImages: labels.length, levels: scores };
}
