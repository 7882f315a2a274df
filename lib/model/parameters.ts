import { randomAt } from "@/lib/base/random.ts";

/**
 * What a parameter is; it decides the initial value, the layout on disk and whether weight decay applies.
 *
 * - `conv`: `[height, width, input, output]`, normal with variance 2 / (height * width * output) (He et al. 2015, fan out);
 * - `dense`: `[input, output]`, normal with variance 1 / input;
 * - `scale`: `[channels]`, ones;
 * - `offset`: `[channels]`, zeros.
 */
export type ParameterKind = "conv" | "dense" | "scale" | "offset";

/** A trained tensor of a model. */
export interface ParameterSpec {
  readonly name: string;
  readonly kind: ParameterKind;
  /** The shape in memory. */
  readonly shape: readonly number[];
}

/** A running statistic of a batch normalisation: followed, not trained. */
export interface StatisticSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** The value before the first batch: 0 for a mean, 1 for a variance. */
  readonly initial: 0 | 1;
}

/** Values of parameters and statistics by name, each flat in the order of its shape in memory. */
export type Weights = Readonly<Record<string, Float32Array>>;

/** What a model needs to be told. */
export interface WeightSpecs {
  readonly parameters: readonly ParameterSpec[];
  readonly statistics: readonly StatisticSpec[];
}

/** Whether weight decay applies: to convolutions and dense layers, not to batch normalisation and biases. */
export function decays(spec: ParameterSpec): boolean {
  return spec.kind === "conv" || spec.kind === "dense";
}

/** The number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, extent) => size * extent, 1);
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
  const [first = 1, second = 1, , output = 1] = spec.shape;
  const deviation = Math.sqrt(spec.kind === "conv" ? 2 / (first * second * output) : 1 / first);
  const random = randomAt(at.seed, "init", at.place);
  for (let i = 0; i < values.length; i++) values[i] = deviation * random.normal();
  return values;
}
