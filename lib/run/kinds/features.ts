import { readPack } from "@/lib/data/pack.ts";
import { loadEncoder } from "@/lib/model/encoder_file.ts";
import { extractFeatures } from "@/lib/probe/features.ts";
import { writeArray } from "@/lib/run/arrays.ts";
import { startEngine } from "@/lib/run/engine.ts";
import type { InfoOf } from "@/lib/plan/mod.ts";
import type { Job } from "@/lib/run/job.ts";

/** Computes the features of every training and test image once, for all probes of an encoder on a data set. */
export async function work(job: Job<"features">): Promise<InfoOf<"features">> {
  await startEngine(job.engine);
  const encoder = await loadEncoder(`${job.inputs.encoder}/encoder.safetensors`);
  const pack = await readPack(job.inputs.images);
  const total = pack.train + pack.test;
  let dimensions = 0, before = 0;
  for (const name of ["train", "test"] as const) {
    const split = pack.split(name);
    const { network } = encoder;
    const features = await extractFeatures(encoder.weights, {
      split,
      pixels: pack.px,
      network,
      onProgress: (done) => job.progress(before + done, total, "images"),
    });
    before += split.count;
    dimensions = features.length / split.count;
    await writeArray(`${job.out}/${name}.f32`, features);
  }
  return { dimensions, train: pack.train, test: pack.test };
}
