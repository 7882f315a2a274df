import * as tf from "@tensorflow/tfjs";
import type { Normalisation } from "@/dsl/outside.ts";
import type { Augmentation } from "@/dsl/training.ts";
import { named, type Tensors } from "@/lib/model/layers.ts";
import type { Batch, Evaluation, Objective } from "@/lib/objective/objective.ts";
import { compileNamed, gatherImages, type Precision } from "@/lib/tensor/mod.ts";
import { applyViews, standardise } from "@/lib/train/apply_views.ts";
import { optimize, type OptimizerSettings } from "@/lib/train/optimizer.ts";
import type { TrainingState } from "@/lib/train/state.ts";

/** How a group's views are made, as `drawViews` fills it. */
export interface ViewInputs {
  /** `[views, 4]`. */
  readonly boxes: tf.Tensor2D;
  /** `[views, 10]`. */
  readonly colours: tf.Tensor2D;
  /** `[views, length]`; for a group that blurs. */
  readonly blurs?: tf.Tensor2D;
}

/** What one training step reads besides the state; all are tensors. */
export interface StepInputs {
  /** Resident images, uint8 `[all images, height, width, 3]`. */
  readonly images: tf.Tensor;
  /** int32 `[batch]`: the batch's rows of `images`. */
  readonly indices: tf.Tensor1D;
  /** One for each group of views. */
  readonly views: readonly ViewInputs[];
  /** Scalar. */
  readonly learningRate: tf.Scalar;
  /** Scalar: how much of this batch's statistics the running ones take up, of 0 to 1. */
  readonly uptake: tf.Scalar;
  /** int32 `[batch]`; for a labelled objective. */
  readonly labels?: tf.Tensor1D;
  /** Scalars by name; for an objective that has scheduled some. */
  readonly scheduled?: Tensors;
}

/** The inputs that hold the batch along their first axis. */
type BatchInput = "indices" | "views" | "labels";

/** What one training step makes. */
export interface StepOutputs {
  /** Scalar. */
  readonly loss: tf.Tensor;
  /** Scalar. */
  readonly accuracy: tf.Tensor;
  /** `[rows, features]`: the encoder's features of at most {@linkcode SAMPLED_ROWS} views of the batch, before the step. */
  readonly features: tf.Tensor;
  readonly state: TrainingState;
}

/** The most rows of features that a step gives: enough to see a collapse, and few enough to be looked at. */
const SAMPLED_ROWS = 256;

/** A compiled training step. */
export interface TrainingStep {
  /** Makes the next state of the given one, which it consumes; the inputs are left to the caller. */
  run(state: TrainingState, inputs: StepInputs): Promise<StepOutputs>;
  dispose(): void;
}

/**
 * Compiles gathering, augmentation, forward and backward pass, optimizer, running statistics and the method's memory into
 * one call.
 *
 * State goes in and comes out; nothing is kept between calls but the compiled function. Devices that work as one share the
 * batch.
 */
export function trainingStep(
  objective: Objective,
  options: {
    readonly optimizer: OptimizerSettings;
    /** The groups of views that it makes of each image. */
    readonly views: readonly {
      readonly augmentation: Pick<Augmentation, "pixels">;
    }[];
    /** Of the encoder; float32 by default. */
    readonly precision?: Precision;
    /** That of an encoder from outside; by default the one of all trainings. */
    readonly normalisation?: Normalisation;
  },
): TrainingStep {
  const { precision = "float32", normalisation } = options;
  const compiled = compileNamed(
    ({ state, batch, given }: {
      readonly state: TrainingState;
      readonly batch: Pick<StepInputs, BatchInput>;
      readonly given: Omit<StepInputs, BatchInput>;
    }) => {
      const { labels } = batch, { learningRate, uptake, scheduled = {} } = given;
      const images = gatherImages(given.images, batch.indices);
      const views = options.views.map(({ augmentation: { pixels: side } }, g) =>
        standardise(applyViews(images, { ...batch.views[g]!, side }), normalisation)
      );
      const { loss, gradients, aside } = differentiate(
        objective,
        { views, ...labels && { labels } },
        { state, scheduled, precision },
      );
      const { accuracy, statistics, features, remembered = {} } = aside;
      const next = optimize({ ...state, gradients, learningRate }, {
        specs: objective.parameters,
        settings: options.optimizer,
      });
      const running = follow(state.statistics, statistics, uptake);
      const memory = objective.memory?.next(state.memory, {
        parameters: next.parameters,
        statistics: running,
        remembered,
        scheduled,
      });
      const rows = Math.min(SAMPLED_ROWS, features.shape[0]);
      const outputs: StepOutputs = {
        loss,
        accuracy: tf.clone(accuracy),
        features: tf.slice(features, [0, 0], [rows, -1]),
        state: { ...next, statistics: running, memory: memory ?? {} },
      };
      tf.dispose(tensorsOf(aside));
      return outputs;
    },
    {
      name: "training_step",
      donates: ["state"],
      batched: ["batch"],
      ...precision === "bfloat16" && { tolerance: 5e-2 },
    },
  );
  return {
    run: (state, { indices, views, labels, ...given }) =>
      compiled({ state, batch: { indices, views, ...labels && { labels } }, given }),
    dispose: () => compiled.dispose(),
  };
}

/** What an evaluation has beside its loss. */
type Aside = Omit<Evaluation, "loss">;

/** A batch's loss with its gradients by parameter, and what else the evaluation gives, which the caller disposes. */
function differentiate(
  objective: Objective,
  batch: Batch,
  { state, ...options }: { state: TrainingState; scheduled: Tensors; precision: Precision },
): { loss: tf.Tensor; gradients: Tensors; aside: Aside } {
  const names = objective.parameters.map(({ name }) => name);
  let aside: Aside | undefined;
  const run = tf.valueAndGrads((...values: tf.Tensor[]) => {
    const { loss, ...others } = objective.evaluate(
      batch,
      Object.fromEntries(names.map((name, i) => [name, values[i]!])),
      { ...options, memory: state.memory },
    );
    aside = others;
    // The scope of valueAndGrads lets nothing else out.
    for (const tensor of tensorsOf(others)) tf.keep(tensor);
    return loss;
  });
  const { value, grads } = run(names.map((name) => named(state.parameters, name)));
  return {
    loss: value,
    gradients: Object.fromEntries(names.map((name, i) => [name, grads[i]!])),
    aside: aside!,
  };
}

function tensorsOf({ accuracy, features, statistics, remembered = {} }: Aside): tf.Tensor[] {
  return [accuracy, features, ...Object.values(statistics), ...Object.values(remembered)];
}

/** Moves running statistics towards those of a batch: running + uptake * (batch - running). */
function follow(running: Tensors, batch: Tensors, uptake: tf.Scalar): Tensors {
  return Object.fromEntries(
    Object.entries(running).map(([name, value]) => [
      name,
      tf.add(value, tf.mul(tf.sub(named(batch, name), value), uptake)),
    ]),
  );
}
