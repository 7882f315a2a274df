/** What is known of a tensor before it is read. */
export interface TensorForm {
  /** The type of its numbers, by its name in safetensors: "F32", "BF16", "I64", … */
  readonly dtype: string;
  readonly shape: readonly number[];
}

/** A file of weights from outside, open for reading. */
export interface WeightFile extends Disposable {
  readonly path: string;
  /** Every tensor by its name; those of mappings in one another by their names with dots: `state_dict.module.conv1.weight`. */
  readonly tensors: ReadonlyMap<string, TensorForm>;
  /**
   * Reads one tensor.
   *
   * @returns Its values in row-major order.
   * @throws {InputError} If it has no floats, or the file has changed.
   */
  values(name: string): Promise<Float32Array>;
}

/** The number of elements of a shape from outside; `NaN` where it is none that could be held. */
export function elementsOf(shape: readonly number[]): number {
  const count = shape.reduce((size, extent) => size * extent, 1);
  return Number.isSafeInteger(count) ? count : NaN;
}
