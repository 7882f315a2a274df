import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { batchNorm, batchNormInference, compile, loadBackend } from "@/lib/tensor/mod.ts";
import { assertAllClose, assertClose, normal } from "@/tests/tensor/numbers.ts";

await loadBackend();

const epsilon = 1e-3;

/** The same out of tfjs's plain operations. */
function plainNorm(x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(x, x.shape.slice(0, -1).map((_, axis) => axis));
  const normalised = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(normalised, scale), offset);
}

function fusedNorm(x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor): tf.Tensor {
  return batchNorm(x, scale as tf.Tensor1D, offset as tf.Tensor1D, { epsilon }).y;
}

/** The value and gradients of a loss that weighs every output differently. */
function lossAndGradients(norm: typeof plainNorm) {
  return ([x, scale, offset, weights]: readonly tf.Tensor[]): tf.Tensor[] => {
    const { value, grads } = tf.valueAndGrads((...args) => {
      const y = norm(args[0]!, args[1]!, args[2]!);
      return tf.sum(tf.mul(weights!, tf.square(y)));
    })([x!, scale!, offset!]);
    return [value, ...grads];
  };
}

for (const shape of [[4, 5, 6, 3], [16, 3]]) {
  Deno.test(`batchNorm() and its gradients agree with plain operations over [${shape}]`, () => {
    tf.tidy(() => {
      const inputs = [
        tf.add(tf.mul(normal(shape, 1), 3), 2),
        normal([3], 2),
        normal([3], 3),
        normal(shape, 4),
      ];
      const expected = lossAndGradients(plainNorm)(inputs);
      assertAllClose(lossAndGradients(fusedNorm)(inputs), expected);
      const compiled = compile(lossAndGradients(fusedNorm));
      assertAllClose(compiled.sync(inputs), expected);
      compiled.dispose();
    });
  });
}

Deno.test("batchNorm() gives the batch's mean and its unbiased variance", () => {
  tf.tidy(() => {
    const x = tf.tensor2d([[1, 10], [2, 10], [6, 13]]);
    const one = tf.ones([2]) as tf.Tensor1D, zero = tf.zeros([2]) as tf.Tensor1D;
    const { mean, variance } = batchNorm(x, one, zero, { epsilon });
    assertClose(mean, tf.tensor1d([3, 11]));
    // Squared deviations 4 + 1 + 9 and 1 + 1 + 4, divided by 3 - 1.
    assertClose(variance, tf.tensor1d([7, 3]));
  });
});

Deno.test("batchNorm() keeps mean and variance outside the gradient", () => {
  tf.tidy(() => {
    const one = tf.ones([2]) as tf.Tensor1D, zero = tf.zeros([2]) as tf.Tensor1D;
    const loss = (x: tf.Tensor) => {
      const { y, mean } = batchNorm(x, one, zero, { epsilon });
      return tf.sum(tf.add(tf.mul(y, 0), mean)) as tf.Scalar;
    };
    const gradient = tf.grad(loss)(tf.tensor2d([[1, 10], [2, 10], [6, 13]]));
    assert.deepEqual([...gradient.dataSync()], [0, 0, 0, 0, 0, 0]);
  });
});

Deno.test("batchNorm() refuses a batch of three dimensions", () => {
  const one = tf.ones([2]) as tf.Tensor1D;
  assert.throws(
    () => batchNorm(tf.zeros([2, 2, 2]), one, one, { epsilon }),
    /Cannot normalise a batch of shape \[2,2,2\]: its rank must be 2 or 4/,
  );
  one.dispose();
});

Deno.test("batchNormInference() uses the statistics that it is given", () => {
  tf.tidy(() => {
    const y = batchNormInference(
      tf.tensor2d([[5, 1], [1, 0]]),
      tf.tensor1d([2, 1]),
      tf.tensor1d([0, 10]),
      { mean: tf.tensor1d([1, 0]), variance: tf.tensor1d([15, 3]), epsilon: 1 },
    );
    // (5 - 1) / sqrt(16) * 2, 1 / sqrt(4) + 10, ...
    assertClose(y, tf.tensor2d([[2, 10.5], [0, 10]]));
  });
});
