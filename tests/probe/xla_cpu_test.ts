/** What holds for probes on TensorFlow holds on XLA too; and nothing is copied but what they read and what they find. */

import assert from "node:assert/strict";
import { encoderOf } from "@/lib/model/encoder.ts";
import { extractFeatures } from "@/lib/probe/features.ts";
import { finetune } from "@/lib/probe/finetune.ts";
import { knnProbe } from "@/lib/probe/knn.ts";
import { linearProbe } from "@/lib/probe/linear.ts";
import { sgdLinearProbe } from "@/lib/probe/sgd_linear.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { madeFeatures } from "@/tests/probe/made_features.ts";
import { finetuning, otherWeights, settings } from "@/tests/probe/small_finetuning.ts";
import { underTest } from "@/tests/tensor/under_test.ts";
import { copiedBy } from "@/tests/tensor/copied_by.ts";

underTest.device = "xla-cpu";
await loadBackend(underTest);

await import("@/tests/probe/classify_test.ts");
await import("@/tests/probe/features_test.ts");
await import("@/tests/probe/finetune_test.ts");
await import("@/tests/probe/knn_test.ts");
await import("@/tests/probe/linear_test.ts");
await import("@/tests/probe/logistic_test.ts");
await import("@/tests/probe/nearest_neighbours_test.ts");
await import("@/tests/probe/principal_axes_test.ts");
await import("@/tests/probe/sgd_linear_test.ts");

const shape = { classes: 3, dim: 5 };
const train = madeFeatures(60, { ...shape, distance: 1, seed: 1 });
const test = madeFeatures(40, { ...shape, distance: 1, seed: 2 });
const probe = { train, test, ...shape, seed: 1 };

Deno.test("linearProbe() copies its data once, and for a look at the loss a point, the losses and a gradient", async () => {
  const { dim, classes } = shape, floats = 4;
  const copied = await copiedBy(() =>
    linearProbe({
      ...probe,
      settings: { penalties: [1e-1, 1e-2, 1e-3], penaltyLimits: [1e-3, 1e-1], heldOut: 0.2 },
    })
  );
  // Of the labels kept, and of all: features, their axes, labels. Features held out, and those of the test.
  const data = 2 * 3 + 2;
  // Of three penalties and of the last fit.
  const classifiers = 4;
  const looks = copied.uploads - data - classifiers;
  assert.ok(looks > 10);
  // Moments twice.
  assert.equal(copied.downloads, 2 + classifiers + 2 * looks);
  const features = (48 + 60 + 12 + 40) * dim, axes = 2 * dim ** 2, labels = 48 + 60;
  const points = (classifiers + looks) * (dim + 1) * classes;
  assert.equal(copied.uploadedBytes, floats * (features + axes + labels + points));
});

Deno.test("sgdLinearProbe() copies its data once, and for a step its rows, the rate and the loss", async () => {
  for (const epochs of [1, 3]) {
    const copied = await copiedBy(() =>
      sgdLinearProbe({
        ...probe,
        settings: { epochs, batch: 20, learningRate: 0.8, momentum: 0.9, weightDecay: 1e-6 },
      })
    );
    const steps = 3 * epochs;
    // Features and labels; weights, biases and their velocities; the test's features and the classifier.
    assert.equal(copied.uploads, 2 + 4 + 2 + 2 * steps);
    // Weights, biases, predictions.
    assert.equal(copied.downloads, 3 + steps);
  }
});

Deno.test("knnProbe() copies a bank and its queries once for each search, and what it finds", async () => {
  const settings = { neighbours: [1, 5], temperature: 0.1, heldOut: 0.2 };
  const { uploads, downloads } = await copiedBy(() => knnProbe({ ...probe, settings }));
  assert.deepEqual([uploads, downloads], [2 * 2, 2 * 2]);
});

const { parameters, statistics } = encoderOf(finetuning.network);
const weights = parameters.length + statistics.length;

Deno.test("extractFeatures() copies the weights once, and of each batch the images and their features", async () => {
  const { network, pixels, test } = finetuning;
  const read = (rows: ArrayLike<number>) => test.read(Array.from(rows, (row) => row % 90));
  for (const [count, batches] of [[90, 1], [600, 3]] as const) {
    const { uploads, downloads } = await copiedBy(() =>
      extractFeatures(otherWeights, { network, pixels, split: { count, read } })
    );
    // One list of rows serves all batches.
    assert.deepEqual([uploads, downloads], [weights + 1 + batches, batches]);
  }
});

Deno.test("finetune() copies images and weights once for each training, and a step's inputs, loss and accuracy", async () => {
  for (const epochs of [2, 4]) {
    const { uploads, downloads } = await copiedBy(() =>
      finetune({ ...finetuning, settings: { ...settings, epochs } })
    );
    // Of two learning rates and of the last; of the classifier too, and velocities of what is trained.
    const trainings = 3, state = weights + 2 + parameters.length + 2;
    const steps = trainings * 2 * epochs;
    // Indices, labels, boxes, colours, rate and uptake. To predict: weights, rows, images; features, classifier.
    const up = trainings * (state + 1 + weights + 2 + 2) + 6 * steps;
    // The trained weights; features and predictions.
    const down = trainings * (weights + 2 + 2) + 2 * steps;
    assert.deepEqual([uploads, downloads], [up, down]);
  }
});
