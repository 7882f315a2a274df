import type { ContrastiveTraining, Network, Training } from "@/dsl/mod.ts";
import { readPack } from "@/lib/data/pack.ts";
import { saveEncoder } from "@/lib/model/encoder_file.ts";
import { readWords } from "@/lib/run/arrays.ts";
import { startEngine } from "@/lib/run/engine.ts";
import type { Info, Job } from "@/lib/run/job.ts";
import { pretrain } from "@/lib/train/pretrain.ts";
import type { TrainingImages } from "@/lib/train/training_images.ts";

/** The recipe of an encoder, as the planner writes it. */
interface PretrainSpec {
  readonly method: "simclr" | "supervised" | "none";
  readonly network: Network;
  readonly training?: Training | ContrastiveTraining;
  readonly seed: number;
}

// An untrained encoder sees no image.
const noImages: TrainingImages = {
  images: new Uint8Array(),
  pixels: 0,
  subset: new Uint32Array(),
};

/** Trains an encoder, or initialises one, and saves its weights. */
export async function work(job: Job): Promise<Info> {
  const { method, network, training, seed } = job.step.spec as unknown as PretrainSpec;
  await startEngine(job.engine);
  const data = job.inputs.subset === undefined ? noImages : await trainingImages(job);
  const { weights, curve, viewsPerSecond } = await pretrain({
    ...data,
    method,
    network,
    training: training ?? null,
    seed,
    checkpoints: { folder: job.scratch, identity: job.identity },
    onProgress: (done, total) => job.progress(done, total, "steps"),
  });
  await saveEncoder(`${job.out}/encoder.safetensors`, { network, weights });
  return {
    images: data.subset.length,
    curve: curve.map((point) => ({ ...point })),
    viewsPerSecond,
  };
}

async function trainingImages(job: Job): Promise<TrainingImages> {
  const pack = await readPack(job.inputs.images!);
  const { images, labels } = pack.split("train");
  const subset = await readWords(`${job.inputs.subset!}/indices.u32`);
  return { images, labels, classes: pack.hierarchy.leaves.length, pixels: pack.px, subset };
}
