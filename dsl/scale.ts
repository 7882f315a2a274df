import type { NamedSize } from "@/dsl/domain.ts";
import type { Network } from "@/dsl/network.ts";
import type { Precision, Training, ViewGroup } from "@/dsl/training.ts";

/** The names of the built-in scales, cheapest first. */
export const scaleNames = ["smoke", "mini", "small", "paper"] as const;

/** The name of a built-in scale. */
export type ScaleName = (typeof scaleNames)[number];

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
export interface FinetuneSettings extends Omit<Training, "learningRate" | "views"> {
  /** One view of each image. */
  readonly views: readonly [ViewGroup<1>];
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

/** A budget: how big is what the paper's words stand for. How a method trains at it, the method says. */
export interface Scale {
  /** One of {@linkcode scaleNames}, or another for a scale of one's own. */
  readonly name: string;
  /** The built-in scale whose recipes the methods train by: its own name, or the one that an own scale began as. */
  readonly recipes: ScaleName;
  /** Side of the square images in pixels. */
  readonly pixels: number;
  /** Images of each size; `all` is the domain's own count. */
  readonly sizes: { readonly [S in Exclude<NamedSize, "all">]: number };
  /**
   * Labelled images of each size. Where there are fewer images than the paper has, these keep its labels a class at the small
   * end, which decide whether a task can be learned at all; so they are no constant share of the paper's.
   */
  readonly labels: { readonly [S in Exclude<NamedSize, "all">]: number };
  /** Images drawn of each built-in world. */
  readonly world: { readonly train: number; readonly test: number };
  readonly network: Network;
  /** Of every training, instead of its recipe's own. */
  readonly precision?: Precision;
  readonly linear: LinearSettings | SgdLinearSettings;
  readonly knn: KnnSettings;
  /** Of fine-tuning, and of training from scratch, which differs in nothing but the weights it begins with. */
  readonly finetune: FinetuneSettings;
  /** Seeds unless the experiment or the command says otherwise. */
  readonly seeds: number;
}
