import { type Corruption, downsample, jpeg, resize, saltAndPepper } from "@/dsl/mod.ts";

/** By how much pretraining on corrupted images lowers accuracy, as a share from 0 to 1. */
export interface Decrease {
  readonly simclr: number;
  readonly supervised: number;
}

/**
 * Fig 4, read off the plot to about 0.2 points. The JPEG quality and the size of Resize are not known: those here are this
 * project's own.
 */
export const corruptionDecreases: readonly (readonly [Corruption, Decrease])[] = [
  [downsample(4), { simclr: 0.341, supervised: 0.065 }],
  [downsample(2), { simclr: 0.154, supervised: 0.022 }],
  [resize(0.7), { simclr: 0.015, supervised: 0.004 }],
  [jpeg(30), { simclr: 0.06, supervised: 0.0435 }],
  [saltAndPepper(0.01), { simclr: 0.029, supervised: 0.009 }],
];
