import * as tf from "@tensorflow/tfjs";
import type { ViewGroup } from "@/dsl/training.ts";
import { permutation, randomAt } from "@/lib/base/random.ts";
import type { Objective } from "@/lib/objective/objective.ts";
import { blurLength } from "@/lib/train/blur_kernel.ts";
import { COLOUR_NUMBERS, drawViews } from "@/lib/train/draw_views.ts";
import type { StepInputs, ViewInputs } from "@/lib/train/step.ts";
import type { TrainingRows } from "@/lib/train/training_images.ts";

/** What decides the batches of a training. */
export interface BatchesConfig {
  readonly seed: number;
  readonly rows: Pick<TrainingRows, "count" | "numbers" | "labels">;
  /** Images a batch, unless there are fewer. */
  readonly batch: number;
  readonly views: readonly ViewGroup[];
  readonly objective: Pick<Objective, "labelled">;
}

/** A batch's drawn views and, where wanted, its labels. */
export type BatchInputs = Pick<StepInputs, "views" | "labels">;

/** The batches of a training. */
export interface Batches {
  /** Images in each. */
  readonly size: number;
  /** Views in each, of all groups. */
  readonly viewCount: number;
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
  const { seed, rows: { count, numbers, labels }, views, objective } = config;
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
  // Where each group's views begin among those of an image.
  const begins = views.map((_, g) => viewsIn(views.slice(0, g)));
  return {
    size,
    viewCount: size * viewsIn(views),
    stepsPerEpoch,
    rowsOf,
    draw(step) {
      const rows = rowsOf(step);
      // Drawn for the image's own number, so that an image has the same views in every subset that holds it.
      const indices = rows.map((row) => numbers[row]!);
      const epoch = Math.floor(step / stepsPerEpoch);
      return {
        views: views.map((group, g) =>
          drawGroup(group, { seed, epoch, indices, firstView: begins[g]! })
        ),
        ...(objective.labelled ? { labels: labelsOf(labels, rows) } : {}),
      };
    },
  };
}

/** The views that each image has in some groups. */
function viewsIn(groups: readonly ViewGroup[]): number {
  return groups.reduce((sum, { count }) => sum + count, 0);
}

/** How a group's views of some images are made, as tensors. */
function drawGroup(
  { count, augmentation }: ViewGroup,
  at: Omit<Parameters<typeof drawViews>[1], "views">,
): ViewInputs {
  const drawn = drawViews(augmentation, { ...at, views: count });
  const views = count * at.indices.length;
  return {
    boxes: tf.tensor2d(drawn.boxes, [views, 4]),
    colours: tf.tensor2d(drawn.colours, [views, COLOUR_NUMBERS]),
    ...drawn.blurs && {
      blurs: tf.tensor2d(drawn.blurs, [views, blurLength(augmentation.pixels)]),
    },
  };
}

function labelsOf(labels: Int32Array, rows: Uint32Array): tf.Tensor1D {
  return tf.tensor1d(Int32Array.from(rows, (row) => labels[row]!), "int32");
}
