import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import {
  batchNorm,
  compile,
  convolve2d,
  loadBackend,
  relu,
  toBfloat16,
  toFloat32,
} from "@/lib/tensor/mod.ts";
import { normal } from "@/tests/tensor/numbers.ts";

await loadBackend();

/** The nearest bfloat16, ties to even: by the bits of float32, apart from TensorFlow. */
function nearest(value: number): number {
  const bits = new Uint32Array(new Float32Array([value]).buffer)[0]!;
  const rounded = (bits + 0x7fff + ((bits >>> 16) & 1)) & 0xffff0000;
  return new Float32Array(new Uint32Array([rounded]).buffer)[0]!;
}

Deno.test("toBfloat16() rounds to the nearest, and toFloat32() gives that back", () => {
  tf.tidy(() => {
    const values = [0, 1, -1, 1 + 2 ** -8, 1 + 3 * 2 ** -8, 3.14159, -1e-30, 1e30, 65537];
    const narrow = toBfloat16(tf.tensor1d(values));
    const expected = values.map((value) => nearest(value));
    assert.deepEqual(Array.from(narrow.dataSync()), expected);
    assert.deepEqual(Array.from(toFloat32(narrow).dataSync()), expected);
  });
});

Deno.test("operations of tfjs run in bfloat16 on bfloat16 tensors, at once and compiled", async () => {
  const [x, y] = [normal([4, 6], 1), normal([4, 6], 2)];
  const body = ([a, b]: readonly tf.Tensor[]) => {
    const [p, q] = [toBfloat16(a!), toBfloat16(b!)];
    return [toFloat32(tf.add(p, q)), toFloat32(tf.reshape(tf.mul(p, q), [24]))];
  };
  const f = compile(body);
  const [sum, product] = await f([x, y]);
  const [a, b] = [x, y].map((t) => Array.from(t.dataSync(), nearest)) as [number[], number[]];
  assert.deepEqual(Array.from(sum!.dataSync()), a.map((value, i) => nearest(value + b[i]!)));
  assert.deepEqual(Array.from(product!.dataSync()), a.map((value, i) => nearest(value * b[i]!)));
  tf.tidy(() => {
    const eager = body([x, y]);
    assert.deepEqual(eager[0]!.dataSync(), sum!.dataSync());
  });
  f.dispose();
  tf.dispose([x, y, sum!, product!]);
});

Deno.test("a layer in bfloat16 stays near float32, and its gradients come back in float32", () => {
  tf.tidy(() => {
    const images = normal([8, 8, 8, 4], 1) as tf.Tensor4D;
    const kernel = tf.mul(normal([3, 3, 4, 8], 2), 0.2) as tf.Tensor4D;
    const [scale, offset] = [tf.ones([8]) as tf.Tensor1D, tf.zeros([8]) as tf.Tensor1D];
    const weights = normal([4, 4, 8], 3);
    const layer = (precise: boolean) => (...args: tf.Tensor[]) => {
      const [master, s, o] = args as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D];
      const x = precise ? images : toBfloat16(images);
      const w = precise ? master : toBfloat16(master);
      const h = convolve2d(x, w, { stride: 2, padding: 1 });
      const { y } = batchNorm(h, s, o, { epsilon: 1e-5 });
      // Twice the same activation: the two gradients are added in bfloat16.
      const both = tf.add(relu(y), y);
      return tf.mean(tf.mul(precise ? both : toFloat32(both), weights)) as tf.Scalar;
    };
    const [exact, rough] = [true, false].map((precise) =>
      tf.valueAndGrads(layer(precise))([kernel, scale, offset])
    ) as [
      ReturnType<ReturnType<typeof tf.valueAndGrads>>,
      ReturnType<ReturnType<typeof tf.valueAndGrads>>,
    ];
    // bfloat16 keeps 8 bits (0.4 %); where an activation is nearly 0, a rounding also switches a ReLU.
    for (const [i, expected] of [exact.value, ...exact.grads].entries()) {
      const actual = [rough.value, ...rough.grads][i]!;
      const size = tf.norm(expected).dataSync()[0]!;
      const error = tf.norm(tf.sub(actual, expected)).dataSync()[0]! / size;
      assert.ok(error > 0 && error < 0.05, `gradient ${i}: relative error ${error}`);
    }
  });
});

Deno.test("a bfloat16 tensor and a float32 tensor in one operation are refused", () => {
  tf.tidy(() => {
    const x = normal([3], 1);
    assert.throws(() => tf.add(toBfloat16(x), x), /bfloat16/);
  });
});
