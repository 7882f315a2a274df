import { readPack } from "@/lib/data/pack.ts";
import { loadEncoder } from "@/lib/model/encoder_file.ts";
import { finetune } from "@/lib/probe/finetune.ts";
import { readWords, writeArray } from "@/lib/run/arrays.ts";
import { startEngine } from "@/lib/run/engine.ts";
import type { InfoOf } from "@/lib/plan/mod.ts";
import type { Job } from "@/lib/run/job.ts";

/** Trains all layers on labelled images, from an encoder's weights, and predicts the class of every test image. */
export async function work(job: Job<"finetune">): Promise<InfoOf<"finetune">> {
  const { settings, seed, normalisation } = job.step.spec;
  await startEngine(job.engine);
  const { network, weights } = await loadEncoder(`${job.inputs.encoder}/encoder.safetensors`);
  const pack = await readPack(job.inputs.images);
  const subset = await readWords(`${job.inputs.subset}/indices.u32`);
  const { predictions, learningRate, heldOutAccuracy, steps, losses } = await finetune({
    weights,
    network,
    ...normalisation && { normalisation },
    pixels: pack.px,
    classes: pack.hierarchy.leaves.length,
    train: { split: pack.split("train"), subset },
    test: pack.split("test"),
    settings,
    seed,
    checkpoints: job.saving,
    onProgress: (done, total) => job.progress(done, total, "steps"),
  });
  await writeArray(`${job.out}/predictions.u16`, predictions);
  return {
    images: subset.length,
    learningRate,
    heldOut: heldOutAccuracy,
    steps,
    losses,
  };
}
