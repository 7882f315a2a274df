import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compile, loadBackend } from "@/lib/tensor/mod.ts";

await loadBackend();

Deno.test("tf.gather works by computed indices inside a compiled function, along any axis", () => {
  tf.tidy(() => {
    const x = tf.tensor2d([[1, 2, 3], [4, 5, 6]]);
    const lastFirst = compile(([xs]) => {
      const order = tf.sub(tf.scalar(2, "int32"), tf.range(0, 3, 1, "int32"));
      return [tf.gather(xs!, order, 1), tf.gather(xs!, tf.argMax(xs!, 0))];
    });
    const [columns, rows] = lastFirst.sync([x]);
    assert.deepEqual(columns!.arraySync(), [[3, 2, 1], [6, 5, 4]]);
    assert.deepEqual(rows!.arraySync(), [[4, 5, 6], [4, 5, 6], [4, 5, 6]]);
    lastFirst.dispose();
  });
});

Deno.test("tf.gather has its gradient", () => {
  tf.tidy(() => {
    const loss = (x: tf.Tensor) => tf.sum(tf.gather(x, tf.tensor1d([1, 1, 0], "int32")));
    const gradient = tf.grad(loss)(tf.tensor2d([[1, 2], [3, 4], [5, 6]]));
    assert.deepEqual(gradient.arraySync(), [[1, 1], [2, 2], [0, 0]]);
  });
});
