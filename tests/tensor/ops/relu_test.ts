import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compile, loadBackend, relu } from "@/lib/tensor/mod.ts";

await loadBackend();

Deno.test("relu() is max(x, 0), and its gradient is 0 where x is 0 or below", async () => {
  const x = tf.tensor1d([-2, -0.5, 0, 0.5, 3]), weights = tf.tensor1d([1, 2, 3, 4, 5]);
  const both = (inputs: readonly tf.Tensor[]) => {
    const [xIn, weightsIn] = inputs as [tf.Tensor1D, tf.Tensor1D];
    const gradient = tf.grad((v) => tf.sum(tf.mul(relu(v), weightsIn)))(xIn);
    return [relu(xIn), gradient];
  };
  const compiled = compile(both);
  for (const [y, gradient] of [both([x, weights]), await compiled([x, weights])]) {
    assert.deepEqual([...y!.dataSync()], [0, 0, 0, 0.5, 3]);
    assert.deepEqual([...gradient!.dataSync()], [0, 0, 0, 4, 5]);
    tf.dispose([y!, gradient!]);
  }
  compiled.dispose();
  tf.dispose([x, weights]);
});

Deno.test("relu() leaves no tensor behind after its gradient", () => {
  const x = tf.tensor1d([1, 2]);
  const before = tf.memory().numTensors;
  tf.grad((v) => tf.sum(relu(v)))(x).dispose();
  assert.equal(tf.memory().numTensors, before);
  x.dispose();
});
