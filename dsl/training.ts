/** The number formats in which an encoder can be trained. */
export const precisions = ["float32", "bfloat16"] as const;

/**
 * The number format of activations and convolutions in training. With `"bfloat16"`, weights, batch statistics, loss and
 * optimizer stay in float32.
 */
export type Precision = (typeof precisions)[number];

/** How a view of an image is made (Chen et al. 2020, appendix A). */
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
  /** Probability of Gaussian blur, with a deviation of 0.1 to 2 pixels and a kernel of a tenth of the view's side. */
  readonly blur: number;
}

/** Views of an image that are made alike; a method may want several groups, of different sizes. */
export interface ViewGroup<N extends number = number> {
  /** Views of each image. */
  readonly count: N;
  readonly augmentation: Augmentation;
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

/** A network of two dense layers on top of an encoder, thrown away after pretraining. */
export interface HeadSize {
  readonly hidden: number;
  readonly output: number;
}

/** What every method's training is told; with what the method adds, all that decides it but images, network and seed. */
export interface Training {
  readonly epochs: number;
  /**
   * Steps that a training has at least: where a pass over few images has fewer than so many divided by the epochs, an epoch
   * is longer than a pass. So a small set is learned from as long as it takes, and a set's size is not the length of training.
   */
  readonly minimumSteps: number;
  /** Images a step, each of which is seen in all its views. */
  readonly batch: number;
  /** The peak of the schedule: linear warm-up, then cosine to 0. */
  readonly learningRate: number;
  readonly warmupEpochs: number;
  readonly optimizer: Optimizer;
  /** The views that a step makes of each image. */
  readonly views: readonly ViewGroup[];
  readonly precision: Precision;
}
