import {
  type AnyTraining,
  type FinetuneSettings,
  methods,
  type Network,
  type Training,
} from "@/dsl/mod.ts";
import { multiplyAdds } from "@/lib/plan/multiply_adds.ts";
import type { Step, StepKind } from "@/lib/plan/step.ts";

/** What the cost model has to know beside the step itself: images and pixels behind each ingest. */
export interface Sizes {
  readonly trainImages: number;
  readonly testImages: number;
  readonly unlabelledImages: number;
}

/** How many images a `subset` step holds. */
export function subsetImages({ spec }: Step, sizes: Sizes | undefined): number {
  const { trainImages = 0, unlabelledImages = 0 } = sizes ?? {};
  return Number(spec.size ?? trainImages + (spec.unlabelled === true ? unlabelledImages : 0));
}

// Seconds that a step takes beside its network's arithmetic, by experience at the scale `mini`.
const overhead: Readonly<Record<StepKind, number>> = {
  ingest: 7,
  sheet: 0.2,
  subset: 0.05,
  corrupt: 0.2,
  pretrain: 0.1,
  features: 0.7,
  probe: 0.7,
  finetune: 2,
  score: 0.05,
  classes: 0.05,
  views: 0.3,
  neighbours: 0.5,
};

// Multiply-adds a second of one core of the reference machine, which has AVX-512, with two at a time; with what a step takes
// beside them, a step of SimCLR at the scale `mini` does 35e9.
const rate = 40e9;

// Seconds of a training step beside its network's arithmetic: what twice as many steps of half the batch took longer.
const stepOverhead = 3.5e-3;

// Seconds of a linear probe for each label and each of the encoders that are fused: 1e-4 for 16 classes, 8e-4 for 252.
const probeLabel = 4e-4;

// Seconds to corrupt an image on one core: for each image, and for each of its pixels.
const corruptImage = 1e-3, corruptPixel = 6e-8;

// How much faster a training step is in bfloat16, where the processor knows it.
const bfloat16Gain = 1.5;

/**
 * The expected seconds of each step on one core: a model, not a measurement; good for shares and for the time left.
 *
 * @param steps In the order of the plan.
 * @param sizes The counts of a data set by its identity.
 */
export function expectedSeconds(
  steps: readonly Step[],
  sizes: ReadonlyMap<string, Sizes>,
): ReadonlyMap<string, number> {
  const byKey = new Map(steps.map((step) => [step.key, step]));
  /** The ingest behind a step that holds images, which may have been corrupted on the way. */
  const ingestOf = (key: string | undefined): Step | undefined => {
    const step = byKey.get(key ?? "");
    return step?.kind === "corrupt" ? ingestOf(step.needs.images) : step;
  };
  const pixelsOf = (images: string | undefined): number =>
    Number(ingestOf(images)?.spec.pixels ?? 0);
  const countsOf = (images: string | undefined): Sizes | undefined =>
    sizes.get(String(ingestOf(images)?.spec.dataset));
  /** How many images the subsets have that a step reads, by itself or corrupted. */
  const imagesOf = (step: Step): number => {
    const needs = Object.values(step.needs).map((key) => byKey.get(key)!);
    return needs.reduce((sum, need) => {
      if (need.kind === "corrupt") return sum + imagesOf(need);
      if (need.kind !== "subset") return sum;
      return sum + subsetImages(need, countsOf(need.needs.images));
    }, 0);
  };
  return new Map(steps.map((step) => {
    let seconds = overhead[step.kind];
    if (step.kind === "pretrain" && Object.keys(step.needs).length > 0) {
      const training = step.spec.training as unknown as AnyTraining;
      const shown = shownImages(training, imagesOf(step));
      const { passes } = methods[training.method];
      seconds += trainingSeconds({ shown, passes }, training, networkOf(step));
    }
    if (step.kind === "finetune") {
      const settings = step.spec.settings as unknown as FinetuneSettings;
      const network = networkOf(byKey.get(step.needs.encoder!)!);
      const shown = shownImages(settings, imagesOf(step));
      const rates = settings.learningRates.length;
      const tried = Math.min(
        shownImages(settings, (1 - settings.heldOut) * imagesOf(step)),
        settings.trialSteps * settings.batch,
      );
      const all = shown + (rates === 1 ? 0 : rates * tried);
      const { passes } = methods.supervised;
      seconds += trainingSeconds({ shown: all, passes }, settings, network);
    }
    if (step.kind === "probe") {
      const fused = Object.keys(step.needs).filter((name) => name.startsWith("features")).length;
      seconds += probeLabel * imagesOf(step) * fused;
    }
    if (step.kind === "corrupt") {
      const counts = countsOf(step.needs.images);
      const images = step.needs.subset === undefined && counts !== undefined
        ? counts.trainImages + counts.testImages
        : imagesOf(step);
      seconds += images * (corruptImage + corruptPixel * pixelsOf(step.needs.images) ** 2);
    }
    if (step.kind === "features") {
      const encoder = byKey.get(step.needs.encoder ?? "");
      const counts = countsOf(step.needs.images);
      if (encoder !== undefined && counts !== undefined) {
        const images = counts.trainImages + counts.testImages;
        seconds += images * multiplyAdds(networkOf(encoder), pixelsOf(step.needs.images)) / rate;
      }
    }
    return [step.key, seconds];
  }));
}

/** The images that a training on so many is shown, all epochs counted. */
function shownImages(
  { epochs, minimumSteps, batch }: Pick<Training, "epochs" | "minimumSteps" | "batch">,
  images: number,
): number {
  return Math.max(images * epochs, minimumSteps * Math.min(batch, images));
}

/** Seconds of training that is shown so many images, whose views cost so many passes of the network, group by group. */
function trainingSeconds(
  { shown, passes }: { readonly shown: number; readonly passes: readonly number[] },
  { views, batch, precision }: Pick<Training, "views" | "batch" | "precision">,
  network: Network,
): number {
  const each = views.reduce(
    (sum, { count, augmentation }, group) =>
      sum + count * passes[group]! * multiplyAdds(network, augmentation.pixels),
    0,
  );
  return shown * each / (precision === "bfloat16" ? rate * bfloat16Gain : rate) +
    stepOverhead * shown / batch;
}

function networkOf(step: Step): Network {
  return step.spec.network as unknown as Network;
}
