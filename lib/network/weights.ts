/**
 * What a parameter is; it decides the initial value, the layout on disk and whether weight decay applies.
 *
 * - `conv`: `[height, width, input, output]`, normal with variance 2 / (height * width * output) (He et al. 2015, fan out);
 * - `dense`: `[input, output]`, normal with variance 1 / input;
 * - `scale`: `[channels]`, ones;
 * - `offset`: `[channels]`, zeros;
 * - `embedding`: `[1, tokens, channels]`, normal with deviation 0.02 (Dosovitskiy et al. 2021).
 */
export type ParameterKind = "conv" | "dense" | "scale" | "offset" | "embedding";

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

/** What a model needs to be told. */
export interface WeightSpecs {
  readonly parameters: readonly ParameterSpec[];
  readonly statistics: readonly StatisticSpec[];
}

/** The number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, extent) => size * extent, 1);
}

/** The parameters of a dense layer. */
export function dense(name: string, input: number, output: number): readonly ParameterSpec[] {
  return [
    { name: `${name}.weight`, kind: "dense", shape: [input, output] },
    { name: `${name}.bias`, kind: "offset", shape: [output] },
  ];
}

/** The parameters of a batch or layer normalisation. */
export function normalisation(name: string, channels: number): readonly ParameterSpec[] {
  return [
    { name: `${name}.weight`, kind: "scale", shape: [channels] },
    { name: `${name}.bias`, kind: "offset", shape: [channels] },
  ];
}

/** The running statistics of a batch normalisation. */
export function runningStatistics(name: string, channels: number): readonly StatisticSpec[] {
  return [
    { name: `${name}.running_mean`, shape: [channels], initial: 0 },
    { name: `${name}.running_var`, shape: [channels], initial: 1 },
  ];
}
