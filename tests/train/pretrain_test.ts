import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { twoViews } from "@/dsl/augmentations.ts";
import { saveEncoder } from "@/lib/model/encoder_file.ts";
import { liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { NonFiniteLossError } from "@/lib/train/non_finite_loss.ts";
import { pretrain } from "@/lib/train/pretrain.ts";
import { withFolder } from "@/tests/train/folder.ts";
import {
  bits,
  classifying,
  contrastive,
  labelledRecipe,
  part,
  predicting,
  queued,
  splitOf,
} from "@/tests/train/small_training.ts";

await loadBackend();

const { training } = contrastive;
const { split, subset } = part;
const images = split.images!;

Deno.test("pretrain() gives the same bits for the same seed, watched or not, and others for another", async () => {
  const once = await pretrain(contrastive);
  const again = await pretrain({ ...contrastive, onProgress: () => {} });
  const other = await pretrain({ ...contrastive, seed: 6 });
  assert.deepEqual(bits(again), bits(once));
  assert.notDeepEqual(other.weights, once.weights);
});

Deno.test("pretrain() twice with one seed writes one and the same file", () =>
  withFolder(async (folder) => {
    const write = async (name: string, seed: number) => {
      const { weights } = await pretrain({ ...contrastive, seed });
      await saveEncoder(`${folder}/${name}`, { network: contrastive.network, weights });
      return await Deno.readFile(`${folder}/${name}`);
    };
    const once = await write("once", 5);
    assert.deepEqual(await write("again", 5), once);
    assert.notDeepEqual(await write("other", 6), once);
  }));

Deno.test("pretrain() changes every weight and statistic of the encoder, and gives no head", async () => {
  const before = await pretrain({ ...contrastive, training: null });
  const after = await pretrain(contrastive);
  assert.deepEqual(Object.keys(after.weights).sort(), Object.keys(before.weights).sort());
  for (const [name, values] of Object.entries(after.weights)) {
    assert.notDeepEqual(values, before.weights[name], name);
    assert.ok(values.every(Number.isFinite), name);
  }
});

Deno.test("pretrain() looks at held-out images in the end, which changes no bit of the weights and leaks nothing", async () => {
  const heldOut = { parts: contrastive.parts, pixels: contrastive.pixels };
  const without = await pretrain(contrastive);
  assert.equal(without.heldOutAccuracy, null);
  const held = [tf.memory().numTensors, liveHandles()];
  const watched = await pretrain({ ...contrastive, heldOut });
  assert.deepEqual([tf.memory().numTensors, liveHandles()], held);
  assert.deepEqual(bits(watched), bits(without));
  // Judged on the very images that it was trained on, it does about as well as at the end of its training.
  const { accuracy } = watched.curve.at(-1)!;
  const { heldOutAccuracy } = watched;
  assert.ok(
    heldOutAccuracy! > 0 && Math.abs(heldOutAccuracy! - accuracy) < 0.25,
    `${heldOutAccuracy}`,
  );
});

Deno.test("pretrain() by MoCo or BYOL changes every weight, gives the same bits again, and no head or copy", async () => {
  const before = await pretrain({ ...contrastive, training: null });
  for (const config of [queued, predicting]) {
    const held = [tf.memory().numTensors, liveHandles()];
    const after = await pretrain(config);
    assert.deepEqual(Object.keys(after.weights).sort(), Object.keys(before.weights).sort());
    for (const [name, values] of Object.entries(after.weights)) {
      assert.notDeepEqual(values, before.weights[name], name);
      assert.ok(values.every(Number.isFinite), name);
    }
    assert.deepEqual(bits(await pretrain(config)), bits(after));
    assert.deepEqual([tf.memory().numTensors, liveHandles()], held);
  }
});

Deno.test("pretrain() by MoCo or BYOL in bfloat16 has nearly the first losses of float32", async () => {
  for (const config of [queued, predicting]) {
    const first = async (precision: "float32" | "bfloat16") =>
      (await pretrain({ ...config, training: { ...config.training, precision } })).curve[0]!.loss;
    const [exact, narrow] = [await first("float32"), await first("bfloat16")];
    assert.ok(Math.abs(narrow / exact - 1) < 0.05, `${narrow} instead of ${exact}`);
    assert.notEqual(narrow, exact);
  }
});

Deno.test("pretrain() by MoCo keeps a queue of no more than half of the images", async () => {
  const curveOf = async (queue: number) =>
    bits(await pretrain({ ...queued, training: { ...queued.training, queue } })).curve;
  // Of 34 images.
  assert.deepEqual(await curveOf(17), await curveOf(5000));
  assert.notDeepEqual(await curveOf(16), await curveOf(17));
});

Deno.test("pretrain() tells of each epoch how the features are, how fast it was and what it held", async () => {
  const { curve } = await pretrain(contrastive);
  let before = 0;
  for (const point of curve) {
    assert.ok(point.featureNorm > 0.1 && point.featureNorm < 100, `norm ${point.featureNorm}`);
    // The features have 8 numbers.
    assert.ok(point.effectiveRank > 1 && point.effectiveRank < 8, `rank ${point.effectiveRank}`);
    const views = 2 * 2 * 16;
    assert.ok(Math.abs(point.viewsPerSecond * (point.seconds - before) / views - 1) < 1e-9);
    assert.ok(point.peakMemory > 2 ** 24);
    before = point.seconds;
  }
});

Deno.test("pretrain() shows a collapse: features that are all the same have effective rank 1", async () => {
  // All images are one black square, so that all features are one vector.
  const black = splitOf(images.map(() => 0), { pixels: 8, labels: split.labels });
  const { curve } = await pretrain({ ...predicting, parts: [{ ...part, split: black }] });
  for (const { effectiveRank } of curve) {
    assert.ok(Math.abs(effectiveRank - 1) < 1e-3, `rank ${effectiveRank}`);
  }
});

Deno.test("pretrain() takes the least steps of its recipe, whatever the images", async () => {
  const totals = new Set<number>();
  const { curve } = await pretrain({
    ...contrastive,
    parts: [{ ...part, subset: subset.subarray(0, 18) }],
    training: { ...contrastive.training, minimumSteps: 6 },
    onProgress: (_, total) => totals.add(total),
  });
  // As many as of 34 images, where one pass over 18 is one step; the rates are those of 34 images.
  assert.deepEqual([...totals], [6]);
  const whole = await pretrain(contrastive);
  assert.deepEqual(
    curve.map(({ learningRate }) => learningRate),
    whole.curve.map(({ learningRate }) => learningRate),
  );
});

Deno.test("pretrain() blurs views where the recipe says so", async () => {
  const blurred = (blur: number) => {
    const views = twoViews({ ...training.views[0].augmentation, pixels: 20, blur });
    return pretrain({ ...contrastive, training: { ...training, views } });
  };
  const [never, sometimes] = [await blurred(0), await blurred(0.5)];
  assert.notDeepEqual(bits(sometimes).weights, bits(never).weights);
  assert.deepEqual(bits(await blurred(0.5)), bits(sometimes));
});

Deno.test("pretrain() does not change what it is given", async () => {
  const kept = images.slice(), keptSubset = subset.slice();
  await pretrain(contrastive);
  assert.deepEqual(images, kept);
  assert.deepEqual(subset, keptSubset);
});

Deno.test("pretrain() counts every step and follows the schedule", async () => {
  const seen: string[] = [];
  const { curve } = await pretrain({
    ...contrastive,
    onProgress: (done, total) => seen.push(`${done}/${total}`),
  });
  // 34 images are two batches of 16 an epoch; two are left over.
  assert.deepEqual(seen, ["1/6", "2/6", "3/6", "4/6", "5/6", "6/6"]);
  const cosine = (share: number) => training.learningRate * 0.5 * (1 + Math.cos(Math.PI * share));
  assert.deepEqual(curve.map(({ epoch }) => epoch), [1, 2, 3]);
  assert.deepEqual(curve.map(({ learningRate }) => learningRate), [
    training.learningRate,
    cosine(1 / 4),
    cosine(3 / 4),
  ]);
});

Deno.test("pretrain() takes the whole subset as the batch where that is smaller", async () => {
  const totals: number[] = [];
  const few = subset.subarray(0, 5);
  await pretrain({
    ...contrastive,
    parts: [{ ...part, subset: few }],
    onProgress: (_, total) => totals.push(total),
  });
  assert.deepEqual(totals, [3, 3, 3]);
});

Deno.test("pretrain() learns classes that can be told apart", async () => {
  const { curve } = await pretrain({
    ...classifying,
    training: { ...labelledRecipe, epochs: 40 },
  });
  assert.ok(curve.at(-1)!.accuracy > 0.9, `accuracy is ${curve.at(-1)!.accuracy}`);
  assert.ok(curve.at(-1)!.loss < curve[0]!.loss / 2);
});

Deno.test("pretrain() does not look at labels for SimCLR", async () => {
  const labels = new Uint16Array(split.count);
  const unlabelled = { ...contrastive, parts: [{ ...part, split: { ...split, labels } }] };
  assert.deepEqual((await pretrain(unlabelled)).weights, (await pretrain(contrastive)).weights);
});

Deno.test("pretrain() leaves no tensor and no handle behind, whether it ends or fails", async () => {
  const before = [tf.memory().numTensors, liveHandles()];
  await pretrain(contrastive);
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
  const wild = { ...training, learningRate: NaN };
  await assert.rejects(() => pretrain({ ...contrastive, training: wild }), NonFiniteLossError);
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
});

Deno.test("pretrain() stops at a loss that is no number and names the step", async () => {
  const wild = { ...training, learningRate: NaN };
  await assert.rejects(() => pretrain({ ...contrastive, training: wild }), (error: Error) => {
    assert.ok(error instanceof NonFiniteLossError);
    // The first step's loss is that of the initial weights.
    assert.deepEqual(error.at, { step: 2, epoch: 1, loss: NaN });
    assert.equal(
      error.message,
      "Training stopped: the loss of step 2 (epoch 1) is NaN. " +
        "A lower learning rate or a longer warm-up is the usual remedy",
    );
    return true;
  });
});

Deno.test("pretrain() makes the same weights from images at hand and from images read batch by batch", async () => {
  const before = [tf.memory().numTensors, liveHandles()];
  const { images: _, ...streamed } = split;
  for (const training of [contrastive, classifying]) {
    const resident = await pretrain(training);
    const { weights, dataWait } = await pretrain({
      ...training,
      parts: [{ ...part, split: streamed }],
    });
    assert.deepEqual(weights, resident.weights);
    assert.ok(dataWait >= 0 && dataWait < 1);
  }
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
});

Deno.test("pretrain() fails with the reader's own error, and leaves nothing behind", async () => {
  const before = [tf.memory().numTensors, liveHandles()];
  const { images: _, ...streamed } = split;
  let reads = 0;
  const read: typeof split.read = async (indices) => {
    if (++reads > 4) throw new Error("the disk is gone");
    return await split.read(indices);
  };
  await assert.rejects(
    pretrain({ ...contrastive, parts: [{ ...part, split: { ...streamed, read } }] }),
    { message: "the disk is gone" },
  );
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
});

Deno.test("pretrain() trains on a pool as on its parts together", async () => {
  const half = (from: number) => ({ ...part, subset: subset.subarray(from, from + 17) });
  const pooled = await pretrain({ ...contrastive, parts: [half(0), half(17)] });
  assert.equal(pooled.curve.length, training.epochs);
  const { curve } = await pretrain({ ...classifying, parts: [half(0), half(17)] });
  // Two domains of four classes each.
  assert.ok(Math.abs(curve[0]!.loss - Math.log(8)) < 1, `the first loss is ${curve[0]!.loss}`);
});
