import { largeByolViews, twoViews } from "@/dsl/augmentations.ts";
import type { Source } from "@/dsl/domain.ts";
import { type EncoderBy, type EncoderOptions, trainedBy } from "@/dsl/encoder.ts";
import { linearRate } from "@/dsl/learning_rate.ts";
import { type MethodSpec, type MethodTraining, unstated } from "@/dsl/methods/method.ts";
import { unlabelled } from "@/dsl/methods/shared.ts";
import type { HeadSize, ViewGroup } from "@/dsl/training.ts";

/** BYOL's settings. */
export interface ByolTraining extends MethodTraining {
  readonly method: "byol";
  readonly views: readonly [ViewGroup<2>];
  readonly head: HeadSize;
  /** Of the predictor, whose output is as long as the head's. */
  readonly predictor: { readonly hidden: number };
  /** What the target network keeps of itself at the first step; rises to 1 by the last. */
  readonly baseMomentum: number;
}

/** An encoder pretrained with BYOL (Grill et al. 2020). */
export function byol(
  source: Source,
  options: EncoderOptions<ByolTraining> = {},
): EncoderBy<"byol"> {
  return trainedBy(byolMethod, source, options);
}

// For small images and a laptop.
const laptop: ByolTraining = {
  method: "byol",
  ...unlabelled.laptop,
  learningRate: 0.1,
  head: { hidden: 256, output: 64 },
  predictor: { hidden: 256 },
  // As published for the shortest training, of 40 epochs.
  baseMomentum: 0.97,
};

/** BYOL, but for its loss. */
export const byolMethod: MethodSpec<ByolTraining> = {
  recipes: {
    smoke: { ...laptop, ...unlabelled.smoke },
    mini: { ...laptop, ...unlabelled.mini, epochs: 16, learningRate: 0.005, baseMomentum: 0.9 },
    small: {
      ...laptop,
      ...unlabelled.small,
      learningRate: linearRate(0.45, 512),
      optimizer: { name: "lars", momentum: 0.9, weightDecay: 1e-6 },
      head: { hidden: 1024, output: 128 },
      predictor: { hidden: 1024 },
      baseMomentum: 0.99,
    },
    // BYOL for 100 epochs (Grill et al. 2020, appendix; the authors' presets).
    paper: {
      method: "byol",
      epochs: 100,
      minimumSteps: 0,
      batch: 4096,
      learningRate: linearRate(0.45, 4096),
      warmupEpochs: 10,
      optimizer: { name: "lars", momentum: 0.9, weightDecay: 1e-6 },
      views: twoViews(largeByolViews),
      precision: "bfloat16",
      head: { hidden: 4096, output: 256 },
      predictor: { hidden: 4096 },
      baseMomentum: 0.99,
    },
  },
  labelled: false,
  // Both views pass the target network as well, forward alone.
  passes: [{ forward: 2, backward: 1 }],
  holds: ({ head, predictor }) => ({
    dense: [head.hidden, head.output, predictor.hidden, head.output],
    copied: true,
    kept: 0,
    compared: () => 0,
  }),
  words: {
    name: "BYOL",
    colour: "#d4662f",
    paper: `settings: ${unstated}`,
    settings: ({ baseMomentum }) => `momentum rising from ${baseMomentum} to 1; no solarisation`,
    why:
      "As published, except that views are not solarised. Methods that need more epochs get more, so the methods are not ranked here.",
  },
};
