import { type Pack, readPack } from "@/lib/data/pack.ts";
import { bySplit } from "@/lib/data/pretraining_images.ts";
import { saveEncoder } from "@/lib/model/encoder_file.ts";
import { readWords } from "@/lib/run/arrays.ts";
import { startEngine } from "@/lib/run/engine.ts";
import type { InfoOf, NeedsOf } from "@/lib/plan/mod.ts";
import type { Job } from "@/lib/run/job.ts";
import { pretrain } from "@/lib/train/pretrain.ts";
import type { TrainingImages, TrainingPart } from "@/lib/train/training_images.ts";

/** Trains an encoder, or initialises one, and saves its weights. */
export async function work(job: Job<"pretrain">): Promise<InfoOf<"pretrain">> {
  const { network, training = null, seed } = job.step.spec;
  await startEngine(job.engine);
  const images = await trainingImages(job.inputs);
  const { heldOut, ...trained } = images;
  const { weights, curve, heldOutAccuracy, viewsPerSecond, dataWait } = await pretrain({
    ...trained,
    network,
    training,
    seed,
    ...heldOut !== null && { heldOut },
    checkpoints: job.saving,
    onProgress: (done, total) => job.progress(done, total, "steps"),
  });
  await saveEncoder(`${job.out}/encoder.safetensors`, { network, weights });
  return {
    images: trained.parts.reduce((sum, { subset }) => sum + subset.length, 0),
    curve,
    heldOutAccuracy,
    viewsPerSecond,
    dataWait,
  };
}

/**
 * The images of all parts of the source, none for an untrained encoder; and as many test images of each part, where all have
 * some.
 */
async function trainingImages(
  { images, subset }: NeedsOf<"pretrain">,
): Promise<TrainingImages & { readonly heldOut: TrainingImages | null }> {
  const packs = await Promise.all(images.map((folder) => readPack(folder)));
  const parts = await Promise.all(
    packs.map((pack, i) => trainingParts(pack, { images: images[i]!, subset: subset[i] })),
  );
  const sides = new Set(packs.map(({ px }) => px));
  if (sides.size > 1) {
    throw new TypeError(`The parts have images of ${[...sides].join(" and ")} px`);
  }
  const pixels = packs[0]?.px ?? 0;
  const isHeldOut = packs.length > 0 && packs.every(({ test }) => test > 0);
  const heldOut = packs.map((pack, i) =>
    heldOutPart(pack, parts[i]!.reduce((sum, { subset }) => sum + subset.length, 0))
  );
  return {
    parts: parts.flat(),
    pixels,
    heldOut: isHeldOut ? { parts: heldOut, pixels } : null,
  };
}

/** So many test images, over and over where there are fewer. */
function heldOutPart(pack: Pack, count: number): TrainingPart {
  const split = pack.split("test");
  const subset = Uint32Array.from({ length: count }, (_, i) => i % split.count);
  return { split, subset, classes: pack.hierarchy.leaves.length };
}

/** The images with labels, and those without. */
async function trainingParts(
  pack: Pack,
  at: { readonly subset: string | undefined; readonly images: string },
): Promise<readonly TrainingPart[]> {
  // Corrupted images: those of a subset alone, beside their numbers in the domain.
  const numbers = await readWords(`${at.subset ?? at.images}/indices.u32`);
  const subset = at.subset === undefined ? Uint32Array.from(numbers.keys()) : numbers;
  return bySplit(pack, subset)
    .filter(({ places }) => places.length > 0)
    .map(({ split, indices, places }) => ({
      split: pack.split(split),
      subset: indices,
      numbers: places.map((place) => numbers[place]!),
      classes: split === "train" ? pack.hierarchy.leaves.length : 0,
    }));
}
