import * as tf from "@tensorflow/tfjs";

/**
 * Whether tfjs runs on TensorFlow, whose ops `runOp()` can call by their names; on any other backend an op is made of
 * tfjs's own.
 */
export function onTensorFlow(): boolean {
  return tf.getBackend() === "tensorflow";
}
