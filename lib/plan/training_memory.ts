import type { Holdings, Network, Passes, Precision, Training } from "@/dsl/mod.ts";
import { activationsOf, featureCount, weightCounts } from "@/lib/network/mod.ts";
import type { HeldBytes } from "@/lib/plan/kind.ts";
import { plainPixels } from "@/lib/plan/stored_bytes.ts";

/** What is trained, beside its settings. */
export interface TrainedOn {
  readonly network: Network;
  /** How many there are, and their side. */
  readonly images: number;
  readonly pixels: number;
  /** Of a classifier on top; 0 without. */
  readonly classes: number;
  readonly passes: readonly Passes[];
  readonly holdings: Holdings;
}

// Above it images are read batch by batch, as `lib/train/training_images.ts` has it.
const mostResident = 2 * 2 ** 30;

// Batches that are read ahead, with the one that is worked.
const batchesHeld = 4;

// Float32 copies of the views while they are made: cropped, coloured, standardised.
const viewCopies = 3;

// Of the largest activation of all views: what comes from above, what goes on below, and what is added to it on the way.
const inFlight = 5;

// Of the matrix of what is compared: itself, without the diagonal, its softmax, and the gradient.
const matrixCopies = 4;

/**
 * The bytes that a training holds.
 *
 * The device holds what is trained (float32 parameters, their gradients, the optimizer's slots, a slow copy, a queue; the next
 * state beside the last), the images themselves where they are few, and for each view that goes back the activations that the
 * backward pass reads again: what convolutions, rectifiers and poolings make, in the training's precision, and what dense layers
 * make, in float32. That is 84 MB an image for ResNet-50 at 224 px in float32, of which 256 are known to take some 22 GB. Beside
 * them lie what is in flight and the matrix of what is compared.
 *
 * Of ten trainings on TensorFlow's CPU kernels, of five methods, 64 to 256 images and up to 3.8 GB, it is between 3 % less and 10 %
 * more than their processes held at most, and 30 % more for BYOL, whose views can go back one after the other (the test has the
 * numbers). Of what XLA counts of the same steps on its CPU plugin, arguments and temporary buffers, it is 1.2 to 1.3 times as
 * much, and 1.8 times for MoCo: on a GPU that is left for the workspace of convolutions and for gaps.
 */
export function trainingMemory(
  { network, images, pixels, classes, passes, holdings }: TrainedOn,
  { batch: asked, views, precision, optimizer }: Pick<
    Training,
    "batch" | "views" | "precision" | "optimizer"
  >,
): HeldBytes {
  const batch = Math.min(asked, images), image = 3 * pixels ** 2;
  const dense = [...holdings.dense, ...classes > 0 ? [classes] : []];
  const { parameters, statistics } = trainedNumbers(network, dense);
  const slots = optimizer.name === "adam" ? 2 : 1;
  const copy = holdings.copied ? parameters + statistics : 0;
  const state = parameters * (1 + slots) + statistics + copy + holdings.kept;
  const isResident = pixels <= plainPixels && images * image <= mostResident;
  // Those that are held out are as many.
  const resident = isResident ? 2 * images * image : 0;
  const ahead = isResident ? 0 : batch * image;

  const each = views.map(({ count, augmentation: { pixels: side } }, group) => {
    const seen = count * batch, { kept, largest } = activationsOf(network, side);
    const bytes = bytesOf(precision);
    const widths = dense.reduce((sum, width) => sum + width, 0);
    return {
      // Before its rectifier and after it.
      kept: seen * passes[group]!.backward * (bytes * kept + 4 * 2 * widths),
      made: seen * 4 * viewCopies * 3 * side ** 2,
      inFlight: seen * inFlight * bytes * largest,
    };
  });
  const { compared } = holdings, matrix = 4 * matrixCopies;
  const sum = (term: "kept" | "made") => each.reduce((all, one) => all + one[term], 0);
  return {
    host: resident + batchesHeld * ahead + 4 * state,
    device: 4 * (2 * state + parameters) + resident + matrix * compared(0),
    divided: ahead + 4 * batch * image + sum("kept") + sum("made") +
      Math.max(...each.map((one) => one.inFlight)) +
      matrix * (compared(batch) - compared(0)),
  };
}

/** The parameters and running statistics of a network with dense layers on top, each but the last of which is normalised. */
function trainedNumbers(
  network: Network,
  dense: readonly number[],
): { readonly parameters: number; readonly statistics: number } {
  const { parameters, statistics } = weightCounts(network);
  let input = featureCount(network), weights = 0, norms = 0;
  for (const width of dense) {
    weights += input * width;
    norms += 2 * width;
    input = width;
  }
  return {
    parameters: parameters + weights + norms,
    statistics: statistics + norms,
  };
}

/** Bytes of a number. */
function bytesOf(precision: Precision): number {
  return precision === "bfloat16" ? 2 : 4;
}
