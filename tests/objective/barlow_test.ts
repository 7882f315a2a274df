import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { barlow as encoderBy, domain } from "@/dsl/mod.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import { barlow, redundancyLoss } from "@/lib/objective/barlow.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { first, near, second, trainsSoundly } from "@/tests/objective/added_method.ts";
import { contrastive } from "@/tests/train/small_training.ts";

await loadBackend();

/*
 * The golden numbers are from NumPy, in float64:
 *
 *     one, two = first, second
 *     unit = lambda z: (z - z.mean(0)) / np.sqrt(z.var(0) + 1e-5)
 *     c = unit(one).T @ unit(two) / len(one)
 *     on = ((np.diag(c) - 1)**2).sum(); off = (c**2).sum() - (np.diag(c)**2).sum()
 *     on + 0.005 * off, on + 0.5 * off, (c.argmax(1) == np.arange(4)).mean()
 *
 * and the gradient is that of central differences of 1e-6 in `one`.
 */
Deno.test("redundancyLoss() is equation 1 of Barlow Twins", () => {
  for (const [weight, golden] of [[0.005, 1.2767953734], [0.5, 2.6918361123]] as const) {
    tf.tidy(() => {
      const { loss, accuracy } = redundancyLoss(tf.tensor2d(first), tf.tensor2d(second), weight);
      near(loss.dataSync(), [golden]);
      near(accuracy.dataSync(), [0.5]);
    });
  }
});

Deno.test("redundancyLoss() has the gradient of differences", () => {
  tf.tidy(() => {
    const loss = (one: tf.Tensor) =>
      redundancyLoss(one as tf.Tensor2D, tf.tensor2d(second), 0.005).loss;
    const gradient = tf.grad(loss)(tf.tensor2d(first)).dataSync();
    near(gradient.subarray(0, 4), [-0.43847775, 0.00075213, -0.19733221, 0.10863506]);
    near(gradient.subarray(20), [-0.42131556, -0.00177111, 0.37606543, 0.03119431]);
  });
});

Deno.test("barlow() has a head of three layers, normalised but for the last, and remembers nothing", () => {
  const encoder = encoderOf(contrastive.network);
  const { parameters, statistics, labelled, memory } = barlow(encoder, {
    head: { hidden: 5, output: 6 },
    redundancyWeight: 0.005,
  });
  const own = parameters.slice(encoder.parameters.length);
  assert.deepEqual(own.map(({ name, shape }) => [name, shape]), [
    ["head.0.weight", [8, 5]],
    ["head.1.weight", [5]],
    ["head.1.bias", [5]],
    ["head.3.weight", [5, 5]],
    ["head.4.weight", [5]],
    ["head.4.bias", [5]],
    ["head.6.weight", [5, 6]],
  ]);
  assert.equal(statistics.length - encoder.statistics.length, 4);
  assert.deepEqual([labelled, memory], [false, undefined]);
});

Deno.test("pretrain() by Barlow Twins changes every weight, gives the same bits again, and leaks nothing", () =>
  trainsSoundly("barlow"));

Deno.test("barlow() of the grammar is an encoder of its source", () => {
  const { method, source } = encoderBy(domain("species", "1M"));
  assert.deepEqual([method, source], ["barlow", domain("species", "1M")]);
});
