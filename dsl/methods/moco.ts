import { largeMocoViews, twoViews } from "@/dsl/augmentations.ts";
import type { Source } from "@/dsl/domain.ts";
import { type EncoderBy, type EncoderOptions, trainedBy } from "@/dsl/encoder.ts";
import { linearRate } from "@/dsl/learning_rate.ts";
import { type MethodSpec, type MethodTraining, unstated } from "@/dsl/methods/method.ts";
import { unlabelled } from "@/dsl/methods/shared.ts";
import type { HeadSize, ViewGroup } from "@/dsl/training.ts";

/** MoCo v2's settings. */
export interface MocoTraining extends MethodTraining {
  readonly method: "moco";
  /** The first is the query's, the second the key's. */
  readonly views: readonly [ViewGroup<2>];
  readonly temperature: number;
  readonly head: HeadSize;
  /** Keys of earlier batches to tell an image's own from; a training keeps no more than half as many as it has images. */
  readonly queue: number;
  /** What the key encoder keeps of itself at a step. */
  readonly keyMomentum: number;
}

/** An encoder pretrained with MoCo v2 (Chen et al. 2020). */
export function moco(
  source: Source,
  options: EncoderOptions<MocoTraining> = {},
): EncoderBy<"moco"> {
  return trainedBy(mocoMethod, source, options);
}

// For small images and a laptop.
const laptop: MocoTraining = {
  method: "moco",
  ...unlabelled.laptop,
  learningRate: 0.1,
  temperature: 0.2,
  head: { hidden: 128, output: 64 },
  queue: 1024,
  // The published 0.999 remembers 1,000 steps, and a short training has no more than some 1,700.
  keyMomentum: 0.99,
};

/** MoCo v2, but for its loss. */
export const mocoMethod: MethodSpec<MocoTraining> = {
  recipes: {
    smoke: {
      ...laptop,
      ...unlabelled.smoke,
      queue: 128,
    },
    // Species 18.1 % (at rest: 2 %). With a temperature of 0.2, 15.3 (15 %); so, at a rate of 0.01 and a momentum of 0.99, 11.7 (27 %).
    mini: {
      ...laptop,
      ...unlabelled.mini,
      epochs: 20,
      learningRate: 0.003,
      temperature: 0.1,
      keyMomentum: 0.98,
    },
    small: {
      ...laptop,
      ...unlabelled.small,
      batch: 256,
      learningRate: 0.06,
      optimizer: { name: "sgd", momentum: 0.9, weightDecay: 1e-4 },
      head: { hidden: 512, output: 128 },
      queue: 16_384,
      keyMomentum: 0.999,
    },
    // MoCo v2 for 200 epochs (Chen et al. 2020c).
    paper: {
      method: "moco",
      epochs: 200,
      minimumSteps: 0,
      batch: 256,
      learningRate: linearRate(0.03, 256),
      warmupEpochs: 0,
      optimizer: { name: "sgd", momentum: 0.9, weightDecay: 1e-4 },
      views: twoViews(largeMocoViews),
      precision: "bfloat16",
      temperature: 0.2,
      head: { hidden: 2048, output: 128 },
      queue: 65_536,
      keyMomentum: 0.999,
    },
  },
  labelled: false,
  // Of two views, one passes the network both ways and one the key encoder, forward alone.
  passes: [{ forward: 1, backward: 0.5 }],
  holds: ({ head, queue }) => ({
    dense: [head.hidden, head.output],
    copied: true,
    kept: queue * head.output,
    compared: (images) => images * (1 + queue),
  }),
  words: {
    name: "MoCo",
    colour: "#2fa98c",
    paper: `settings: ${unstated}`,
    settings: ({ queue, keyMomentum }) =>
      `a queue of ${queue.toLocaleString("en-US")}, key momentum ${keyMomentum}`,
    why:
      "As published, except that keys are normalised by moving statistics, because a single device has no batches to shuffle. Methods that need more epochs get more, so the methods are not ranked here.",
  },
};
