import type { Network } from "@/dsl/mod.ts";
import { type Sizes, subsetImages } from "@/lib/plan/cost.ts";
import type { Step } from "@/lib/plan/step.ts";

// Up to this side a pack keeps plain RGB; beyond, JPEG files of some half a byte a pixel.
const plainPixels = 96, jpegBytesPerPixel = 0.5;

// A sheet of small pictures, and the manifest and label files of any artifact.
const sheetBytes = 120_000, manifestBytes = 4000;

/**
 * The bytes that each step is expected to add to the store: a model, which knows packs, features, weights and predictions,
 * and nothing of how a file system rounds. Checkpoints come on top while a pretraining runs.
 *
 * @param sizes The counts of a data set by its identity.
 */
export function expectedBytes(
  steps: readonly Step[],
  sizes: ReadonlyMap<string, Sizes>,
): ReadonlyMap<string, number> {
  const byKey = new Map(steps.map((step) => [step.key, step]));
  const ingestOf = (step: Step | undefined): Step | undefined =>
    step === undefined || step.kind === "ingest" ? step : ingestOf(byKey.get(step.needs.images!));
  const countsOf = (step: Step): Sizes =>
    sizes.get(String(ingestOf(step)?.spec.dataset)) ??
      { trainImages: 0, testImages: 0, unlabelledImages: 0 };
  const imageBytes = (step: Step): number => {
    const pixels = Number(ingestOf(step)?.spec.pixels ?? 0) ** 2;
    return pixels <= plainPixels ** 2 ? 3 * pixels : jpegBytesPerPixel * pixels;
  };
  const bytesOf = (step: Step): number => {
    const counts = countsOf(step);
    const { trainImages, testImages, unlabelledImages } = counts;
    const all = trainImages + testImages;
    const subset = byKey.get(step.needs.subset ?? "");
    switch (step.kind) {
      case "ingest":
        return (all + unlabelledImages) * imageBytes(step);
      case "corrupt":
        return (subset === undefined ? all : subsetImages(subset, counts)) * imageBytes(step);
      case "subset":
        return 4 * subsetImages(step, counts);
      case "pretrain":
        return 4 * parameterCount(step.spec.network as unknown as Network);
      case "features": {
        const encoder = byKey.get(step.needs.encoder!)!;
        return 4 * all * featureCount(encoder.spec.network as unknown as Network);
      }
      case "probe":
      case "finetune":
        return 2 * testImages;
      case "score":
        return testImages * (step.spec.levels as readonly string[]).length;
      case "classes":
        return 2 * testImages;
      case "sheet":
      case "views":
      case "neighbours":
        return sheetBytes;
    }
  };
  return new Map(steps.map((step) => [step.key, manifestBytes + bytesOf(step)]));
}

/** The length of an encoder's feature vector. */
function featureCount({ block, blocks, width }: Network): number {
  return width * 2 ** (blocks.length - 1) * (block === "bottleneck" ? 4 : 1);
}

/** The numbers in an encoder's file: convolutions, and four of each channel's normalisation. */
function parameterCount({ stem, block, blocks, width }: Network): number {
  let total = (stem === "large" ? 49 : 9) * 3 * width + 4 * width;
  let input = width;
  blocks.forEach((count, stage) => {
    const inner = width * 2 ** stage, output = block === "bottleneck" ? 4 * inner : inner;
    for (let i = 0; i < count; i++) {
      total += block === "bottleneck"
        ? inner * (input + 9 * inner + output) + 4 * (2 * inner + output)
        : 9 * inner * (input + inner) + 8 * inner;
      if (input !== output || (stage > 0 && i === 0)) total += output * (input + 4);
      input = output;
    }
  });
  return total;
}
