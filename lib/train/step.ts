import * as tf from "@tensorflow/tfjs";
import type { Augmentation } from "@/dsl/training.ts";
import { named, type Tensors } from "@/lib/model/layers.ts";
import type { Batch, Evaluation, Objective } from "@/lib/objective/objective.ts";
import { compile, gatherImages, type Precision } from "@/lib/tensor/mod.ts";
import { applyViews, standardise } from "@/lib/train/apply_views.ts";
import { mayBlur } from "@/lib/train/draw_views.ts";
import { optimize, type OptimizerSettings } from "@/lib/train/optimizer.ts";
import { flatten, type TrainingState, unflatten } from "@/lib/train/state.ts";

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
  /** Scalar: the share of this batch's statistics in the running ones. */
  readonly share: tf.Scalar;
  /** int32 `[batch]`; for a labelled objective. */
  readonly labels?: tf.Tensor1D;
  /** Scalars by name; for an objective that has scheduled some. */
  readonly scheduled?: Tensors;
}

/** The tensors of a step's inputs, as far as there are some, in a fixed order. */
export function inputTensors(
  { images, indices, views = [], learningRate, share, labels, scheduled = {} }: Partial<StepInputs>,
): tf.Tensor[] {
  return [
    ...[images, indices],
    ...views.flatMap(({ boxes, colours, blurs }) => [boxes, colours, blurs]),
    ...[learningRate, share, labels],
    ...Object.values(scheduled),
  ].filter((one) => one !== undefined);
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
    /** The groups of views that it makes of each image. */
    readonly views: readonly {
      readonly augmentation: Pick<Augmentation, "pixels" | "blur">;
    }[];
    /** Of the encoder; float32 by default. */
    readonly precision?: Precision;
  },
): TrainingStep {
  const names = Object.keys(objective.scheduled ?? {});
  const compiled = compile((tensors) => {
    const rest = tensors[Symbol.iterator]();
    const take = <T extends tf.Tensor>() => rest.next().value as T;
    const resident = take(), indices = take<tf.Tensor1D>();
    const drawn = options.views.map(({ augmentation }) => ({
      boxes: take<tf.Tensor2D>(),
      colours: take<tf.Tensor2D>(),
      blurs: mayBlur(augmentation) ? take<tf.Tensor2D>() : undefined,
      side: augmentation.pixels,
    }));
    const learningRate = take<tf.Scalar>(), share = take<tf.Scalar>();
    const labels = objective.labelled ? { labels: take<tf.Tensor1D>() } : {};
    const scheduled = Object.fromEntries(names.map((name) => [name, take()]));
    const state = unflatten([...rest], objective);

    const images = gatherImages(resident, indices);
    const views = drawn.map((one) => standardise(applyViews(images, one)));
    const { loss, gradients, aside } = differentiate(
      objective,
      { views, ...labels },
      { state, scheduled, precision: options.precision ?? "float32" },
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
      scheduled,
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
      const { scheduled = {}, ...others } = inputs;
      const before = flatten(state, objective);
      const [loss, accuracy, features, ...after] = await compiled([
        ...inputTensors(others),
        ...names.map((name) => named(scheduled, name)),
        ...before,
      ]);
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

/** Moves running statistics towards those of a batch: running + share * (batch - running). */
function follow(running: Tensors, batch: Tensors, share: tf.Scalar): Tensors {
  return Object.fromEntries(
    Object.entries(running).map(([name, value]) => [
      name,
      tf.add(value, tf.mul(tf.sub(named(batch, name), value), share)),
    ]),
  );
}
