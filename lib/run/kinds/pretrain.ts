import type { AnyTraining, Budget, Method, Network } from "@/dsl/mod.ts";
import { type Pack, readPack } from "@/lib/data/pack.ts";
import { saveEncoder } from "@/lib/model/encoder_file.ts";
import { readWords } from "@/lib/run/arrays.ts";
import { startEngine } from "@/lib/run/engine.ts";
import type { Info, Job } from "@/lib/run/job.ts";
import { pretrain } from "@/lib/train/pretrain.ts";
import type { TrainingImages, TrainingPart } from "@/lib/train/training_images.ts";

/** The recipe of an encoder, as the planner writes it. */
interface PretrainSpec {
  readonly method: Method;
  readonly network: Network;
  /** Absent for the method `none`, as is the budget. */
  readonly training?: AnyTraining;
  readonly budget?: Budget;
  /** For the budget `"steps"` alone. */
  readonly referenceImages?: number;
  readonly seed: number;
}

/** Trains an encoder, or initialises one, and saves its weights. */
export async function work(job: Job): Promise<Info> {
  const { training = null, ...spec } = job.step.spec as unknown as PretrainSpec;
  await startEngine(job.engine);
  const images = await trainingImages(job);
  const { weights, curve, viewsPerSecond, dataWait } = await pretrain({
    ...images,
    ...spec,
    training,
    checkpoints: { folder: job.scratch, identity: job.identity },
    onProgress: (done, total) => job.progress(done, total, "steps"),
  });
  await saveEncoder(`${job.out}/encoder.safetensors`, { network: spec.network, weights });
  return {
    images: images.parts.reduce((sum, { subset }) => sum + subset.length, 0),
    curve: curve.map((point) => ({ ...point })),
    viewsPerSecond,
    dataWait,
  };
}

/** The images of all parts of the source; an untrained encoder has none. */
async function trainingImages(job: Job): Promise<TrainingImages> {
  // "images", or "images0", "images1" and so on.
  const names = Object.keys(job.inputs).filter((name) => name.startsWith("images"))
    .sort((a, b) => Number(a.slice(6)) - Number(b.slice(6)));
  const packs = await Promise.all(names.map((name) => readPack(job.inputs[name]!)));
  const parts = await Promise.all(packs.map((pack, i) => {
    const subset = job.inputs[names[i]!.replace("images", "subset")];
    return trainingPart(pack, { subset, images: job.inputs[names[i]!]! });
  }));
  const sides = new Set(packs.map(({ px }) => px));
  if (sides.size > 1) {
    throw new TypeError(`The parts have images of ${[...sides].join(" and ")} px`);
  }
  return { parts, pixels: packs[0]?.px ?? 0 };
}

async function trainingPart(
  pack: Pack,
  at: { readonly subset: string | undefined; readonly images: string },
): Promise<TrainingPart> {
  const split = pack.split("train");
  const classes = pack.hierarchy.leaves.length;
  if (at.subset !== undefined) {
    return { split, subset: await readWords(`${at.subset}/indices.u32`), classes };
  }
  // Corrupted images: those of a subset alone, beside their numbers in the domain.
  const subset = Uint32Array.from({ length: split.count }, (_, i) => i);
  return { split, subset, numbers: await readWords(`${at.images}/indices.u32`), classes };
}
