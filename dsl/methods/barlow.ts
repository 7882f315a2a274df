import { largeByolViews, twoViews } from "@/dsl/augmentations.ts";
import type { Source } from "@/dsl/domain.ts";
import { type EncoderBy, type EncoderOptions, trainedBy } from "@/dsl/encoder.ts";
import { linearRate } from "@/dsl/learning_rate.ts";
import type { MethodSpec, MethodTraining } from "@/dsl/methods/method.ts";
import { unlabelled } from "@/dsl/methods/shared.ts";
import type { HeadSize, ViewGroup } from "@/dsl/training.ts";

/** The settings of Barlow Twins. */
export interface BarlowTraining extends MethodTraining {
  readonly method: "barlow";
  readonly views: readonly [ViewGroup<2>];
  /** Of three dense layers. */
  readonly head: HeadSize;
  /** What the square of a correlation of different features counts, where a correlation of 1 with itself is missed by 1. */
  readonly redundancyWeight: number;
}

/** An encoder pretrained with Barlow Twins (Zbontar et al. 2021), which the paper does not have. */
export function barlow(
  source: Source,
  options: EncoderOptions<BarlowTraining> = {},
): EncoderBy<"barlow"> {
  return trainedBy(barlowMethod, source, options);
}

// For small images and a laptop.
const laptop: BarlowTraining = {
  method: "barlow",
  ...unlabelled.laptop,
  learningRate: 0.02,
  head: { hidden: 256, output: 256 },
  // As published.
  redundancyWeight: 0.005,
};

/** Barlow Twins, but for its loss. */
export const barlowMethod: MethodSpec<BarlowTraining> = {
  recipes: {
    smoke: {
      ...laptop,
      ...unlabelled.smoke,
      head: { hidden: 64, output: 64 },
    },
    // Not yet tried beside others: what the methods without labels share.
    mini: { ...laptop, ...unlabelled.mini },
    small: {
      ...laptop,
      ...unlabelled.small,
      learningRate: linearRate(0.2, 512),
      optimizer: { name: "lars", momentum: 0.9, weightDecay: 1.5e-6 },
      head: { hidden: 2048, output: 2048 },
    },
    // As published (section 2.2), but for one rate, where biases and batch normalisation have a smaller one there, and for a
    // tenth of its 1,000 epochs.
    paper: {
      method: "barlow",
      epochs: 100,
      minimumSteps: 0,
      batch: 2048,
      learningRate: linearRate(0.2, 2048),
      warmupEpochs: 10,
      optimizer: { name: "lars", momentum: 0.9, weightDecay: 1.5e-6 },
      views: twoViews(largeByolViews),
      precision: "bfloat16",
      head: { hidden: 8192, output: 8192 },
      redundancyWeight: 0.005,
    },
  },
  labelled: false,
  passes: [{ forward: 1, backward: 1 }],
  holds: ({ head }) => ({
    dense: [head.hidden, head.hidden, head.output],
    copied: false,
    kept: 0,
    compared: () => head.output ** 2,
  }),
  words: {
    name: "Barlow Twins",
    colour: "#b0892b",
    paper: "not in the paper",
    settings: ({ redundancyWeight, head }) =>
      `redundancy weight ${redundancyWeight}, ${
        head.output.toLocaleString("en-US")
      } output features`,
    why:
      "As published, except that views are not solarised and one learning rate serves all weights. Beyond the paper, for comparison.",
  },
};
