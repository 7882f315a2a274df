import type { Role } from "@/dsl/mod.ts";

/** What is known of a user's data before any image is looked at. */
export interface QuestionFacts {
  readonly role: Role;
  /** With labels. */
  readonly trainImages: number;
  readonly testImages: number;
  readonly unlabelledImages: number;
  /** At the finest level. */
  readonly classes: number;
  /** Of the label tree, finest first. */
  readonly levels: readonly string[];
}

/**
 * With fewer test images nothing is claimed: intervals and tests take accuracies for normal, which they are not for a handful of
 * images.
 */
export const leastTestImages = 50;

/** With fewer images of a user's own none is pretrained: SimCLR tells images apart, and of these there is little to tell. */
export const leastOwnImages = 64;

/** What is less than a point is of no use, whether it is there or not. */
export const leastGain = 0.01;

/** One gives no verdict. */
export const leastSeeds = 2;

/** What a user wants to know of the data. */
export interface Wishes {
  /** The names of encoders from outside. */
  readonly encoders: readonly string[];
  /** Whether one is pretrained on the user's own images. */
  readonly pretrain: boolean;
  /** Numbers of labels a class, beside all; by default some that the data have. */
  readonly labels?: readonly number[];
  /** How often everything is done; by default twice, and more often where there is time. */
  readonly seeds?: number;
}
