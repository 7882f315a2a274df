import * as tf from "@tensorflow/tfjs";
import { named, type Tensors } from "@/lib/model/layers.ts";
import { initialWeights, type Weights, type WeightSpecs } from "@/lib/model/parameters.ts";

/** All that a training step changes. */
export interface TrainingState {
  readonly parameters: Tensors;
  /** The optimizer's momentum by the parameter's name. */
  readonly velocity: Tensors;
  /** Running means and variances by name. */
  readonly statistics: Tensors;
}

/** The state before the first step: initial weights of the seed, momentum 0. */
export function initialState(specs: WeightSpecs, seed: number): TrainingState {
  const weights = initialWeights(specs, seed);
  const tensors = (list: WeightSpecs["parameters"] | WeightSpecs["statistics"]) =>
    Object.fromEntries(
      list.map(({ name, shape }) => [name, tf.tensor(weights[name]!, [...shape], "float32")]),
    );
  return {
    parameters: tensors(specs.parameters),
    velocity: Object.fromEntries(
      specs.parameters.map(({ name, shape }) => [name, tf.zeros([...shape])]),
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

/** The state's tensors in the fixed order of the specs: parameters, momenta, statistics. */
export function flatten(state: TrainingState, specs: WeightSpecs): tf.Tensor[] {
  return [
    ...specs.parameters.map(({ name }) => named(state.parameters, name)),
    ...specs.parameters.map(({ name }) => named(state.velocity, name)),
    ...specs.statistics.map(({ name }) => named(state.statistics, name)),
  ];
}

/** The state whose tensors, in the order of {@linkcode flatten}, these are. */
export function unflatten(tensors: readonly tf.Tensor[], specs: WeightSpecs): TrainingState {
  const count = specs.parameters.length;
  const from = (list: readonly { readonly name: string }[], start: number) =>
    Object.fromEntries(list.map(({ name }, i) => [name, tensors[start + i]!]));
  return {
    parameters: from(specs.parameters, 0),
    velocity: from(specs.parameters, count),
    statistics: from(specs.statistics, 2 * count),
  };
}
