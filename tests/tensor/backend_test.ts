import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { loadBackend } from "@/lib/tensor/mod.ts";

Deno.test("loadBackend() makes TensorFlow tfjs's backend, once in a process", async () => {
  const backend = await loadBackend();
  assert.equal(backend.name, "tensorflow");
  assert.match(backend.version, /^\d+\.\d+\.\d+/);
  assert.equal(backend.device, "cpu");
  assert.ok((await Deno.stat(backend.library!)).isFile);
  assert.equal(backend.notice, undefined);
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

Deno.test("loadBackend() refuses another device than it has, or none that there is", async () => {
  await loadBackend();
  await assert.rejects(loadBackend({ device: "gpu" }), {
    name: "InputError",
    message:
      'device: "gpu" is asked for, but this process already uses "cpu". Load the backend once in a process',
  });
  await assert.rejects(loadBackend({ device: "npu" }), /"npu" is not known/);
});

Deno.test("loadBackend() refuses a backend that there is not, and another than it has", async () => {
  await loadBackend();
  await assert.rejects(loadBackend({ name: "cpu" }), {
    name: "InputError",
    message: 'backend: there is no backend "cpu". Use "tensorflow", "wasm" or "webgpu"',
  });
  await assert.rejects(loadBackend({ name: "wasm" }), {
    name: "InputError",
    message:
      'backend: "wasm" is asked for, but this process already uses "tensorflow". Load the backend once in a process',
  });
});

Deno.test("loadBackend() refuses threads and devices for a backend that has no choice", async () => {
  await assert.rejects(loadBackend({ name: "wasm", threads: 2 }), {
    name: "InputError",
    message:
      'threads: the backend "wasm" runs on one, not 2. Leave it out, or use the backend "tensorflow"',
  });
  await assert.rejects(
    loadBackend({ name: "webgpu", device: "gpu:1" }),
    /the backend "webgpu" cannot be told "gpu:1"/,
  );
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
