import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { permutation, randomAt } from "@/lib/base/random.ts";
import { type SgdLinearProbe, sgdLinearProbe } from "@/lib/probe/sgd_linear.ts";
import { liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { learningRateAt } from "@/lib/train/schedule.ts";
import { madeFeatures } from "@/tests/probe/made_features.ts";
import { plainClasses, plainLoss } from "@/tests/probe/plain_logistic.ts";
import { underTest } from "@/tests/tensor/under_test.ts";

await loadBackend(underTest);

const size = { classes: 4, dim: 6 };
const settings = {
  epochs: 30,
  batch: 32,
  learningRate: 0.8,
  momentum: 0.9,
  weightDecay: 1e-6,
};
const train = madeFeatures(110, { ...size, distance: 2, seed: 1 });
const test = madeFeatures(400, { ...size, distance: 2, seed: 2 });
const probe: SgdLinearProbe = { train, test, ...size, settings, seed: 1 };

/** The same recipe in float64, step by step from its equations. */
function plainSgd(): { point: Float64Array; losses: number[] } {
  const { dim, classes } = size;
  let point = new Float64Array((dim + 1) * classes), velocity = point.slice();
  const losses = [];
  const steps = 3;
  const schedule = { peak: 0.8 * 32 / 256, warmupSteps: 0, totalSteps: 30 * steps };
  for (let epoch = 0; epoch < 30; epoch++) {
    const order = permutation(110, randomAt(1, "order", epoch));
    let loss = 0;
    for (let i = 0; i < steps; i++) {
      const rows = [...order.subarray(32 * i, 32 * i + 32)];
      const batch = {
        features: Float32Array.from(
          rows.flatMap((row) => [...train.features.subarray(row * dim, (row + 1) * dim)]),
        ),
        labels: Uint16Array.from(rows, (row) => train.labels[row]!),
      };
      const { gradient } = plainLoss(batch, { ...size, point, penalty: 1e-6 });
      loss += plainLoss(batch, { ...size, point, penalty: 0 }).value / steps;
      const rate = learningRateAt(steps * epoch + i, schedule);
      velocity = velocity.map((v, k) => 0.9 * v + gradient[k]!) as typeof velocity;
      point = point.map((w, k) => w - rate * (gradient[k]! + 0.9 * velocity[k]!)) as typeof point;
    }
    losses.push(loss);
  }
  return { point, losses };
}

Deno.test("sgdLinearProbe() takes the steps of the published recipe", async () => {
  const before = [tf.memory().numTensors, liveHandles()];
  const { predictions, losses } = await sgdLinearProbe(probe);
  const wanted = plainSgd();
  assert.equal(losses.length, 30);
  losses.forEach((loss, i) => assert.ok(Math.abs(loss - wanted.losses[i]!) < 1e-4, `${i} ${loss}`));
  assert.deepEqual(predictions, plainClasses(test.features, wanted.point, size));
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
});

Deno.test("sgdLinearProbe() starts from zero weights", async () => {
  const { losses } = await sgdLinearProbe({
    ...probe,
    settings: { ...settings, epochs: 1, batch: 110 },
  });
  assert.ok(Math.abs(losses[0]! - Math.log(4)) < 1e-6);
});

Deno.test("sgdLinearProbe() gives the same for the same seed", async () => {
  const once = await sgdLinearProbe(probe);
  assert.deepEqual(await sgdLinearProbe(probe), once);
  assert.notDeepEqual((await sgdLinearProbe({ ...probe, seed: 2 })).losses, once.losses);
});

Deno.test("sgdLinearProbe() stops at a loss that is not a number", async () => {
  const before = [tf.memory().numTensors, liveHandles()];
  const features = train.features.map((value) => 1e30 * value);
  await assert.rejects(
    () => sgdLinearProbe({ ...probe, train: { ...train, features } }),
    { name: "NonFiniteLossError" },
  );
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
});
