import * as tf from "@tensorflow/tfjs";
import { named, type Tensors } from "@/lib/model/layers.ts";
import type { Batch, Objective } from "@/lib/objective/objective.ts";
import { compile, gatherImages, type Precision } from "@/lib/tensor/mod.ts";
import { applyViews, standardise } from "@/lib/train/apply_views.ts";
import { optimize, type OptimizerSettings } from "@/lib/train/optimizer.ts";
import { flatten, type TrainingState, unflatten } from "@/lib/train/state.ts";

/** What one training step reads besides the state; all are tensors. */
export interface StepInputs {
  /** Resident images, uint8 `[all images, height, width, 3]`. */
  readonly images: tf.Tensor;
  /** int32 `[batch]`: the batch's rows of `images`. */
  readonly indices: tf.Tensor1D;
  /** `[views, 4]` and `[views, 10]`, as `drawViews` fills them. */
  readonly boxes: tf.Tensor2D;
  readonly colours: tf.Tensor2D;
  /** Scalar. */
  readonly learningRate: tf.Scalar;
  /** Scalar: the share of this batch's statistics in the running ones. */
  readonly share: tf.Scalar;
  /** int32 `[batch]`; for a labelled objective. */
  readonly labels?: tf.Tensor1D;
}

/** What one training step makes. */
export interface StepOutputs {
  /** Scalar. */
  readonly loss: tf.Tensor;
  /** Scalar. */
  readonly accuracy: tf.Tensor;
  readonly state: TrainingState;
}

/** A compiled training step. */
export interface TrainingStep {
  /** Makes the next state; the given one is disposed, the inputs are left to the caller. */
  run(state: TrainingState, inputs: StepInputs): Promise<StepOutputs>;
  dispose(): void;
}

/**
 * Compiles gathering, augmentation, forward and backward pass, optimizer and running statistics into one call.
 *
 * State goes in and comes out; nothing is kept between calls but the compiled function.
 */
export function trainingStep(
  objective: Objective,
  options: {
    readonly optimizer: OptimizerSettings;
    readonly viewPixels: number;
    /** Of the encoder; float32 by default. */
    readonly precision?: Precision;
  },
): TrainingStep {
  const compiled = compile((tensors) => {
    const [images, indices, boxes, colours, learningRate, share, ...rest] = tensors as [
      tf.Tensor,
      tf.Tensor1D,
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Scalar,
      tf.Scalar,
      ...tf.Tensor[],
    ];
    const labels = objective.labelled ? { labels: rest.shift() as tf.Tensor1D } : {};
    const state = unflatten(rest, objective);

    const drawn = { boxes, colours, side: options.viewPixels };
    const views = standardise(applyViews(gatherImages(images, indices), drawn));
    const { loss, accuracy, statistics, gradients } = differentiate(
      objective,
      { views, ...labels },
      { parameters: state.parameters, precision: options.precision ?? "float32" },
    );
    const next = optimize({ ...state, gradients, learningRate }, {
      specs: objective.parameters,
      settings: options.optimizer,
    });
    const running = follow(state.statistics, statistics, share);
    const outputs = [
      loss,
      tf.clone(accuracy),
      ...flatten({ ...next, statistics: running }, objective),
    ];
    tf.dispose([accuracy, ...Object.values(statistics)]);
    return outputs;
  }, { name: "training_step", tolerance: options.precision === "bfloat16" ? 5e-2 : 1e-3 });

  return {
    async run(state, inputs) {
      const { images, indices, boxes, colours, learningRate, share, labels } = inputs;
      const before = flatten(state, objective);
      const optional = labels === undefined ? [] : [labels];
      const [loss, accuracy, ...after] = await compiled(
        [images, indices, boxes, colours, learningRate, share, ...optional, ...before],
      );
      tf.dispose(before);
      return { loss: loss!, accuracy: accuracy!, state: unflatten(after, objective) };
    },
    dispose: () => compiled.dispose(),
  };
}

/** Loss, accuracy and batch statistics of a batch, and the loss's gradients by parameter. */
function differentiate(
  objective: Objective,
  batch: Batch,
  { parameters, precision }: { parameters: Tensors; precision: Precision },
): { loss: tf.Tensor; accuracy: tf.Tensor; statistics: Tensors; gradients: Tensors } {
  const names = objective.parameters.map(({ name }) => name);
  let aside: { accuracy: tf.Tensor; statistics: Tensors } | undefined;
  const run = tf.valueAndGrads((...values: tf.Tensor[]) => {
    const evaluation = objective.evaluate(
      batch,
      Object.fromEntries(names.map((name, i) => [name, values[i]!])),
      precision,
    );
    aside = evaluation;
    // The scope of valueAndGrads lets nothing else out; the caller disposes what is kept.
    tf.keep(evaluation.accuracy);
    for (const statistic of Object.values(evaluation.statistics)) tf.keep(statistic);
    return evaluation.loss;
  });
  const { value, grads } = run(names.map((name) => named(parameters, name)));
  return {
    loss: value,
    ...aside!,
    gradients: Object.fromEntries(names.map((name, i) => [name, grads[i]!])),
  };
}

/** Moves running statistics towards those of a batch: running + share * (batch - running). */
function follow(running: Tensors, batch: Tensors, share: tf.Scalar): Tensors {
  return Object.fromEntries(
    Object.entries(running).map(([name, value]) => [
      name,
      tf.add(value, tf.mul(tf.sub(named(batch, name), value), share)),
    ]),
  );
}
