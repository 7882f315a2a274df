import { largeByolViews, smallViews } from "@/dsl/augmentations.ts";
import type { Source } from "@/dsl/domain.ts";
import { type EncoderBy, type EncoderOptions, trainedBy } from "@/dsl/encoder.ts";
import { linearRate } from "@/dsl/learning_rate.ts";
import type { MethodSpec, MethodTraining } from "@/dsl/methods/method.ts";
import { unlabelled } from "@/dsl/methods/shared.ts";
import type { Augmentation, HeadSize, ViewGroup } from "@/dsl/training.ts";

/** DINO's settings. */
export interface DinoTraining extends MethodTraining {
  readonly method: "dino";
  /** The global views, which the teacher sees too, and the local ones, smaller crops that the student alone sees. */
  readonly views: readonly [ViewGroup<2>, ViewGroup];
  /** Of three dense layers, below the last one. */
  readonly head: HeadSize;
  /** Of the last layer, in which student and teacher are compared. */
  readonly outputs: number;
  readonly studentTemperature: number;
  /** Rises in a line from the first to the last in so many epochs. */
  readonly teacherTemperature: {
    readonly first: number;
    readonly last: number;
    readonly warmupEpochs: number;
  };
  /** What the teacher keeps of itself at the first steps; rises to 1 by the last. */
  readonly baseMomentum: number;
  /** What the centre of the teacher's outputs keeps of itself at a step. */
  readonly centreMomentum: number;
  /** Epochs in which the last layer stays as it is. */
  readonly stillEpochs: number;
}

/** An encoder pretrained with DINO (Caron et al. 2021), which the paper does not have. */
export function dino(
  source: Source,
  options: EncoderOptions<DinoTraining> = {},
): EncoderBy<"dino"> {
  return trainedBy(dinoMethod, source, options);
}

/** Two global views and so many local ones, made alike but for their size and crops. */
function multiCrop(
  augmentation: Augmentation,
  { local, pixels, areas: [least, most] }: {
    readonly local: number;
    /** Side of a local view. */
    readonly pixels: number;
    /** The share of the image that a local view has, from the least to the most; a global one has the most or more. */
    readonly areas: readonly [number, number];
  },
): DinoTraining["views"] {
  return [
    { count: 2, augmentation: { ...augmentation, cropArea: [most, 1] } },
    { count: local, augmentation: { ...augmentation, pixels, cropArea: [least, most] } },
  ];
}

// For small images and a laptop.
const laptop: DinoTraining = {
  method: "dino",
  ...unlabelled.laptop,
  learningRate: 0.03,
  // The published areas of a small image show nothing.
  views: multiCrop(smallViews, { local: 4, pixels: 12, areas: [0.15, 0.4] }),
  head: { hidden: 256, output: 64 },
  // An output for every 20 images at the scale mini, as published for a million.
  outputs: 256,
  studentTemperature: 0.1,
  // As the authors advise to begin. Of 256 images (the scale smoke, 60 epochs at the rate of mini) the loss came to 3.3, where ln 64
  // = 4.2 is that of a teacher which tells nothing apart; with a rise to 0.07, a momentum of 0.95 and crops from 0.05 it was 4.1.
  teacherTemperature: { first: 0.04, last: 0.04, warmupEpochs: 0 },
  // The published 0.996 remembers 250 steps, and a short training has no more than some 1,700.
  baseMomentum: 0.99,
  centreMomentum: 0.9,
  stillEpochs: 1,
};

/** DINO, but for its loss. */
export const dinoMethod: MethodSpec<DinoTraining> = {
  recipes: {
    smoke: {
      ...laptop,
      ...unlabelled.smoke,
      views: multiCrop(unlabelled.smoke.views[0].augmentation, {
        local: 2,
        pixels: 8,
        areas: [0.15, 0.4],
      }),
      head: { hidden: 64, output: 16 },
      outputs: 64,
    },
    // Not yet tried beside others: what the methods without labels share, but for crops, and a rate such as MoCo was found to want,
    // which has a slow copy too.
    mini: {
      ...laptop,
      ...unlabelled.mini,
      learningRate: 0.003,
      views: multiCrop(unlabelled.mini.views[0].augmentation, {
        local: 4,
        pixels: 12,
        areas: [0.15, 0.4],
      }),
    },
    small: {
      ...laptop,
      ...unlabelled.small,
      learningRate: linearRate(0.03, 512),
      views: multiCrop(unlabelled.small.views[0].augmentation, {
        local: 6,
        pixels: 32,
        areas: [0.1, 0.3],
      }),
      head: { hidden: 1024, output: 128 },
      outputs: 4096,
      baseMomentum: 0.996,
    },
    // As published (section 3.2, and the authors' command for ResNet-50 for 100 epochs), but for views that are all made alike.
    paper: {
      method: "dino",
      epochs: 100,
      minimumSteps: 0,
      batch: 512,
      learningRate: linearRate(0.03, 512),
      warmupEpochs: 10,
      optimizer: { name: "sgd", momentum: 0.9, weightDecay: 1e-4 },
      views: multiCrop(largeByolViews, { local: 8, pixels: 96, areas: [0.05, 0.14] }),
      precision: "bfloat16",
      head: { hidden: 2048, output: 256 },
      outputs: 65_536,
      studentTemperature: 0.1,
      teacherTemperature: { first: 0.04, last: 0.07, warmupEpochs: 30 },
      baseMomentum: 0.996,
      centreMomentum: 0.9,
      stillEpochs: 1,
    },
  },
  labelled: false,
  // Global views pass the teacher as well, forward alone.
  passes: [{ forward: 2, backward: 1 }, { forward: 1, backward: 1 }],
  holds: ({ head, outputs, views: [{ count }, local] }) => ({
    dense: [head.hidden, head.hidden, head.output, outputs],
    copied: true,
    kept: outputs,
    compared: (images) => (count + local.count) * images * outputs,
  }),
  words: {
    name: "DINO",
    colour: "#2c9fc9",
    paper: "not in the paper",
    settings: ({ views: [, { count }], outputs, teacherTemperature: { first, last } }) =>
      `${count} local views beside 2 global ones, ${
        outputs.toLocaleString("en-US")
      } outputs, teacher temperature ${first === last ? last : `from ${first} to ${last}`}`,
    why:
      "As published for ResNets, except that no view is solarised and crops of small images are larger; as published, the teacher’s encoder is probed. Beyond the paper, for comparison.",
  },
};
