import { InputError } from "@/lib/base/errors.ts";
import { readPack } from "@/lib/data/pack.ts";
import { loadEncoder } from "@/lib/model/encoder_file.ts";
import { type DescribedImages, describeImages } from "@/lib/probe/describe_images.ts";
import { extractFeatures } from "@/lib/probe/features.ts";
import { writeArray } from "@/lib/run/arrays.ts";
import { startEngine } from "@/lib/run/engine.ts";
import type { InfoOf } from "@/lib/plan/mod.ts";
import type { Job } from "@/lib/run/job.ts";

/** Computes the features of every training and test image once, for all probes of an encoder or a floor on a data set. */
export async function work(job: Job<"features">): Promise<InfoOf<"features">> {
  const featuresOf = await looking(job);
  const pack = await readPack(job.inputs.images);
  const total = pack.train + pack.test;
  let dimensions = 0, before = 0;
  for (const name of ["train", "test"] as const) {
    const split = pack.split(name);
    const features = await featuresOf({
      split,
      pixels: pack.px,
      onProgress: (done) => job.progress(before + done, total, "images"),
    });
    before += split.count;
    refuseNoNumbers(features);
    if (split.count > 0) dimensions = features.length / split.count;
    await writeArray(`${job.out}/${name}.f32`, features);
  }
  return { dimensions, train: pack.train, test: pack.test };
}

/**
 * Refuses features that no classifier could be trained on.
 *
 * @throws {InputError} Saying what to look at.
 */
function refuseNoNumbers(features: Float32Array): void {
  const wrong = features.find((value) => !Number.isFinite(value));
  if (wrong === undefined) return;
  throw new InputError(
    "The encoder",
    `some of what it makes of images is no number, but ${wrong}`,
    "See whether its weights, its architecture and its normalisation belong together",
  );
}

/** How the step looks at images: by a floor, which needs no engine, or by an encoder. */
async function looking(
  { step: { spec: { floor, normalisation } }, inputs, engine }: Job<"features">,
): Promise<(images: DescribedImages) => Promise<Float32Array>> {
  if (floor !== undefined) return (images) => describeImages(floor, images);
  await startEngine(engine);
  const { weights, network } = await loadEncoder(`${inputs.encoder!}/encoder.safetensors`);
  const seen = { network, ...normalisation !== undefined && { normalisation } };
  return (images) => extractFeatures(weights, { ...images, ...seen });
}
