import { packLabelFiles, readPackLabels } from "@/lib/data/pack_labels.ts";
import type { InfoOf } from "@/lib/plan/mod.ts";
import { fuse, type FusedFeatures } from "@/lib/probe/fuse.ts";
import { takeRows } from "@/lib/probe/labelled_features.ts";
import {
  type ProbeName,
  type ProbeResult,
  probes,
  type ProbeSettings,
  type ProbeTask,
} from "@/lib/probe/mod.ts";
import { readFloats, readWords, writeArray } from "@/lib/run/arrays.ts";
import { startEngine } from "@/lib/run/engine.ts";
import type { FilesRead, Job } from "@/lib/run/job.ts";

/** Images are not looked at. */
export const filesRead: FilesRead<"probe"> = { images: packLabelFiles };

/** Classifies by cached features, of one encoder or of several side by side, and predicts the class of every test image. */
export async function work(job: Job<"probe">): Promise<InfoOf<"probe">> {
  const { step: { spec }, inputs } = job;
  await startEngine(job.engine);
  const pack = await readPackLabels(inputs.images);
  const labels = pack.labels("train");
  const subset = await readWords(`${inputs.subset}/indices.u32`);
  const train = await featuresOf(inputs.features, { split: "train", count: pack.train });
  const tested = inputs.tested.length === 0 ? inputs.features : inputs.tested;
  const test = await featuresOf(tested, { split: "test", count: pack.test });
  const { dim, blocks } = train;
  const { predictions, heldOutAccuracy = [], ...found } = await probeBy(spec.probe, spec.settings, {
    train: takeRows({ features: train.features, labels }, { rows: subset, dim }),
    test,
    dim,
    blocks,
    classes: pack.hierarchy.leaves.length,
    seed: spec.seed,
    checkpoints: job.saving,
    onProgress: (done, total) => job.progress(done, total, "steps"),
  });
  await writeArray(`${job.out}/predictions.u16`, predictions);
  return { ...found, images: subset.length, heldOut: heldOutAccuracy };
}

async function probeBy<P extends ProbeName>(
  name: P,
  settings: ProbeSettings[P],
  task: ProbeTask,
): Promise<ProbeResult> {
  const probe = await probes[name]();
  return await probe({ ...task, settings });
}

/** The features of a split under all encoders of the representation. */
async function featuresOf(
  folders: readonly string[],
  { split, count }: { readonly split: "train" | "test"; readonly count: number },
): Promise<FusedFeatures> {
  const blocks = await Promise.all(folders.map(async (folder) => {
    const features = await readFloats(`${folder}/${split}.f32`);
    return { features, dim: features.length / count };
  }));
  return fuse(blocks);
}
