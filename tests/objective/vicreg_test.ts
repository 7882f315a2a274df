import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { domain, vicreg as encoderBy } from "@/dsl/mod.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import { regularisedDistance, vicreg } from "@/lib/objective/vicreg.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { first, near, second, trainsSoundly } from "@/tests/objective/added_method.ts";
import { contrastive } from "@/tests/train/small_training.ts";

await loadBackend();

/*
 * The golden numbers are from NumPy, in float64:
 *
 *     one, two = first, second
 *     s = ((one - two)**2).mean()
 *     v = lambda z: np.maximum(0, 1 - np.sqrt(z.var(0, ddof=1) + 1e-4)).mean()
 *     c = lambda z: ((np.cov(z.T)**2).sum() - (np.diag(np.cov(z.T))**2).sum()) / 4
 *     l * s + m * (v(one) + v(two)) / 2 + n * (c(one) + c(two))
 *     (((one[:, None] - two[None])**2).sum(2).argmin(1) == np.arange(6)).mean()
 *
 * and the gradient is that of central differences of 1e-6 in `one`.
 */
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

Deno.test("pretrain() by VICReg changes every weight, gives the same bits again, and leaks nothing", () =>
  trainsSoundly("vicreg"));

Deno.test("vicreg() of the grammar is an encoder of its source", () => {
  const { method, source } = encoderBy(domain("species", "1M"));
  assert.deepEqual([method, source], ["vicreg", domain("species", "1M")]);
});
