import { randomAt } from "@/lib/base/random.ts";
import {
  type ParameterKind,
  type ParameterSpec,
  sizeOf,
  type WeightSpecs,
} from "@/lib/network/mod.ts";

/** Values of parameters and statistics by name, each flat in the order of its shape in memory. */
export type Weights = Readonly<Record<string, Float32Array>>;

/** Whether weight decay applies: to convolutions and dense layers, not to normalisation, biases and embeddings. */
export function decays(spec: ParameterSpec): boolean {
  return spec.kind === "conv" || spec.kind === "dense";
}

/**
 * The initial weights of a seed.
 *
 * Each parameter has its own stream of random numbers, told by its place in the list, so that parameters appended later
 * (a head) leave those before them (the encoder) as they were.
 */
export function initialWeights(specs: WeightSpecs, seed: number): Weights {
  const weights: Record<string, Float32Array> = {};
  specs.parameters.forEach((spec, place) => {
    weights[spec.name] = initialValue(spec, { seed, place });
  });
  for (const { name, shape, initial } of specs.statistics) {
    weights[name] = new Float32Array(sizeOf(shape)).fill(initial);
  }
  return weights;
}

function initialValue(spec: ParameterSpec, at: { seed: number; place: number }): Float32Array {
  const values = new Float32Array(sizeOf(spec.shape));
  if (spec.kind === "offset") return values;
  if (spec.kind === "scale") return values.fill(1);
  const deviation = deviationOf(spec.kind, spec.shape);
  const random = randomAt(at.seed, "init", at.place);
  for (let i = 0; i < values.length; i++) values[i] = deviation * random.normal();
  return values;
}

function deviationOf(
  kind: Exclude<ParameterKind, "scale" | "offset">,
  [first = 1, second = 1, , output = 1]: readonly number[],
): number {
  switch (kind) {
    case "conv":
      return Math.sqrt(2 / (first * second * output));
    case "dense":
      return Math.sqrt(1 / first);
    case "embedding":
      return 0.02;
  }
}
