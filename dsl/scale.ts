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
  /** Probability of Gaussian blur, with a deviation of 0.1 to 2 pixels and a kernel of a tenth of the view's side. */
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

/** A network of two dense layers on top of an encoder, thrown away after pretraining. */
export interface HeadSize {
  readonly hidden: number;
  readonly output: number;
}

/** SimCLR's projection head, as deep as it is told. */
export interface ProjectionHead extends HeadSize {
  /** Dense layers: 2 in SimCLR's first form, 3 in its second (Chen et al. 2020b). */
  readonly layers: number;
}

/** Everything that decides a pretraining but its images, network and seed. */
export interface Training {
  readonly epochs: number;
  /**
   * Steps that a training has at least: where a pass over few images has fewer than so many divided by the epochs, an epoch
   * is longer than a pass. So a small set is learned from as long as it takes, and a set's size is not the length of training.
   */
  readonly minimumSteps: number;
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

/** MoCo v2's settings. */
export interface MocoTraining extends Training {
  readonly temperature: number;
  readonly head: HeadSize;
  /** Keys of earlier batches to tell an image's own from; a training keeps no more than half as many as it has images. */
  readonly queue: number;
  /** What the key encoder keeps of itself at a step. */
  readonly keyMomentum: number;
}

/** BYOL's settings. */
export interface ByolTraining extends Training {
  readonly head: HeadSize;
  /** Of the predictor, whose output is as long as the head's. */
  readonly predictor: { readonly hidden: number };
  /** What the target network keeps of itself at the first step; rises to 1 by the last. */
  readonly baseMomentum: number;
}

/** The settings of any method. */
export type AnyTraining = Training | ContrastiveTraining | MocoTraining | ByolTraining;

/** The linear probe's settings. */
export interface LinearSettings {
  /** L2 penalties tried, on half the squared norm of the weights, with the mean cross-entropy as the loss. */
  readonly penalties: readonly number[];
  /**
   * The weakest and the strongest penalty that may be tried: while the best so far is the weakest or the strongest tried, the
   * next by a factor of 10 is tried as well, up to these.
   */
  readonly penaltyLimits: readonly [number, number];
  /** The share of the labelled images held out to choose among them. */
  readonly heldOut: number;
}

/** The settings of SimCLR's own linear evaluation: stochastic gradient descent, of which nothing is chosen on labels. */
export interface SgdLinearSettings {
  readonly epochs: number;
  /** Images a step, unless there are fewer. */
  readonly batch: number;
  /** The first step's, for 256 images a step; it grows with the batch, and falls to 0 along half a cosine. */
  readonly learningRate: number;
  readonly momentum: number;
  /** On the weights; the bias is spared. */
  readonly weightDecay: number;
}

/** The nearest-neighbour probe's settings. */
export interface KnnSettings {
  /** Numbers of neighbours tried; one that is larger than the number of labelled images counts as all of them. */
  readonly neighbours: readonly number[];
  /** Of the votes: a neighbour of similarity s has exp(s / temperature) of them. */
  readonly temperature: number;
  /** The share of the labelled images held out to choose the number of neighbours. */
  readonly heldOut: number;
}

/** The settings of fine-tuning and of training from scratch. */
export interface FinetuneSettings extends Omit<Training, "learningRate"> {
  /**
   * Side of a whole image as the network sees it when it predicts. What a view shows is enlarged, and a network knows things
   * best at the size at which it saw them, so that it predicts worse at a larger side (Touvron et al. 2019).
   */
  readonly wholePixels: number;
  /** Peaks of the schedule that are tried; one alone is taken as it is. */
  readonly learningRates: readonly number[];
  /** The most steps of a training that tries one, by the whole schedule in as many; the last training is not cut. */
  readonly trialSteps: number;
  /** The share of the labelled images held out to choose the learning rate. */
  readonly heldOut: number;
}

/** The settings of any probe. */
export type ProbeSettings = LinearSettings | SgdLinearSettings | KnnSettings | FinetuneSettings;

/** A budget: what the paper's words become in numbers. */
export interface Scale {
  readonly name: ScaleName;
  /** Side of the square images in pixels. */
  readonly pixels: number;
  /** Images of each size; `all` is the domain's own count. */
  readonly sizes: { readonly [S in Exclude<Size, "all">]: number };
  /**
   * Labelled images of each size. Where there are fewer images than the paper has, these keep its labels a class at the small
   * end, which decide whether a task can be learned at all; so they are no constant share of the paper's.
   */
  readonly labels: { readonly [S in Exclude<Size, "all">]: number };
  /** Images drawn of each built-in world. */
  readonly world: { readonly train: number; readonly test: number };
  readonly network: Network;
  readonly simclr: ContrastiveTraining;
  readonly moco: MocoTraining;
  readonly byol: ByolTraining;
  readonly supervised: Training;
  readonly linear: LinearSettings | SgdLinearSettings;
  readonly knn: KnnSettings;
  /** Of fine-tuning, and of training from scratch, which differs in nothing but the weights it begins with. */
  readonly finetune: FinetuneSettings;
  /** Seeds unless the experiment or the command says otherwise. */
  readonly seeds: number;
}
