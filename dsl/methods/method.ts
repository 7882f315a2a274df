import type { ScaleName } from "@/dsl/scale.ts";
import type { Training } from "@/dsl/training.ts";

/** The settings of a method's training; `method` tells those of different methods apart. */
export interface MethodTraining extends Training {
  readonly method: string;
}

/** What a method's settings have beside those of every training. */
export type OwnSettings<T extends MethodTraining> = Omit<T, keyof MethodTraining>;

/** How a method trains at each scale. */
export type Recipes<T extends MethodTraining> = { readonly [N in ScaleName]: T };

/** All that there is to say of a method but how its loss is computed, which `lib/objective` does. */
export interface MethodSpec<T extends MethodTraining> {
  readonly recipes: Recipes<T>;
  /** Whether it trains on labels; a method that does not also trains on a domain's images without labels. */
  readonly labelled: boolean;
  /** What a view costs, for each of its groups of views. */
  readonly passes: readonly Passes[];
  /** What a training holds beside the network, for what it needs of memory. */
  holds(training: T): Holdings;
  readonly words: MethodWords<T>;
}

/** How often a view passes the network, on the average of its group. */
export interface Passes {
  /** Through a copy of the network as well. */
  readonly forward: number;
  /** Each costs about two forward passes, and wants what the forward pass made kept until then. */
  readonly backward: number;
}

/** What a training holds beside its network. */
export interface Holdings {
  /** The lengths of the vectors that dense layers make on top of the features, one after another; a classifier's is not told. */
  readonly dense: readonly number[];
  /** Whether a copy of the network and of these layers follows them. */
  readonly copied: boolean;
  /** Other numbers that are kept from step to step. */
  readonly kept: number;
  /** Numbers of the matrix in which a step of so many images compares views or features. */
  compared(images: number): number;
}

/** What a report says of a method. */
export interface MethodWords<T extends MethodTraining> {
  /** As it is written in prose. */
  readonly name: string;
  /** Of its lines and marks. */
  readonly colour: string;
  /** What is known of the paper's training. */
  readonly paper: string;
  /** Its own settings, after those of every training. */
  settings(training: T): string;
  /** Why it is trained so here. */
  readonly why: string;
}

/** What a report says of a choice of the paper that is not known. */
export const unstated = "not stated in the sources at hand";
