import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { domain, simsiam as encoderBy } from "@/dsl/mod.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import { simsiam, symmetricLoss } from "@/lib/objective/simsiam.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { first, near, second, trainsSoundly, values } from "@/tests/objective/added_method.ts";
import { contrastive } from "@/tests/train/small_training.ts";

await loadBackend();

/*
 * The golden numbers are from NumPy, in float64:
 *
 *     b = np.arange(6)[:, None]; i = np.arange(4)[None, :]
 *     z1, z2 = first, second
 *     p1 = np.cos(0.8 * b + 1.3 * i); p2 = p1 + 0.5 * np.sin(1.9 * b * i + 0.4)
 *     u = lambda x: x / np.linalg.norm(x, axis=1, keepdims=True)
 *     cos = lambda p, z: (u(p) * u(z)).sum(1).mean()
 *     -(cos(p1, z2) + cos(p2, z1)) / 2
 *     [((u(p) @ u(z).T).argmax(1) == np.arange(6)).mean() for p, z in ((p1, z2), (p2, z1))]
 *
 * and the gradient is that of central differences of 1e-6 in `p1`.
 */
const p1 = values((b, i) => Math.cos(0.8 * b + 1.3 * i));
const p2 = values((b, i) => p1[b]![i]! + 0.5 * Math.sin(1.9 * b * i + 0.4));
const lossOf = (prediction: tf.Tensor, projection: tf.Tensor) =>
  symmetricLoss(
    { prediction: prediction as tf.Tensor2D, projection: projection as tf.Tensor2D },
    { prediction: tf.tensor2d(p2), projection: tf.tensor2d(second) },
  );

Deno.test("symmetricLoss() is equation 2 of SimSiam", () => {
  tf.tidy(() => {
    const { loss, accuracy } = lossOf(tf.tensor2d(p1), tf.tensor2d(first));
    near(loss.dataSync(), [-0.0574218246]);
    near(accuracy.dataSync(), [(0.5 + 1 / 3) / 2]);
  });
});

Deno.test("symmetricLoss() has the gradient of differences in predictions, and none in projections", () => {
  tf.tidy(() => {
    const [prediction, projection] = tf.grads((p, z) => lossOf(p!, z!).loss)([
      tf.tensor2d(p1),
      tf.tensor2d(first),
    ]).map((gradient) => gradient.dataSync());
    near(prediction!.subarray(0, 4), [-0.011736, -0.0323969, -0.0275231, 0.0043835]);
    near(prediction!.subarray(20), [-0.0142594, 0.026665, -0.0247459, 0.012795]);
    assert.ok(projection!.every((one) => one === 0));
  });
});

Deno.test("simsiam() has a head of three layers and a predictor, and remembers nothing", () => {
  const encoder = encoderOf(contrastive.network);
  const { parameters, labelled, memory } = simsiam(encoder, {
    head: { hidden: 5, output: 6 },
    predictor: { hidden: 3 },
  });
  const own = parameters.slice(encoder.parameters.length);
  assert.deepEqual(own.map(({ name, shape }) => `${name} ${shape}`), [
    "head.0.weight 8,5",
    "head.1.weight 5",
    "head.1.bias 5",
    "head.3.weight 5,5",
    "head.4.weight 5",
    "head.4.bias 5",
    "head.6.weight 5,6",
    "head.7.weight 6",
    "predictor.0.weight 6,3",
    "predictor.1.weight 3",
    "predictor.1.bias 3",
    "predictor.3.weight 3,6",
  ]);
  assert.deepEqual([labelled, memory], [false, undefined]);
});

Deno.test("pretrain() by SimSiam changes every weight, gives the same bits again, and leaks nothing", () =>
  trainsSoundly("simsiam"));

Deno.test("simsiam() of the grammar is an encoder of its source", () => {
  const { method, source } = encoderBy(domain("species", "1M"));
  assert.deepEqual([method, source], ["simsiam", domain("species", "1M")]);
});
