import * as tf from "@tensorflow/tfjs";
import { named, type Tensors } from "@/lib/model/layers.ts";
import { initialWeights, type Weights, type WeightSpecs } from "@/lib/model/parameters.ts";
import { type OptimizerSettings, type Slots, slotShapes } from "@/lib/train/optimizer.ts";

/** All that a training step changes. */
export interface TrainingState {
  readonly parameters: Tensors;
  /** What the optimizer remembers of each parameter. */
  readonly slots: Slots;
  /** Running means and variances by name. */
  readonly statistics: Tensors;
}

/**
 * The state before the first step: initial weights of the seed, and an optimizer that remembers nothing.
 *
 * @param options.optimizer Whose slots to make; SGD's by default.
 */
export function initialState(
  specs: WeightSpecs,
  seed: number,
  options: { readonly optimizer?: OptimizerSettings["name"] } = {},
): TrainingState {
  const { optimizer = "sgd" } = options;
  const weights = initialWeights(specs, seed);
  const tensors = (list: WeightSpecs["parameters"] | WeightSpecs["statistics"]) =>
    Object.fromEntries(
      list.map(({ name, shape }) => [name, tf.tensor(weights[name]!, [...shape], "float32")]),
    );
  return {
    parameters: tensors(specs.parameters),
    slots: Object.fromEntries(
      specs.parameters.map(({ name, shape }) => [
        name,
        slotShapes(optimizer, shape).map((slot) => tf.zeros([...slot])),
      ]),
    ),
    statistics: tensors(specs.statistics),
  };
}

/** Copies the weights that `specs` names out of a state. */
export async function readWeights(state: TrainingState, specs: WeightSpecs): Promise<Weights> {
  const weights: Record<string, Float32Array> = {};
  for (const { name } of specs.parameters) {
    weights[name] = await named(state.parameters, name).data() as Float32Array;
  }
  for (const { name } of specs.statistics) {
    weights[name] = await named(state.statistics, name).data() as Float32Array;
  }
  return weights;
}

/** The state's tensors in the fixed order of the specs: parameters, slots of each parameter, statistics. */
export function flatten(state: TrainingState, specs: WeightSpecs): tf.Tensor[] {
  return [
    ...specs.parameters.map(({ name }) => named(state.parameters, name)),
    ...specs.parameters.flatMap(({ name }) => state.slots[name]!),
    ...specs.statistics.map(({ name }) => named(state.statistics, name)),
  ];
}

/** The state whose tensors, in the order of {@linkcode flatten}, these are. */
export function unflatten(tensors: readonly tf.Tensor[], specs: WeightSpecs): TrainingState {
  const { parameters, statistics } = specs;
  // Every parameter has as many slots as the next.
  const each = (tensors.length - statistics.length) / parameters.length - 1;
  const rest = tensors[Symbol.iterator]();
  const take = () => rest.next().value!;
  return {
    parameters: Object.fromEntries(parameters.map(({ name }) => [name, take()])),
    slots: Object.fromEntries(
      parameters.map(({ name }) => [name, Array.from({ length: each }, take)]),
    ),
    statistics: Object.fromEntries(statistics.map(({ name }) => [name, take()])),
  };
}
