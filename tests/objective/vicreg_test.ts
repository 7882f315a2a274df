import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { domain, methods, vicreg as encoderBy } from "@/dsl/mod.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import { regularisedDistance, vicreg } from "@/lib/objective/vicreg.ts";
import { liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { pretrain } from "@/lib/train/pretrain.ts";
import { bits, contrastive } from "@/tests/train/small_training.ts";

await loadBackend();

const near = (actual: ArrayLike<number>, wanted: readonly number[], most = 1e-4) =>
  wanted.forEach((one, i) => assert.ok(Math.abs(actual[i]! - one) < most, `${actual[i]}, ${one}`));

/*
 * The golden numbers are from NumPy, in float64:
 *
 *     b = np.arange(6)[:, None]; i = np.arange(4)[None, :]
 *     one = np.sin(1.7 * b + 0.9 * i + 0.3 * b * i)
 *     two = one + 1.1 * np.cos(2.3 * b - 1.1 * i)
 *     s = ((one - two)**2).mean()
 *     v = lambda z: np.maximum(0, 1 - np.sqrt(z.var(0, ddof=1) + 1e-4)).mean()
 *     c = lambda z: ((np.cov(z.T)**2).sum() - (np.diag(np.cov(z.T))**2).sum()) / 4
 *     l * s + m * (v(one) + v(two)) / 2 + n * (c(one) + c(two))
 *     (((one[:, None] - two[None])**2).sum(2).argmin(1) == np.arange(6)).mean()
 *
 * and the gradient is that of central differences of 1e-6 in `one`.
 */
const values = (of: (b: number, i: number) => number) =>
  Array.from({ length: 6 }, (_, b) => Array.from({ length: 4 }, (_, i) => of(b, i)));
const first = values((b, i) => Math.sin(1.7 * b + 0.9 * i + 0.3 * b * i));
const second = values((b, i) => first[b]![i]! + 1.1 * Math.cos(2.3 * b - 1.1 * i));
const published = { invarianceWeight: 25, varianceWeight: 25, covarianceWeight: 1 };

Deno.test("regularisedDistance() is VICReg's loss, each part as often as it counts", () => {
  const of = (invarianceWeight: number, varianceWeight: number, covarianceWeight: number) =>
    tf.tidy(() => {
      const weights = { invarianceWeight, varianceWeight, covarianceWeight };
      const { loss, accuracy } = regularisedDistance(
        tf.tensor2d(first),
        tf.tensor2d(second),
        weights,
      );
      near(accuracy.dataSync(), [0.5]);
      return loss.dataSync();
    });
  near(of(1, 0, 0), [0.6165527022]);
  near(of(0, 1, 0), [0.1997303609]);
  near(of(0, 0, 1), [1.2137672310]);
  near(of(25, 25, 1), [21.6208438086]);
});

Deno.test("regularisedDistance() has the gradient of differences", () => {
  tf.tidy(() => {
    const loss = (one: tf.Tensor) =>
      regularisedDistance(one as tf.Tensor2D, tf.tensor2d(second), published).loss;
    const gradient = tf.grad(loss)(tf.tensor2d(first)).dataSync();
    near(gradient.subarray(0, 4), [-2.2048, -1.659104, 0.694929, 1.913758], 1e-3);
    near(gradient.subarray(20), [-1.651386, 2.056495, 1.822781, 0.848625], 1e-3);
  });
});

Deno.test("vicreg() has a head of three layers and remembers nothing", () => {
  const encoder = encoderOf(contrastive.network);
  const { parameters, statistics, labelled, memory } = vicreg(encoder, {
    head: { hidden: 5, output: 6 },
    ...published,
  });
  assert.equal(parameters.length - encoder.parameters.length, 7);
  assert.equal(statistics.length - encoder.statistics.length, 4);
  assert.deepEqual([labelled, memory], [false, undefined]);
});

Deno.test("pretrain() by VICReg changes every weight, gives the same bits again, and leaks nothing", async () => {
  const { training: { views, epochs, batch, warmupEpochs } } = contrastive;
  const training = { ...methods.vicreg.recipes.smoke, views, epochs, batch, warmupEpochs };
  const config = { ...contrastive, training };
  const before = await pretrain({ ...config, training: null });
  const held = [tf.memory().numTensors, liveHandles()];
  const after = await pretrain(config);
  assert.deepEqual([tf.memory().numTensors, liveHandles()], held);
  for (const [name, weights] of Object.entries(after.weights)) {
    assert.notDeepEqual(weights, before.weights[name], name);
    assert.ok(weights.every(Number.isFinite), name);
  }
  assert.deepEqual(bits(await pretrain(config)), bits(after));
});

Deno.test("vicreg() of the grammar is an encoder of its source", () => {
  const { method, source } = encoderBy(domain("species", "1M"));
  assert.deepEqual([method, source], ["vicreg", domain("species", "1M")]);
});
