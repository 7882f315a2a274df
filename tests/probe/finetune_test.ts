import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { vit } from "@/dsl/mod.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import { initialWeights } from "@/lib/model/parameters.ts";
import { accuracyOf } from "@/lib/probe/choose_best.ts";
import { finetune } from "@/lib/probe/finetune.ts";
import { liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { finetuning, settings, testLabels } from "@/tests/probe/small_finetuning.ts";
import { underTest } from "@/tests/tensor/under_test.ts";

await loadBackend(underTest);

Deno.test("finetune() learns, says how far it is, leaks nothing and repeats itself exactly", async () => {
  const before = [tf.memory().numTensors, liveHandles()];
  const done: string[] = [];
  const once = await finetune({ ...finetuning, onProgress: (n, of) => done.push(`${n}/${of}`) });
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
  const accuracy = accuracyOf(once.predictions, testLabels);
  assert.ok(accuracy > 0.6, `${accuracy} where chance is 0.33`);
  // 6 epochs of 2 steps on the 32 kept images at each rate, and as many on all 40.
  assert.deepEqual(done, Array.from({ length: 36 }, (_, i) => `${i + 1}/36`));
  assert.deepEqual([once.steps, once.losses.length], [12, 6]);
  assert.ok(once.losses.at(-1)! < once.losses[0]!);
  assert.deepEqual(await finetune(finetuning), once);
});

Deno.test("finetune() tries each rate in few steps, and then trains in all", async () => {
  const done: string[] = [];
  const { steps } = await finetune({
    ...finetuning,
    settings: { ...settings, trialSteps: 6 },
    onProgress: (n, of) => done.push(`${n}/${of}`),
  });
  // One step an epoch at each rate, and then two.
  assert.deepEqual(done, Array.from({ length: 24 }, (_, i) => `${i + 1}/24`));
  assert.equal(steps, 12);
});

Deno.test("finetune() takes the rate that is best on the held-out labels, the smaller of equals", async () => {
  const { learningRate, heldOutAccuracy } = await finetune(finetuning);
  assert.deepEqual(heldOutAccuracy.map((tried) => tried.learningRate), [0.02, 0.2]);
  const [small, large] = heldOutAccuracy.map(({ accuracy }) => accuracy!);
  assert.equal(learningRate, large! > small! ? 0.2 : 0.02);
});

Deno.test("finetune() from no weights is from the seed's initial ones", async () => {
  const one = { ...settings, learningRates: [0.1] };
  const weights = initialWeights(encoderOf(finetuning.network), finetuning.seed);
  const scratch = await finetune({ ...finetuning, settings: one, weights: null });
  assert.deepEqual(await finetune({ ...finetuning, settings: one, weights }), scratch);
  const other = await finetune({ ...finetuning, settings: one });
  assert.notDeepEqual(other.losses, scratch.losses);
});

Deno.test("finetune() predicts an image the same whichever others are tested", async () => {
  const one = { ...finetuning, settings: { ...settings, learningRates: [0.1] } };
  const { test } = finetuning;
  const whole = await finetune(one);
  const part = await finetune({ ...one, test: { ...test, count: 10 } });
  assert.deepEqual(part, { ...whole, predictions: whole.predictions.slice(0, 10) });
});

Deno.test("finetune() predicts at the side that it is told, and trains the same", async () => {
  const by = (wholePixels: number) =>
    finetune({ ...finetuning, settings: { ...settings, learningRates: [0.1], wholePixels } });
  const [small, large] = [await by(4), await by(12)];
  assert.deepEqual(large.losses, small.losses);
  assert.notDeepEqual(large.predictions, small.predictions);
});

Deno.test("finetune() passes over a learning rate that diverges, and refuses where all do", async () => {
  const before = [tf.memory().numTensors, liveHandles()];
  const by = (learningRates: number[]) =>
    finetune({ ...finetuning, settings: { ...settings, learningRates } });
  const { learningRate, heldOutAccuracy } = await by([1e30, 0.02]);
  assert.equal(learningRate, 0.02);
  assert.equal(heldOutAccuracy[1]!.accuracy, null);
  await assert.rejects(() => by([1e30, 1e29]), {
    name: "InputError",
    message: "finetune.learningRates: training diverges at each of 1e+29, 1e+30. Add a smaller one",
  });
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
});

Deno.test("finetune() takes a learning rate that is alone without a try, and says when it diverges", async () => {
  const by = (learningRates: number[]) =>
    finetune({ ...finetuning, settings: { ...settings, learningRates } });
  const [alone, chosen] = [await by([0.02]), await by([1e30, 0.02])];
  assert.deepEqual(alone.heldOutAccuracy, []);
  assert.equal(alone.learningRate, 0.02);
  assert.deepEqual(alone.predictions, chosen.predictions);
  await assert.rejects(() => by([1e30]), { name: "NonFiniteLossError" });
});

Deno.test("finetune() refuses a single labelled image", async () => {
  const train = { ...finetuning.train, subset: Uint32Array.of(3) };
  await assert.rejects(() => finetune({ ...finetuning, train }), { name: "InputError" });
});

Deno.test("finetune() gives an encoder from outside pixels in its own normalisation, in training and when it predicts", async () => {
  const one = { ...finetuning, settings: { ...settings, learningRates: [0.1] } };
  const plain = await finetune(one);
  // That of all trainings, said in other words.
  const same = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] } as const;
  assert.deepEqual(await finetune({ ...one, normalisation: same }), plain);
  const mean = [0.4, 0.5, 0.6] as const;
  const other = await finetune({ ...one, normalisation: { ...same, mean } });
  assert.notDeepEqual(other.losses, plain.losses);
});

Deno.test("finetune() trains a transformer", async () => {
  const network = vit({ patch: 4, width: 16, depth: 1, heads: 2, pixels: finetuning.pixels });
  const { predictions } = await finetune({
    ...finetuning,
    network,
    weights: initialWeights(encoderOf(network), 3),
    settings: { ...settings, epochs: 20, learningRates: [0.05] },
  });
  const accuracy = accuracyOf(predictions, testLabels);
  assert.ok(accuracy > 0.6, `${accuracy} where chance is 0.33`);
});
