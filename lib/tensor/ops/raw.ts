import type * as tf from "@tensorflow/tfjs";
import { DATA_TYPE } from "@/lib/tensor/data_types.ts";
import { ATTRIBUTE, type OpAttribute } from "@/lib/tensor/executor.ts";
import { currentBackend } from "@/lib/tensor/node_backend.ts";

/**
 * Runs one TensorFlow op, at once or into the graph that is being traced; no gradient is recorded.
 *
 * @param name The op's name in TensorFlow.
 * @param inputs Its inputs, in TensorFlow's order.
 * @param options.attributes Its attributes; those left out take TensorFlow's defaults.
 * @param options.outputs How many outputs it has; 1 by default.
 */
export function runOp(
  name: string,
  inputs: readonly tf.Tensor[],
  options: { attributes?: readonly OpAttribute[]; outputs?: number } = {},
): tf.Tensor[] {
  const { attributes = [], outputs = 1 } = options;
  return currentBackend().executeMultipleOutputs(name, attributes, inputs, outputs);
}

/** A data type, as an attribute. */
export function typeAttribute(name: string, dtype: keyof typeof DATA_TYPE): OpAttribute {
  return { name, type: ATTRIBUTE.type, value: DATA_TYPE[dtype] };
}

/** A number with a fraction, as an attribute. */
export function floatAttribute(name: string, value: number): OpAttribute {
  return { name, type: ATTRIBUTE.float, value };
}

/** An integer, as an attribute. */
export function intAttribute(name: string, value: number): OpAttribute {
  return { name, type: ATTRIBUTE.int, value };
}

/** A truth value, as an attribute. */
export function boolAttribute(name: string, value: boolean): OpAttribute {
  return { name, type: ATTRIBUTE.bool, value };
}

/** A text, as an attribute. */
export function stringAttribute(name: string, value: string): OpAttribute {
  return { name, type: ATTRIBUTE.string, value };
}

/** What tfjs passes to a function with a gradient of its own: keeps tensors for the backward pass. */
export type SaveTensors = (tensors: tf.Tensor[]) => void;
