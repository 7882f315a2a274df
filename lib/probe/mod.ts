/**
 * Probes on cached features: a file for each, a line each in the registry.
 *
 * @module
 */

import type { KnnSettings, LinearSettings, SgdLinearSettings } from "@/dsl/mod.ts";
import type { LinearShape } from "@/lib/probe/classify.ts";
import type { LabelledFeatures } from "@/lib/probe/labelled_features.ts";
import type { CheckpointOptions } from "@/lib/train/checkpoint_options.ts";

/** The settings of each probe. */
export interface ProbeSettings {
  readonly linear: LinearSettings;
  readonly "sgd-linear": SgdLinearSettings;
  readonly knn: KnnSettings;
}

/** The name of a probe on features. */
export type ProbeName = keyof ProbeSettings;

/** What every probe is given. */
export interface ProbeTask extends LinearShape {
  readonly train: LabelledFeatures;
  /** `features` `[count, dim]`, flat; no test label comes near a probe. */
  readonly test: { readonly features: Float32Array };
  /** Dimensions of each encoder's features. */
  readonly blocks: readonly number[];
  readonly seed: number;
  /** For a probe that trains: it is saved while it is under way, and goes on from what is saved. */
  readonly checkpoints: CheckpointOptions;
  /** Told how many steps of all are done, by a probe that takes some. */
  readonly onProgress: (done: number, total: number) => void;
}

/** What every probe makes; what it chose, it tells by names of its own. */
export interface ProbeResult {
  /** The predicted class of each test image. */
  readonly predictions: Uint16Array;
  /** The accuracy of each choice on held-out labels; absent where nothing is chosen. */
  readonly heldOutAccuracy?: readonly Readonly<Record<string, number>>[];
}

/** Each probe, loaded when first needed, so that its results rest on no other's code. */
export const probes: {
  readonly [P in ProbeName]: () => Promise<
    (task: ProbeTask & { readonly settings: ProbeSettings[P] }) => Promise<ProbeResult>
  >;
} = {
  linear: async () => (await import("@/lib/probe/linear.ts")).linearProbe,
  "sgd-linear": async () => (await import("@/lib/probe/sgd_linear.ts")).sgdLinearProbe,
  knn: async () => (await import("@/lib/probe/knn.ts")).knnProbe,
};
