import type { backend_util } from "@tensorflow/tfjs";
import type { Values } from "@/lib/tensor/data_types.ts";

/** An attribute of an op, in the shape in which tfjs-node's kernels give it. */
export interface OpAttribute {
  readonly name: string;
  /** One of `ATTRIBUTE`. */
  readonly type: number;
  readonly value: boolean | number | string | object;
}

/** The kinds of attributes, numbered as tfjs-node's kernels expect. */
export const ATTRIBUTE = {
  string: 0,
  int: 1,
  float: 2,
  bool: 3,
  type: 4,
  shape: 5,
  resource: 6,
} as const;

/** What an op made: the number of the tensor, its shape and its TensorFlow data type. */
export interface OpOutput {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

/** What answers tfjs-node's kernels: one executor runs ops at once, another records them in a graph. */
export interface Executor {
  createTensor(shape: readonly number[], dtype: number, values: backend_util.BackendValues): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Values;
  /** @param outputs How many outputs are wanted; an op may have more. */
  executeOp(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): OpOutput[];
}
