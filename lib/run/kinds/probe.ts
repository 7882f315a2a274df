import type { KnnSettings, LinearSettings, SgdLinearSettings } from "@/dsl/mod.ts";
import { readPack } from "@/lib/data/pack.ts";
import { fuse, type FusedFeatures } from "@/lib/probe/fuse.ts";
import { knnProbe } from "@/lib/probe/knn.ts";
import { takeRows } from "@/lib/probe/labelled_features.ts";
import { linearProbe } from "@/lib/probe/linear.ts";
import { sgdLinearProbe } from "@/lib/probe/sgd_linear.ts";
import { readFloats, readWords, writeArray } from "@/lib/run/arrays.ts";
import { startEngine } from "@/lib/run/engine.ts";
import type { Info, Job } from "@/lib/run/job.ts";

/** The recipe of a probe on features, as the planner writes it. */
type ProbeSpec =
  & { readonly seed: number }
  & (
    | { readonly probe: "linear"; readonly settings: LinearSettings | SgdLinearSettings }
    | { readonly probe: "knn"; readonly settings: KnnSettings }
  );

/** Classifies by cached features, of one encoder or of several side by side, and predicts the class of every test image. */
export async function work(job: Job): Promise<Info> {
  const spec = job.step.spec as unknown as ProbeSpec;
  await startEngine(job.engine);
  const pack = await readPack(job.inputs.images!);
  const { labels } = pack.split("train");
  const subset = await readWords(`${job.inputs.subset!}/indices.u32`);
  const train = await featuresOf(job, { split: "train", count: pack.train });
  const test = await featuresOf(job, { split: "test", count: pack.test });
  const { dim, blocks } = train;
  const task = {
    train: takeRows({ features: train.features, labels }, { rows: subset, dim }),
    test,
    dim,
    blocks,
    classes: pack.hierarchy.leaves.length,
    seed: spec.seed,
  };
  const { predictions, ...choice } = spec.probe === "knn"
    ? await knnProbe({ ...task, settings: spec.settings })
    : "penalties" in spec.settings
    ? await linearProbe({ ...task, settings: spec.settings })
    : await sgdLinearProbe({ ...task, settings: spec.settings });
  await writeArray(`${job.out}/predictions.u16`, predictions);
  const { heldOutAccuracy = [], ...found } = { heldOutAccuracy: undefined, ...choice };
  return {
    ...found,
    images: subset.length,
    heldOut: heldOutAccuracy.map((one) => ({ ...one })),
  } as Info;
}

/** The features of a split under all encoders of the representation. */
async function featuresOf(
  job: Job,
  { split, count }: { readonly split: "train" | "test"; readonly count: number },
): Promise<FusedFeatures> {
  const names = Object.keys(job.inputs).filter((name) => name.startsWith("features")).sort();
  const blocks = await Promise.all(names.map(async (name) => {
    const features = await readFloats(`${job.inputs[name]!}/${split}.f32`);
    return { features, dim: features.length / count };
  }));
  return fuse(blocks);
}
