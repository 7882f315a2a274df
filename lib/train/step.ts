import * as tf from "@tensorflow/tfjs";
import { named, type Tensors } from "@/lib/model/layers.ts";
import type { Batch, Evaluation, Objective } from "@/lib/objective/objective.ts";
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
  /** `[views, length]`, as `drawViews` fills them; for a step that blurs. */
  readonly blurs?: tf.Tensor2D;
  /** Scalar: what the objective's memory says of the step (`shareAt`); for one that has a memory. */
  readonly copyShare?: tf.Scalar;
}

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
export const SAMPLED_ROWS = 256;

/** A compiled training step. */
export interface TrainingStep {
  /** Makes the next state; the given one is disposed, the inputs are left to the caller. */
  run(state: TrainingState, inputs: StepInputs): Promise<StepOutputs>;
  dispose(): void;
}

/**
 * Compiles gathering, augmentation, forward and backward pass, optimizer, running statistics and the method's memory into
 * one call.
 *
 * State goes in and comes out; nothing is kept between calls but the compiled function.
 */
export function trainingStep(
  objective: Objective,
  options: {
    readonly optimizer: OptimizerSettings;
    readonly viewPixels: number;
    /** Whether it is given blurs; false by default. */
    readonly blurs?: boolean;
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
    const blurs = options.blurs ? rest.shift() as tf.Tensor2D : undefined;
    const copyShare = objective.memory && rest.shift() as tf.Scalar;
    const state = unflatten(rest, objective);

    const drawn = { boxes, colours, blurs, side: options.viewPixels };
    const views = standardise(applyViews(gatherImages(images, indices), drawn));
    const { loss, gradients, aside } = differentiate(
      objective,
      { views, ...labels },
      { state, precision: options.precision ?? "float32" },
    );
    const { accuracy, statistics, features, remembered = {} } = aside;
    const next = optimize({ ...state, gradients, learningRate }, {
      specs: objective.parameters,
      settings: options.optimizer,
    });
    const running = follow(state.statistics, statistics, share);
    const memory = objective.memory?.next(state.memory, {
      parameters: next.parameters,
      statistics: running,
      remembered,
      share: copyShare!,
    });
    const rows = Math.min(SAMPLED_ROWS, features.shape[0]);
    const outputs = [
      loss,
      tf.clone(accuracy),
      tf.slice(features, [0, 0], [rows, -1]),
      ...flatten({ ...next, statistics: running, memory: memory ?? {} }, objective),
    ];
    tf.dispose(tensorsOf(aside));
    return outputs;
  }, { name: "training_step", tolerance: options.precision === "bfloat16" ? 5e-2 : 1e-3 });

  return {
    async run(state, inputs) {
      const { images, indices, boxes, colours, learningRate, share } = inputs;
      const before = flatten(state, objective);
      const optional = [inputs.labels, inputs.blurs, inputs.copyShare].filter((one) =>
        one !== undefined
      );
      const [loss, accuracy, features, ...after] = await compiled(
        [images, indices, boxes, colours, learningRate, share, ...optional, ...before],
      );
      tf.dispose(before);
      return {
        loss: loss!,
        accuracy: accuracy!,
        features: features!,
        state: unflatten(after, objective),
      };
    },
    dispose: () => compiled.dispose(),
  };
}

/** What an evaluation has beside its loss. */
type Aside = Omit<Evaluation, "loss">;

/** A batch's loss with its gradients by parameter, and what else the evaluation gives, which the caller disposes. */
function differentiate(
  objective: Objective,
  batch: Batch,
  { state, precision }: { state: TrainingState; precision: Precision },
): { loss: tf.Tensor; gradients: Tensors; aside: Aside } {
  const names = objective.parameters.map(({ name }) => name);
  let aside: Aside | undefined;
  const run = tf.valueAndGrads((...values: tf.Tensor[]) => {
    const { loss, ...others } = objective.evaluate(
      batch,
      Object.fromEntries(names.map((name, i) => [name, values[i]!])),
      { precision, memory: state.memory },
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

/** Moves running statistics towards those of a batch: running + share * (batch - running). */
function follow(running: Tensors, batch: Tensors, share: tf.Scalar): Tensors {
  return Object.fromEntries(
    Object.entries(running).map(([name, value]) => [
      name,
      tf.add(value, tf.mul(tf.sub(named(batch, name), value), share)),
    ]),
  );
}
