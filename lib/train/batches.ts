import * as tf from "@tensorflow/tfjs";
import type { Augmentation } from "@/dsl/scale.ts";
import { permutation, randomAt } from "@/lib/base/random.ts";
import type { Objective } from "@/lib/objective/objective.ts";
import { COLOUR_NUMBERS, drawViews } from "@/lib/train/draw_views.ts";
import type { StepInputs } from "@/lib/train/step.ts";

/** What decides the batches of a training. */
export interface BatchesConfig {
  readonly seed: number;
  /** The numbers of the images to train on. */
  readonly subset: Uint32Array;
  /** The class of each image of the subset; for a labelled objective. */
  readonly labels?: Int32Array | undefined;
  /** Images a batch, unless the subset has fewer. */
  readonly batch: number;
  readonly augmentation: Augmentation;
  readonly objective: Pick<Objective, "viewsPerImage" | "labelled">;
}

/** A batch's rows of the subset, its drawn views and, where wanted, its labels. */
export type BatchInputs = Pick<StepInputs, "indices" | "boxes" | "colours" | "labels">;

/** The batches of a training. */
export interface Batches {
  /** Images in each. */
  readonly size: number;
  readonly stepsPerEpoch: number;
  /** The tensors of the batch of a step, from 0 on, over all epochs; the caller disposes them. */
  draw(step: number): BatchInputs;
}

/**
 * Cuts every epoch's order of the subset into full batches; what is left over sits the epoch out.
 *
 * Order and views are drawn from (seed, epoch) and (seed, epoch, image), so that a step's batch is the same whichever
 * steps were drawn before it.
 */
export function batchesOf(config: BatchesConfig): Batches {
  const { seed, subset, labels, augmentation, objective } = config;
  const size = Math.min(config.batch, subset.length);
  const stepsPerEpoch = Math.floor(subset.length / size);
  let epochOfOrder = -1, order = new Uint32Array();
  return {
    size,
    stepsPerEpoch,
    draw(step) {
      const epoch = Math.floor(step / stepsPerEpoch);
      if (epoch !== epochOfOrder) {
        order = permutation(subset.length, randomAt(seed, "order", epoch)) as typeof order;
        epochOfOrder = epoch;
      }
      const rows = order.subarray(step % stepsPerEpoch * size).subarray(0, size);
      // Drawn for the image's own number, so that an image has the same views in every subset that holds it.
      const indices = rows.map((row) => subset[row]!);
      const views = objective.viewsPerImage;
      const drawn = drawViews(augmentation, { seed, epoch, indices, views });
      return {
        indices: tf.tensor1d(Int32Array.from(rows), "int32"),
        boxes: tf.tensor2d(drawn.boxes, [views * size, 4]),
        colours: tf.tensor2d(drawn.colours, [views * size, COLOUR_NUMBERS]),
        ...(objective.labelled && labels ? { labels: labelsOf(labels, rows) } : {}),
      };
    },
  };
}

function labelsOf(labels: Int32Array, rows: Uint32Array): tf.Tensor1D {
  return tf.tensor1d(Int32Array.from(rows, (row) => labels[row]!), "int32");
}
