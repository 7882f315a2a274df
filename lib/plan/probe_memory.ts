import type { HeldBytes } from "@/lib/plan/kind.ts";

/** How much a probe reads. */
export interface ProbeSize {
  /** The lengths of each encoder's feature vectors. */
  readonly lengths: readonly number[];
  readonly trainImages: number;
  readonly testImages: number;
  /** Of the training images those whose labels it is told. */
  readonly labelled: number;
  readonly classes: number;
}

// Steps of L-BFGS that are remembered, each with the change of the gradient, in float64.
const remembered = 10;

// Numbers of a block of similarities, at most, as `lib/probe/nearest_neighbours.ts` has it; the product and what is sorted lie there.
const similarities = 2 ** 24;

/** Logistic regression to convergence: all labelled features and each image's classes lie on the device. */
export function linearMemory(size: ProbeSize): HeldBytes {
  const { labelled, classes } = size, dim = dimOf(size);
  return {
    // What was read, standardised, and parted in two to choose a penalty.
    host: hostFeatures(size, 3) + 8 * (2 * remembered + 4) * (dim + 1) * classes,
    // Features, turned along their axes, with a column of ones; labels, logits, probabilities and errors.
    device: 4 * labelled * (3 * (dim + 1) + 5 * classes) + 4 * dim ** 2,
    divided: 0,
  };
}

/** Softmax regression by gradient descent: the features lie on the device, and weights twice with their velocities. */
export function sgdLinearMemory(size: ProbeSize, batch: number): HeldBytes {
  const { labelled, classes } = size, dim = dimOf(size);
  return {
    host: hostFeatures(size, 2),
    device: 4 * (labelled * dim + 5 * (dim + 1) * classes),
    divided: 4 * Math.min(batch, labelled) * (dim + 5 * classes),
  };
}

/** Nearest neighbours: the bank as it is given and with lengths of 1, and a block of similarities. */
export function knnMemory(size: ProbeSize): HeldBytes {
  const { labelled, testImages } = size;
  return {
    host: hostFeatures(size, 3),
    device: 4 * (2 * labelled * dimOf(size) + 2 * Math.min(similarities, labelled * testImages)),
    divided: 0,
  };
}

/** All features as they are read, put side by side where they are of several encoders, and copies of those with labels. */
function hostFeatures(size: ProbeSize, copies: number): number {
  const { lengths, trainImages, testImages, labelled } = size, dim = dimOf(size);
  const read = (lengths.length > 1 ? 2 : 1) * (trainImages + testImages);
  return 4 * dim * (read + copies * labelled + testImages);
}

function dimOf({ lengths }: ProbeSize): number {
  return lengths.reduce((sum, length) => sum + length, 0);
}
