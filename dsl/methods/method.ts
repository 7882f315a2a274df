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
  /**
   * What a view costs, in forward passes of the network, for each of its groups of views: a backward pass counts two, and a
   * copy of the network passes too.
   */
  readonly passes: readonly number[];
  readonly words: MethodWords<T>;
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
