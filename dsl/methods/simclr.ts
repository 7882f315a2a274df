import { largeViews, twoViews } from "@/dsl/augmentations.ts";
import type { Source } from "@/dsl/domain.ts";
import { type EncoderBy, type EncoderOptions, trainedBy } from "@/dsl/encoder.ts";
import { linearRate } from "@/dsl/learning_rate.ts";
import { type MethodSpec, type MethodTraining, unstated } from "@/dsl/methods/method.ts";
import { unlabelled } from "@/dsl/methods/shared.ts";
import type { HeadSize, ViewGroup } from "@/dsl/training.ts";

/** SimCLR's settings. */
export interface SimclrTraining extends MethodTraining {
  readonly method: "simclr";
  readonly views: readonly [ViewGroup<2>];
  readonly temperature: number;
  readonly head: ProjectionHead;
}

/** SimCLR's projection head, as deep as it is told. */
export interface ProjectionHead extends HeadSize {
  /** Dense layers: 2 in SimCLR's first form, 3 in its second (Chen et al. 2020b). */
  readonly layers: number;
}

/**
 * An encoder pretrained with SimCLR (Chen et al. 2020), the paper's main method.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { domain, jpeg, simclr } from "@/dsl/mod.ts";
 *
 * const encoder = simclr(domain("objects", "1M"), { corruption: jpeg(30) });
 * assert.equal(encoder.method, "simclr");
 * assert.deepEqual(encoder.corruption, { kind: "jpeg", quality: 30 });
 * ```
 */
export function simclr(
  source: Source,
  options: EncoderOptions<SimclrTraining> = {},
): EncoderBy<"simclr"> {
  return trainedBy(simclrMethod, source, options);
}

// For small images and a laptop.
const laptop: SimclrTraining = {
  method: "simclr",
  ...unlabelled.laptop,
  learningRate: 0.25,
  // The loss is the sum over both views: half the rate and twice the decay of a loss that is their mean.
  optimizer: { name: "sgd", momentum: 0.9, weightDecay: 1e-3 },
  temperature: 0.2,
  head: { hidden: 64, output: 64, layers: 2 },
};

/** SimCLR, but for its loss. */
export const simclrMethod: MethodSpec<SimclrTraining> = {
  recipes: {
    smoke: { ...laptop, ...unlabelled.smoke },
    // Tried and left: batches of 32 at a rate of 0.007 (species, 23.8 % against 23.9 %, 12 epochs of crops from 0.2);
    // temperatures of 0.1 and 0.4 against 0.2 (objects, 30.4 and 25.7 against 31.8 %); features of images enlarged to 40 and
    // 48 px (species, 30.6 and 32.8 against 29.3 %, at 1.6 and 2.4 times the cost).
    mini: { ...laptop, ...unlabelled.mini },
    small: {
      ...laptop,
      ...unlabelled.small,
      learningRate: 1,
      optimizer: { name: "lars", momentum: 0.9, weightDecay: 1e-4 },
      head: { hidden: 512, output: 128, layers: 2 },
    },
    paper: {
      method: "simclr",
      epochs: 100,
      minimumSteps: 0,
      batch: 4096,
      learningRate: linearRate(0.3, 4096),
      warmupEpochs: 10,
      optimizer: { name: "lars", momentum: 0.9, weightDecay: 1e-4 },
      views: twoViews(largeViews),
      precision: "bfloat16",
      temperature: 0.1,
      head: { hidden: 2048, output: 128, layers: 3 },
    },
  },
  labelled: false,
  passes: [{ forward: 1, backward: 1 }],
  holds: ({ head }) => ({
    dense: [...Array<number>(head.layers - 1).fill(head.hidden), head.output],
    copied: false,
    kept: 0,
    // Each view with each.
    compared: (images) => (2 * images) ** 2,
  }),
  words: {
    name: "SimCLR",
    colour: "#3b6fd4",
    paper: `epochs, batch, learning rate, temperature: ${unstated}`,
    settings: ({ temperature }) => `temperature ${temperature}`,
    why:
      "SimCLR’s published recipe, shortened to fit the scale’s budget. The paper’s text implies a fixed number of epochs, in which little is learned from a small set. With a minimum number of steps, sets of every size are learned from; the controls show fixed epochs alongside.",
  },
};
