import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import type { LinearSettings } from "@/dsl/scale.ts";
import { type LinearProbe, linearProbe } from "@/lib/probe/linear.ts";
import { liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { madeFeatures } from "@/tests/probe/made_features.ts";
import { plainClasses, plainMinimum } from "@/tests/probe/plain_logistic.ts";
import { underTest } from "@/tests/tensor/under_test.ts";

await loadBackend(underTest);

const size = { classes: 4, dim: 6 };
const train = madeFeatures(200, { ...size, distance: 6, seed: 1 });
const test = madeFeatures(100, { ...size, distance: 6, seed: 2 });
const settings: LinearSettings = {
  penalties: [1e-3, 1e-1, 1e-2],
  penaltyLimits: [1e-3, 1e-1],
  heldOut: 0.2,
};
const probe: LinearProbe = { train, test, ...size, settings, seed: 1 };

Deno.test("linearProbe() separates separable classes", async () => {
  const { predictions, converged } = await linearProbe(probe);
  const right = predictions.filter((predicted, i) => predicted === test.labels[i]).length;
  assert.ok(right >= 98, `${right} of 100 are right`);
  assert.ok(converged);
});

Deno.test("linearProbe() is at chance on features that say nothing", async () => {
  const nothing = { ...size, distance: 0, seed: 3 };
  const { predictions } = await linearProbe({
    ...probe,
    train: madeFeatures(400, nothing),
    test: madeFeatures(400, { ...nothing, seed: 4 }),
  });
  const right = predictions.filter((predicted, i) => predicted === i % 4).length;
  assert.ok(right > 60 && right < 150, `${right} of 400 are right`);
});

Deno.test("linearProbe() of a single class knows it", async () => {
  const one = { classes: 1, dim: 6, distance: 6 };
  const { predictions, converged } = await linearProbe({
    ...probe,
    classes: 1,
    train: madeFeatures(20, { ...one, seed: 1 }),
    test: madeFeatures(10, { ...one, seed: 2 }),
  });
  assert.deepEqual([...predictions], new Array(10).fill(0));
  assert.ok(converged);
});

Deno.test("linearProbe() tries penalties from strong to weak and prefers the stronger of equals", async () => {
  const { penalty, heldOutAccuracy } = await linearProbe(probe);
  assert.deepEqual(heldOutAccuracy.map((tried) => tried.penalty), [1e-1, 1e-2, 1e-3]);
  const best = Math.max(...heldOutAccuracy.map(({ accuracy }) => accuracy));
  assert.equal(penalty, heldOutAccuracy.find(({ accuracy }) => accuracy === best)!.penalty);
  const { penalty: strongest } = await linearProbe({
    ...probe,
    train: madeFeatures(200, { ...size, distance: 30, seed: 1 }),
  });
  assert.equal(strongest, 1e-1);
});

Deno.test("linearProbe() tries weaker penalties while the weakest is the best, as far as they may go", async () => {
  // Classes that overlap a little in one direction, far apart in units: a weak penalty is needed to use it.
  const subtle = { train: madeFeatures(400, { ...size, distance: 1.5, seed: 1 }), test };
  const by = (penaltyLimits: readonly [number, number], penalties = [10]) =>
    linearProbe({ ...probe, ...subtle, settings: { ...settings, penalties, penaltyLimits } });
  const fixed = await by([10, 10]);
  assert.deepEqual([fixed.penalty, fixed.limit], [10, "weakest"]);
  const free = await by([1e-6, 10]);
  const tried = free.heldOutAccuracy.map(({ penalty }) => penalty);
  assert.deepEqual(tried, [10, 1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6].slice(0, tried.length));
  assert.ok(tried.length > 1 && tried.length < 8, `${tried}`);
  assert.ok(free.penalty < 10 && free.penalty > tried.at(-1)!);
  assert.equal(free.limit, null);
});

Deno.test("linearProbe() tries stronger penalties while the strongest is the best, and says where it may not", async () => {
  const easy = { train: madeFeatures(200, { ...size, distance: 30, seed: 1 }), test };
  const by = (strongest: number) =>
    linearProbe({
      ...probe,
      ...easy,
      settings: { ...settings, penalties: [1e-3], penaltyLimits: [1e-3, strongest] },
    });
  const { penalty, limit, heldOutAccuracy } = await by(1e-1);
  assert.deepEqual([penalty, limit], [1e-1, "strongest"]);
  assert.deepEqual(heldOutAccuracy.map((tried) => tried.penalty), [1e-1, 1e-2, 1e-3]);
});

Deno.test("linearProbe() chooses without the test features and standardises by the training ones", async () => {
  const whole = await linearProbe(probe);
  const part = await linearProbe({
    ...probe,
    test: { features: test.features.subarray(0, 10 * size.dim) },
  });
  assert.deepEqual(part.heldOutAccuracy, whole.heldOutAccuracy);
  assert.deepEqual(part.predictions, whole.predictions.slice(0, 10));
});

Deno.test("linearProbe() does not depend on a feature's unit", async () => {
  const scaled = (features: Float32Array) =>
    features.map((value, i) => i % size.dim === 0 ? 1024 * value : value);
  const { predictions } = await linearProbe({
    ...probe,
    train: { ...train, features: scaled(train.features) },
    test: { features: scaled(test.features) },
  });
  assert.deepEqual(predictions, (await linearProbe(probe)).predictions);
});

Deno.test("linearProbe() gives the same for the same seed and may hold out others for another", async () => {
  const hard = { ...probe, train: madeFeatures(200, { ...size, distance: 1, seed: 1 }) };
  const once = await linearProbe(hard);
  assert.deepEqual(await linearProbe(hard), once);
  const other = await linearProbe({ ...hard, seed: 2 });
  assert.notDeepEqual(other.heldOutAccuracy, once.heldOutAccuracy);
});

Deno.test("linearProbe() refuses a single labelled image", async () => {
  const one = { features: new Float32Array(6), labels: Uint16Array.of(0) };
  await assert.rejects(() => linearProbe({ ...probe, train: one }), {
    name: "InputError",
    message: "probe.labels: 1 labelled image(s), of which none can be held out. Give at least 2",
  });
});

Deno.test("linearProbe() is as accurate as a reference logistic regression, within 0.2 points", async () => {
  const shape = { dim: 8, classes: 6 };
  const train = madeFeatures(240, { ...shape, distance: 1.5, seed: 7 });
  const test = madeFeatures(6000, { ...shape, distance: 1.5, seed: 8 });
  // The reference standardises for itself.
  const mean = new Float64Array(8), square = new Float64Array(8);
  train.features.forEach((value, i) => mean[i % 8]! += value / 240);
  train.features.forEach((value, i) => square[i % 8]! += (value - mean[i % 8]!) ** 2 / 240);
  const standard = (features: Float32Array) =>
    features.map((value, i) => (value - mean[i % 8]!) / Math.sqrt(square[i % 8]!));
  const accuracy = (predictions: Uint16Array) =>
    predictions.filter((one, i) => one === test.labels[i]).length / 6000;
  for (const penalty of [1e-1, 1e-3, 1e-5]) {
    const point = plainMinimum({ ...train, features: standard(train.features) }, {
      ...shape,
      penalty,
    });
    const wanted = plainClasses(standard(test.features), point, shape);
    const settings = {
      penalties: [penalty],
      penaltyLimits: [penalty, penalty] as const,
      heldOut: 0.2,
    };
    const { predictions } = await linearProbe({ ...shape, train, test, settings, seed: 1 });
    assert.ok(accuracy(wanted) > 0.4 && accuracy(wanted) < 0.7, `${accuracy(wanted)}`);
    assert.ok(Math.abs(accuracy(predictions) - accuracy(wanted)) <= 0.002);
    // And nearly all predictions are the same, one by one.
    const different = predictions.filter((one, i) => one !== wanted[i]).length;
    assert.ok(different <= 12, `${different} of 6000 predictions differ`);
  }
});

Deno.test("linearProbe() leaves no tensor behind, be it done or refused", async () => {
  const before = [tf.memory().numTensors, liveHandles()];
  await linearProbe(probe);
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
  const train = { features: probe.train.features.slice(0, size.dim), labels: Uint16Array.of(0) };
  await assert.rejects(() => linearProbe({ ...probe, train }), { name: "InputError" });
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
});

Deno.test("linearProbe() does not depend on the unit of a fused block", async () => {
  const blocks = [2, 4];
  const scaled = (features: Float32Array) =>
    features.map((value, i) => i % size.dim < 2 ? 64 * value : value);
  const once = await linearProbe({ ...probe, blocks });
  const other = await linearProbe({
    ...probe,
    blocks,
    train: { ...train, features: scaled(train.features) },
    test: { features: scaled(test.features) },
  });
  assert.deepEqual(other.predictions, once.predictions);
});
