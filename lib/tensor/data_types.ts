/** TensorFlow's numbers for the data types that tfjs or this room uses (`TF_DataType` in its `tf_datatype.h`). */
export const DATA_TYPE = {
  float32: 1,
  uint8: 4,
  int32: 3,
  string: 7,
  complex64: 8,
  int64: 9,
  bool: 10,
  bfloat16: 14,
  resource: 20,
} as const;

/** The values of a tensor as JavaScript holds them. */
export type Values = Float32Array | Int32Array | Uint8Array;

const VIEWS = new Map<
  number,
  Float32ArrayConstructor | Int32ArrayConstructor | Uint8ArrayConstructor
>([
  [DATA_TYPE.float32, Float32Array],
  [DATA_TYPE.bfloat16, Float32Array],
  [DATA_TYPE.int32, Int32Array],
  [DATA_TYPE.bool, Uint8Array],
  [DATA_TYPE.uint8, Uint8Array],
]);

/**
 * The array type that holds values of a data type.
 *
 * @throws {Error} For a data type that this engine does not move between JavaScript and TensorFlow.
 */
export function viewOf(
  dtype: number,
): Float32ArrayConstructor | Int32ArrayConstructor | Uint8ArrayConstructor {
  const view = VIEWS.get(dtype);
  if (view === undefined) {
    throw new Error(
      `Cannot move values of TensorFlow data type ${dtype}: ` +
        "this engine holds float32, bfloat16, int32, bool and uint8",
    );
  }
  return view;
}

/** The number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
