import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { type KnnProbe, knnProbe } from "@/lib/probe/knn.ts";
import { liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { madeFeatures } from "@/tests/probe/made_features.ts";
import { underTest } from "@/tests/tensor/under_test.ts";

await loadBackend(underTest);

const size = { classes: 4, dim: 6 };
const train = madeFeatures(120, { ...size, distance: 2, seed: 1 });
const test = madeFeatures(200, { ...size, distance: 2, seed: 2 });
const settings = { neighbours: [40, 1, 8], temperature: 0.07, heldOut: 0.25 };
const probe: KnnProbe = { train, test, ...size, settings, seed: 1 };

/** The vote of Wu et al. by a search through all, in float64. */
function plainVote(features: Float32Array, neighbours: number): Uint16Array {
  const { dim, classes } = size;
  const unit = (from: Float32Array, row: number) => {
    const vector = [...from.subarray(row * dim, (row + 1) * dim)];
    const length = Math.hypot(...vector);
    return vector.map((one) => one / length);
  };
  return Uint16Array.from({ length: features.length / dim }, (_, query) => {
    const q = unit(features, query);
    const nearest = Array.from(train.labels, (label, row) => ({
      label,
      similarity: unit(train.features, row).reduce((sum, one, i) => sum + one * q[i]!, 0),
    })).sort((a, b) => b.similarity - a.similarity).slice(0, neighbours);
    const votes = Array<number>(classes).fill(0);
    for (const { label, similarity } of nearest) votes[label]! += Math.exp(similarity / 0.07);
    return votes.indexOf(Math.max(...votes));
  });
}

Deno.test("knnProbe() predicts what a search through all labelled images predicts", async () => {
  const before = [tf.memory().numTensors, liveHandles()];
  for (const neighbours of [1, 8, 40]) {
    const { predictions } = await knnProbe({
      ...probe,
      settings: { ...settings, neighbours: [neighbours] },
    });
    assert.deepEqual(predictions, plainVote(test.features, neighbours));
  }
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
});

Deno.test("knnProbe() chooses by the held-out labels, the smaller number of equals", async () => {
  const { neighbours, heldOutAccuracy, predictions } = await knnProbe(probe);
  assert.deepEqual(heldOutAccuracy.map((tried) => tried.neighbours), [1, 8, 40]);
  const most = Math.max(...heldOutAccuracy.map(({ accuracy }) => accuracy));
  assert.equal(neighbours, heldOutAccuracy.find(({ accuracy }) => accuracy === most)!.neighbours);
  assert.deepEqual(predictions, plainVote(test.features, neighbours));
  const clear = await knnProbe({
    ...probe,
    train: madeFeatures(120, { ...size, distance: 40, seed: 1 }),
  });
  assert.equal(clear.neighbours, 1);
});

Deno.test("knnProbe() lets all labelled images vote where there are fewer than k", async () => {
  const few = {
    features: train.features.subarray(0, 5 * size.dim),
    labels: train.labels.subarray(0, 5),
  };
  const by = (neighbours: number) =>
    knnProbe({ ...probe, train: few, settings: { ...settings, neighbours: [neighbours] } });
  assert.deepEqual((await by(200)).predictions, (await by(5)).predictions);
});

Deno.test("knnProbe() gives a tie of votes to the nearer class, of equally near ones to the first", async () => {
  const tied = {
    features: Float32Array.of(1, 0, 1, 0, 1, 0, 1, 0),
    labels: Uint16Array.of(3, 1, 1, 3),
  };
  const { predictions } = await knnProbe({
    train: tied,
    test: { features: Float32Array.of(1, 1) },
    dim: 2,
    classes: 4,
    settings: { ...settings, neighbours: [4] },
    seed: 1,
  });
  assert.deepEqual([...predictions], [3]);
});

Deno.test("knnProbe() lets fused blocks have the same say, whatever their units", async () => {
  const blocks = [2, 4];
  const scaled = (features: Float32Array) =>
    features.map((value, i) => i % size.dim < 2 ? 1024 * value : value);
  const other = {
    ...probe,
    train: { ...train, features: scaled(train.features) },
    test: { features: scaled(test.features) },
  };
  const { predictions } = await knnProbe({ ...probe, blocks });
  assert.deepEqual((await knnProbe({ ...other, blocks })).predictions, predictions);
  assert.notDeepEqual((await knnProbe(other)).predictions, predictions);
});
