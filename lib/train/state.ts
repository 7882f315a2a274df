import * as tf from "@tensorflow/tfjs";
import { named, type Tensors } from "@/lib/model/layers.ts";
import { randomAt } from "@/lib/base/random.ts";
import { initialWeights, type Weights } from "@/lib/model/parameters.ts";
import { sizeOf, type WeightSpecs } from "@/lib/network/mod.ts";
import type { Memory, MemorySpec } from "@/lib/objective/objective.ts";
import { type OptimizerSettings, type Slots, slotShapes } from "@/lib/train/optimizer.ts";

/** All that a training step changes. */
export interface TrainingState {
  readonly parameters: Tensors;
  /** What the optimizer remembers of each parameter. */
  readonly slots: Slots;
  /** Running means and variances by name. */
  readonly statistics: Tensors;
  /** What the method remembers, by name; empty for most. */
  readonly memory: Tensors;
}

/** What a state is made of; an objective is one. */
export interface StateSpecs extends WeightSpecs {
  readonly memory?: Pick<Memory, "tensors">;
}

/** The tensors of the memory of what a state is made of. */
export function memoryOf(specs: StateSpecs): readonly MemorySpec[] {
  return specs.memory?.tensors ?? [];
}

/**
 * The state before the first step: initial weights of the seed, an optimizer that remembers nothing, and the method's
 * memory as it begins.
 *
 * @param options.optimizer Whose slots to make; SGD's by default.
 */
export function initialState(
  specs: StateSpecs,
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
    memory: Object.fromEntries(
      memoryOf(specs).map(({ name, shape, start }) => {
        const values = start === "zeros"
          ? new Float32Array(sizeOf(shape))
          : start === "unit rows"
          ? randomUnitRows(shape, seed)
          : weights[start.copyOf]!;
        return [name, tf.tensor(values, [...shape], "float32")];
      }),
    ),
  };
}

/** Rows of length 1 in random directions; each has its own stream of random numbers. */
function randomUnitRows(shape: readonly number[], seed: number): Float32Array {
  const [rows = 1] = shape;
  const values = new Float32Array(sizeOf(shape));
  const columns = values.length / rows;
  for (let row = 0; row < rows; row++) {
    const random = randomAt(seed, "unit rows", row);
    const drawn = Array.from({ length: columns }, () => random.normal());
    const length = Math.hypot(...drawn);
    values.set(drawn.map((value) => value / length), row * columns);
  }
  return values;
}

/** The weights and running statistics that a training gives: its method's copy where it keeps one, else the state's own. */
export function keptOf(
  state: TrainingState,
  { memory }: { readonly memory?: Pick<Memory, "kept"> },
): Pick<TrainingState, "parameters" | "statistics"> {
  const kept = memory?.kept?.(state.memory);
  return kept === undefined ? state : { parameters: kept, statistics: kept };
}

/** Copies the weights that `specs` names out of a state. */
export async function readWeights(
  state: Pick<TrainingState, "parameters" | "statistics">,
  specs: WeightSpecs,
): Promise<Weights> {
  const weights: Record<string, Float32Array> = {};
  for (const { name } of specs.parameters) {
    weights[name] = await named(state.parameters, name).data() as Float32Array;
  }
  for (const { name } of specs.statistics) {
    weights[name] = await named(state.statistics, name).data() as Float32Array;
  }
  return weights;
}
