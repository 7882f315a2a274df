import * as tf from "@tensorflow/tfjs";
import type { ViewGroup } from "@/dsl/training.ts";
import type { Objective } from "@/lib/objective/objective.ts";
import { type BatchRows, batchRows } from "@/lib/train/batch_rows.ts";
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
export interface Batches extends BatchRows {
  /** Views in each, of all groups. */
  readonly viewCount: number;
  /** The tensors of that batch but for its images; the caller disposes them. */
  draw(step: number): BatchInputs;
}

/**
 * Cuts every pass over the rows into batches, and draws their views from (seed, pass, image), so that a step's batch is the
 * same whichever steps were drawn before it.
 */
export function batchesOf(config: BatchesConfig): Batches {
  const { seed, rows: { count, numbers, labels }, batch, views, objective } = config;
  const cut = batchRows({ seed, count, batch });
  // Where each group's views begin among those of an image.
  const begins = views.map((_, g) => viewsIn(views.slice(0, g)));
  return {
    ...cut,
    viewCount: cut.size * viewsIn(views),
    draw(step) {
      const rows = cut.rowsOf(step);
      // Drawn for the image's own number, so that an image has the same views in every subset that holds it.
      const indices = rows.map((row) => numbers[row]!);
      const epoch = Math.floor(step / cut.stepsPerPass);
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
