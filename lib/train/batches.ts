import * as tf from "@tensorflow/tfjs";
import type { Augmentation } from "@/dsl/scale.ts";
import { permutation, randomAt } from "@/lib/base/random.ts";
import type { Objective } from "@/lib/objective/objective.ts";
import { blurLength } from "@/lib/train/blur_kernel.ts";
import { COLOUR_NUMBERS, drawViews } from "@/lib/train/draw_views.ts";
import type { StepInputs } from "@/lib/train/step.ts";
import type { TrainingRows } from "@/lib/train/training_images.ts";

/** What decides the batches of a training. */
export interface BatchesConfig {
  readonly seed: number;
  readonly rows: Pick<TrainingRows, "count" | "numbers" | "labels">;
  /** Images a batch, unless there are fewer. */
  readonly batch: number;
  readonly augmentation: Augmentation;
  readonly objective: Pick<Objective, "viewsPerImage" | "labelled">;
}

/** A batch's drawn views and, where wanted, its labels. */
export type BatchInputs = Pick<StepInputs, "boxes" | "colours" | "blurs" | "labels">;

/** The batches of a training. */
export interface Batches {
  /** Images in each. */
  readonly size: number;
  readonly stepsPerEpoch: number;
  /** The rows of the batch of a step, from 0 on, over all epochs, `[size]`. */
  rowsOf(step: number): Uint32Array;
  /** The tensors of that batch but for its images; the caller disposes them. */
  draw(step: number): BatchInputs;
}

/**
 * Cuts every epoch's order of the rows into full batches; what is left over sits the epoch out.
 *
 * Order and views are drawn from (seed, epoch) and (seed, epoch, image), so that a step's batch is the same whichever
 * steps were drawn before it.
 */
export function batchesOf(config: BatchesConfig): Batches {
  const { seed, rows: { count, numbers, labels }, augmentation, objective } = config;
  const size = Math.min(config.batch, count);
  const stepsPerEpoch = Math.floor(count / size);
  const orders = new Map<number, Uint32Array>();
  const orderOf = (epoch: number): Uint32Array => {
    const known = orders.get(epoch);
    if (known) return known;
    // Batches may be asked for ahead, into the next epoch, while this one's are drawn.
    for (const other of orders.keys()) if (Math.abs(other - epoch) > 1) orders.delete(other);
    const order = permutation(count, randomAt(seed, "order", epoch));
    orders.set(epoch, order);
    return order;
  };
  const rowsOf = (step: number): Uint32Array =>
    orderOf(Math.floor(step / stepsPerEpoch)).subarray(step % stepsPerEpoch * size)
      .subarray(0, size);
  return {
    size,
    stepsPerEpoch,
    rowsOf,
    draw(step) {
      const rows = rowsOf(step);
      // Drawn for the image's own number, so that an image has the same views in every subset that holds it.
      const indices = rows.map((row) => numbers[row]!);
      const views = objective.viewsPerImage;
      const epoch = Math.floor(step / stepsPerEpoch);
      const drawn = drawViews(augmentation, { seed, epoch, indices, views });
      return {
        boxes: tf.tensor2d(drawn.boxes, [views * size, 4]),
        colours: tf.tensor2d(drawn.colours, [views * size, COLOUR_NUMBERS]),
        ...(drawn.blurs
          ? { blurs: tf.tensor2d(drawn.blurs, [views * size, blurLength(augmentation.pixels)]) }
          : {}),
        ...(objective.labelled ? { labels: labelsOf(labels, rows) } : {}),
      };
    },
  };
}

function labelsOf(labels: Int32Array, rows: Uint32Array): tf.Tensor1D {
  return tf.tensor1d(Int32Array.from(rows, (row) => labels[row]!), "int32");
}
