import type { Size } from "@/dsl/domain.ts";

/** The names of the scales, cheapest first. */
export const scaleNames = ["smoke", "mini", "small", "paper"] as const;

/** The name of a scale. */
export type ScaleName = (typeof scaleNames)[number];

/** The number formats in which an encoder can be trained. */
export const precisions = ["float32", "bfloat16"] as const;

/**
 * The number format of activations and convolutions in training. With `"bfloat16"`, weights, batch statistics, loss and
 * optimizer stay in float32.
 */
export type Precision = (typeof precisions)[number];

/** A residual network (He et al. 2016). */
export interface Network {
  readonly family: "resnet";
  /** `"small"`: one 3x3 convolution of stride 1; `"large"`: 7x7 of stride 2 and max pooling. */
  readonly stem: "small" | "large";
  readonly block: "basic" | "bottleneck";
  /** Blocks of each stage; channels double and resolution halves from stage to stage. */
  readonly blocks: readonly number[];
  /** Channels of the first stage. */
  readonly width: number;
}

/** How the views of an image are made (Chen et al. 2020, appendix A). */
export interface Augmentation {
  /**
   * Side of a view in pixels. Crops are enlarged, so that what they show looks larger than in a whole image; views smaller
   * than the images make up for it and cost less (Touvron et al. 2019).
   */
  readonly pixels: number;
  /** The share of the image's area that a crop may have. */
  readonly cropArea: readonly [number, number];
  /** Width over height of a crop. */
  readonly cropAspect: readonly [number, number];
  readonly flip: number;
  /** Probability of colour jitter. */
  readonly jitter: number;
  /** Largest relative change of brightness, contrast and saturation, and of hue in turns. */
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  readonly hue: number;
  /** Probability of greyscale. */
  readonly greyscale: number;
  /** Probability of Gaussian blur. */
  readonly blur: number;
}

/** The optimizer and its settings; weight decay spares biases and batch normalisation. */
export type Optimizer = MomentumOptimizer | AdamOptimizer;

/** Stochastic gradient descent with momentum, and its layer-wise form for large batches (You et al. 2017). */
export interface MomentumOptimizer {
  readonly name: "sgd" | "lars";
  readonly momentum: number;
  readonly weightDecay: number;
}

/** Adam (Kingma and Ba 2015) with decoupled weight decay (AdamW, Loshchilov and Hutter 2019). */
export interface AdamOptimizer {
  readonly name: "adam";
  /** Decay of the running mean of gradients; 0.9 by its authors. */
  readonly beta1: number;
  /** Decay of the running mean of squared gradients; 0.999 by its authors. */
  readonly beta2: number;
  readonly weightDecay: number;
}

/** The nonlinear projection head of a contrastive method, thrown away after pretraining. */
export interface ProjectionHead {
  readonly hidden: number;
  readonly output: number;
}

/** Everything that decides a pretraining but its images, network and seed. */
export interface Training {
  readonly epochs: number;
  /** Images a step; a contrastive step sees two views of each. */
  readonly batch: number;
  /** The peak of the schedule: linear warm-up, then cosine to 0. */
  readonly learningRate: number;
  readonly warmupEpochs: number;
  readonly optimizer: Optimizer;
  readonly augmentation: Augmentation;
  readonly precision: Precision;
}

/** SimCLR's settings. */
export interface ContrastiveTraining extends Training {
  readonly temperature: number;
  readonly head: ProjectionHead;
}

/** The linear probe's settings. */
export interface LinearSettings {
  /** L2 penalties tried, on half the squared norm of the weights, with the mean cross-entropy as the loss. */
  readonly penalties: readonly number[];
  /** The share of the labelled images held out to choose among them. */
  readonly heldOut: number;
}

/** A budget: what the paper's words become in numbers. */
export interface Scale {
  readonly name: ScaleName;
  /** Side of the square images in pixels. */
  readonly pixels: number;
  /** Images of each size; `all` is the domain's own count. */
  readonly sizes: { readonly [S in Exclude<Size, "all">]: number };
  /** Images drawn of each built-in world. */
  readonly world: { readonly train: number; readonly test: number };
  readonly network: Network;
  readonly simclr: ContrastiveTraining;
  readonly supervised: Training;
  readonly linear: LinearSettings;
  /** Seeds unless the experiment or the command says otherwise. */
  readonly seeds: number;
}
