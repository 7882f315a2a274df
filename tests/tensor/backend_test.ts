import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { loadBackend } from "@/lib/tensor/mod.ts";

Deno.test("loadBackend() makes TensorFlow tfjs's backend, once in a process", async () => {
  const backend = await loadBackend();
  assert.equal(backend.name, "tensorflow");
  assert.match(backend.version, /^\d+\.\d+\.\d+/);
  assert.equal(tf.getBackend(), "tensorflow");
  assert.equal(await loadBackend(), backend);
});

Deno.test("loadBackend() refuses another number of threads than it has, or none", async () => {
  await loadBackend();
  await assert.rejects(loadBackend({ threads: 2 }), {
    name: "InputError",
    message:
      "threads: 2 threads are asked for, but TensorFlow already runs with 1. Load the backend once in a process",
  });
  await assert.rejects(loadBackend({ threads: 0 }), /0 is not a whole number above 0/);
});

Deno.test("loadBackend() refuses other backends by name", async () => {
  await assert.rejects(loadBackend({ name: "wasm" }), {
    name: "InputError",
    message: 'backend: "wasm" is planned but cannot be run yet. Use "tensorflow"',
  });
  await assert.rejects(loadBackend({ name: "webgpu" }), /"webgpu" is planned/);
  await assert.rejects(loadBackend({ name: "cpu" }), /there is no backend "cpu"/);
});

Deno.test("loadBackend() gives tensors of whole numbers and truth values back as they were", async () => {
  await loadBackend();
  tf.tidy(() => {
    const sum = tf.add(tf.tensor1d([1, -2], "int32"), tf.scalar(3, "int32"));
    assert.deepEqual(sum.dataSync(), Int32Array.of(4, 1));
    const truth = tf.logicalNot(tf.tensor1d([true, false], "bool"));
    assert.deepEqual(truth.dataSync(), Uint8Array.of(0, 1));
    assert.deepEqual(tf.zeros([0, 3]).add(1).dataSync(), new Float32Array(0));
  });
});

Deno.test("TensorFlow reports an op that does not fit, and goes on", async () => {
  await loadBackend();
  tf.tidy(() => {
    const spread = () => tf.sparseToDense(tf.tensor1d([9], "int32"), tf.tensor1d([1]), [2]);
    assert.throws(spread, { name: "TensorFlowError", message: /SparseToDense/ });
    assert.equal(tf.add(1, 1).dataSync()[0], 2);
  });
});
