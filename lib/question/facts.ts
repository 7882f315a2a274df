import type { Encoder, EncoderSelection, Role } from "@/dsl/mod.ts";

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

/** An encoder that a user named, and how it is selected among others. */
export interface NamedEncoder {
  readonly encoder: Encoder;
  readonly where: EncoderSelection;
}

/** What a user wants to know of the data. */
export interface Wishes {
  /** Encoders from outside. */
  readonly encoders: readonly NamedEncoder[];
  /** Whether one is pretrained on the user's own images. */
  readonly pretrain: boolean;
  /** Numbers of labels a class, beside all; by default some that the data have. */
  readonly labels?: readonly number[];
}
