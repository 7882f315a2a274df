import { largeMocoViews, twoViews } from "@/dsl/augmentations.ts";
import type { Source } from "@/dsl/domain.ts";
import { type EncoderBy, type EncoderOptions, trainedBy } from "@/dsl/encoder.ts";
import { linearRate } from "@/dsl/learning_rate.ts";
import type { MethodSpec, MethodTraining } from "@/dsl/methods/method.ts";
import { unlabelled } from "@/dsl/methods/shared.ts";
import type { HeadSize, ViewGroup } from "@/dsl/training.ts";

/** SimSiam's settings. */
export interface SimsiamTraining extends MethodTraining {
  readonly method: "simsiam";
  readonly views: readonly [ViewGroup<2>];
  /** Of three dense layers. */
  readonly head: HeadSize;
  /** Of the predictor, whose output is as long as the head's. */
  readonly predictor: { readonly hidden: number };
}

/** An encoder pretrained with SimSiam (Chen and He 2021), which the paper does not have. */
export function simsiam(
  source: Source,
  options: EncoderOptions<SimsiamTraining> = {},
): EncoderBy<"simsiam"> {
  return trainedBy(simsiamMethod, source, options);
}

// For small images and a laptop.
const laptop: SimsiamTraining = {
  method: "simsiam",
  ...unlabelled.laptop,
  learningRate: 0.03,
  head: { hidden: 256, output: 256 },
  // A bottleneck of a quarter, as published.
  predictor: { hidden: 64 },
};

/** SimSiam, but for its loss. */
export const simsiamMethod: MethodSpec<SimsiamTraining> = {
  recipes: {
    smoke: {
      ...laptop,
      ...unlabelled.smoke,
      head: { hidden: 64, output: 64 },
      predictor: { hidden: 16 },
    },
    // Not yet tried beside others: what the methods without labels share, but for the rate that BYOL was found to want, which has a
    // predictor too.
    mini: { ...laptop, ...unlabelled.mini, learningRate: 0.005 },
    small: {
      ...laptop,
      ...unlabelled.small,
      learningRate: linearRate(0.05, 512),
      head: { hidden: 2048, output: 2048 },
      predictor: { hidden: 512 },
    },
    // As published (section 3), but for its warm-up, and that the predictor's rate falls here as all others do.
    paper: {
      method: "simsiam",
      epochs: 100,
      minimumSteps: 0,
      batch: 512,
      learningRate: linearRate(0.05, 512),
      warmupEpochs: 10,
      optimizer: { name: "sgd", momentum: 0.9, weightDecay: 1e-4 },
      views: twoViews(largeMocoViews),
      precision: "bfloat16",
      head: { hidden: 2048, output: 2048 },
      predictor: { hidden: 512 },
    },
  },
  labelled: false,
  passes: [{ forward: 1, backward: 1 }],
  holds: ({ head, predictor }) => ({
    dense: [head.hidden, head.hidden, head.output, predictor.hidden, head.output],
    copied: false,
    kept: 0,
    compared: () => 0,
  }),
  words: {
    name: "SimSiam",
    colour: "#c04f86",
    paper: "not in the paper",
    settings: ({ predictor }) =>
      `${predictor.hidden.toLocaleString("en-US")} hidden units in the predictor`,
    why:
      "As published, except that all learning rates fall alike and the head’s last normalisation has a scale. Beyond the paper, for comparison.",
  },
};
