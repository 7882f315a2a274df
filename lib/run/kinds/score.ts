import { classesAt } from "@/lib/data/hierarchy.ts";
import { readPack } from "@/lib/data/pack.ts";
import { levelAccuracy } from "@/lib/probe/roll_up.ts";
import { readHalfwords, writeArray } from "@/lib/run/arrays.ts";
import type { InfoOf } from "@/lib/plan/mod.ts";
import type { Job } from "@/lib/run/job.ts";

/** Rolls a probe's predictions up the label tree and scores them at each level (paper, Fig 5). */
export async function work(job: Job<"score">): Promise<InfoOf<"score">> {
  const { levels } = job.step.spec;
  const pack = await readPack(job.inputs.images);
  const { labels } = pack.split("test");
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
