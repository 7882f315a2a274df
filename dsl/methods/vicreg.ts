import { largeByolViews, twoViews } from "@/dsl/augmentations.ts";
import type { Source } from "@/dsl/domain.ts";
import { type EncoderBy, type EncoderOptions, trainedBy } from "@/dsl/encoder.ts";
import { linearRate } from "@/dsl/learning_rate.ts";
import type { MethodSpec, MethodTraining } from "@/dsl/methods/method.ts";
import { unlabelled } from "@/dsl/methods/shared.ts";
import type { HeadSize, ViewGroup } from "@/dsl/training.ts";

/** VICReg's settings. */
export interface VicregTraining extends MethodTraining {
  readonly method: "vicreg";
  readonly views: readonly [ViewGroup<2>];
  /** Of three dense layers. */
  readonly head: HeadSize;
  /** What the distance of an image's two views counts. */
  readonly invarianceWeight: number;
  /** What it counts that a feature varies less than by 1. */
  readonly varianceWeight: number;
  /** What it counts that features vary together. */
  readonly covarianceWeight: number;
}

/** An encoder pretrained with VICReg (Bardes et al. 2022), which the paper does not have. */
export function vicreg(
  source: Source,
  options: EncoderOptions<VicregTraining> = {},
): EncoderBy<"vicreg"> {
  return trainedBy(vicregMethod, source, options);
}

// For small images and a laptop.
const laptop: VicregTraining = {
  method: "vicreg",
  ...unlabelled.laptop,
  learningRate: 0.02,
  head: { hidden: 256, output: 256 },
  // As published.
  invarianceWeight: 25,
  varianceWeight: 25,
  covarianceWeight: 1,
};

/** VICReg, but for its loss. */
export const vicregMethod: MethodSpec<VicregTraining> = {
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
      optimizer: { name: "lars", momentum: 0.9, weightDecay: 1e-6 },
      head: { hidden: 2048, output: 2048 },
    },
    // As published (section 4.2) for 100 epochs, a tenth of its longest training.
    paper: {
      method: "vicreg",
      epochs: 100,
      minimumSteps: 0,
      batch: 2048,
      learningRate: linearRate(0.2, 2048),
      warmupEpochs: 10,
      optimizer: { name: "lars", momentum: 0.9, weightDecay: 1e-6 },
      views: twoViews(largeByolViews),
      precision: "bfloat16",
      head: { hidden: 8192, output: 8192 },
      invarianceWeight: 25,
      varianceWeight: 25,
      covarianceWeight: 1,
    },
  },
  labelled: false,
  passes: [{ forward: 1, backward: 1 }],
  holds: ({ head }) => ({
    dense: [head.hidden, head.hidden, head.output],
    copied: false,
    kept: 0,
    // The features of either view with one another.
    compared: () => 2 * head.output ** 2,
  }),
  words: {
    name: "VICReg",
    colour: "#5b7f2b",
    paper: "not in the paper",
    settings: ({ invarianceWeight, varianceWeight, covarianceWeight }) =>
      `invariance, variance and covariance weights ${invarianceWeight}, ${varianceWeight} and ${covarianceWeight}`,
    why: "As published, except that views are not solarised. Beyond the paper, for comparison.",
  },
};
