import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { encoderOf } from "@/lib/model/encoder.ts";
import { byol } from "@/lib/objective/byol.ts";
import { moco } from "@/lib/objective/moco.ts";
import type { Objective } from "@/lib/objective/objective.ts";
import { simclr } from "@/lib/objective/simclr.ts";
import { supervised } from "@/lib/objective/supervised.ts";
import { disposeNamed, liveHandles, loadBackend, uint8Tensor } from "@/lib/tensor/mod.ts";
import { colourMap } from "@/lib/train/colour_map.ts";
import { initialState, type TrainingState } from "@/lib/train/state.ts";
import { trainingStep } from "@/lib/train/step.ts";
import {
  plainByol,
  plainMoco,
  plainSimclr,
  plainSupervised,
} from "@/tests/train/plain_reference.ts";
import { underTest } from "@/tests/tensor/under_test.ts";

await loadBackend({ device: underTest.device });

const SIDE = 8, IMAGES = 6;
const encoder = encoderOf({
  family: "resnet",
  stem: "small",
  block: "basic",
  blocks: [1, 1],
  width: 4,
});
const head = { hidden: 8, output: 5 };
const contrastive = simclr(encoder, { temperature: 0.3, head: { ...head, layers: 2 } });
const queued = moco(encoder, { temperature: 0.3, head, queue: 9, keyMomentum: 0.9 }, {
  images: 18,
});
const predicting = byol(encoder, { head, predictor: { hidden: 7 }, baseMomentum: 0.9 });
const classifier = supervised(encoder, {}, { classes: 3 });
const labels = [2, 0, 1, 1, 0, 2];
const bytes = Uint8Array.from(
  { length: IMAGES * SIDE * SIDE * 3 },
  (_, i) => (Math.imul(i + 1, 0x9E3779B1) >>> 13) & 255,
);
/** One group of views, as large as the images; two of each image but where there are labels. */
const views = [{ augmentation: { pixels: SIDE, blur: 0 } }];
const viewsPerImage = (objective: Objective) => objective.labelled ? 1 : 2;
const plainSgd = { name: "sgd", momentum: 0, weightDecay: 0 } as const;

/** Inputs of a step whose first view is the image itself, and whose second is mirrored. */
function stepInputs(objective: Objective, learningRate = 0.1) {
  const still = [...colourMap({ brightness: 1, contrast: 1, saturation: 1, hue: 0, grey: false })];
  const rows = Array.from({ length: viewsPerImage(objective) * IMAGES }, (_, row) => row);
  return {
    images: uint8Tensor(bytes, [IMAGES, SIDE, SIDE, 3]),
    indices: tf.range(0, IMAGES, 1, "int32"),
    views: [{
      boxes: tf.tensor2d(rows.map((row) => row < IMAGES ? [0, 0, 1, 1] : [0, 1, 1, 0])),
      colours: tf.tensor2d(rows.map(() => still)),
    }],
    learningRate: tf.scalar(learningRate),
    uptake: tf.scalar(0.25),
    ...(objective.labelled ? { labels: tf.tensor1d(labels, "int32") } : {}),
    scheduled: objective.scheduled ? { copyShare: tf.scalar(0.2) } : {},
  };
}

/** A state whose memory differs from its weights, as after some steps. */
function midwayState(objective: Objective): TrainingState {
  const state = initialState(objective, 7), other = initialState(objective, 8);
  const memory = Object.fromEntries(
    Object.entries(other.memory).map(([name, value]) => [
      name,
      // Statistics are the same for all seeds.
      name.includes("running") ? tf.add(value, 0.3) : tf.clone(value),
    ]),
  );
  disposeNamed([other, state.memory]);
  return { ...state, memory };
}

/** The tensors of a memory whose names begin with a prefix, without it. */
function withoutPrefix(memory: Record<string, tf.Tensor>, prefix: string) {
  return Object.fromEntries(
    Object.entries(memory).filter(([name]) => name.startsWith(`${prefix}.`))
      .map(([name, value]) => [name.slice(prefix.length + 1), value]),
  );
}

function valuesOf({ parameters, statistics }: TrainingState) {
  const read = (tensors: Record<string, tf.Tensor>) =>
    Object.fromEntries(Object.entries(tensors).map(([name, one]) => [name, one.dataSync()]));
  return { parameters: read(parameters), statistics: read(statistics) };
}

/** The views of `stepInputs`, as pixels. */
function plainViews(objective: Objective): tf.Tensor {
  const images = tf.tensor4d([...bytes], [IMAGES, SIDE, SIDE, 3]);
  return viewsPerImage(objective) === 1 ? images : tf.concat([images, tf.reverse(images, 2)]);
}

/** The largest difference of a step's gradients from plain tfjs's, relative to each gradient's largest value. */
async function gradientError(
  objective: Objective,
  plainLoss: (
    views: tf.Tensor,
    weights: Record<string, tf.Tensor>,
    memory: Record<string, tf.Tensor>,
  ) => tf.Scalar,
): Promise<{ loss: number; gradients: number }> {
  const names = objective.parameters.map(({ name }) => name);
  const state = midwayState(objective);
  const reference = tf.tidy(() => {
    const loss = (...values: tf.Tensor[]) =>
      plainLoss(
        plainViews(objective),
        Object.fromEntries(names.map((name, i) => [name, values[i]!])),
        state.memory,
      );
    const { value, grads } = tf.valueAndGrads(loss)(names.map((name) => state.parameters[name]!));
    return { loss: value.dataSync()[0]!, gradients: grads.map((gradient) => gradient.dataSync()) };
  });
  const inputs = stepInputs(objective);
  const step = trainingStep(objective, { optimizer: plainSgd, views });
  const out = await step.run(state, inputs);
  // Without momentum and decay the velocity is the gradient.
  const gradients = Math.max(...names.map((name, i) => {
    const ours = out.state.slots[name]![0]!.dataSync(), wanted = reference.gradients[i]!;
    const largest = Math.max(...wanted.map(Math.abs));
    assert.ok(largest > 1e-4, `${name} has a gradient`);
    return Math.max(...wanted.map((value, k) => Math.abs(value - ours[k]!))) / largest;
  }));
  const loss = Math.abs(out.loss.dataSync()[0]! - reference.loss);
  disposeNamed([inputs, state, out]);
  step.dispose();
  return { loss, gradients };
}

Deno.test("trainingStep() has the gradients of plain tfjs for SimCLR", async () => {
  const error = await gradientError(contrastive, (views, w) => plainSimclr(views, w, 0.3));
  assert.ok(error.loss < 1e-5, `loss differs by ${error.loss}`);
  assert.ok(error.gradients < 1e-4, `gradients differ by ${error.gradients}`);
});

Deno.test("trainingStep() has the gradients of plain tfjs for supervised training", async () => {
  const error = await gradientError(classifier, (views, w) => plainSupervised(views, w, labels));
  assert.ok(error.loss < 1e-5, `loss differs by ${error.loss}`);
  assert.ok(error.gradients < 1e-4, `gradients differ by ${error.gradients}`);
});

Deno.test("trainingStep() has the gradients of plain tfjs for MoCo, none through the keys", async () => {
  const error = await gradientError(queued, (views, w, memory) => {
    const slow = withoutPrefix(memory, "key");
    return plainMoco(views, w, { slow, queue: memory.queue!, temperature: 0.3 }).loss;
  });
  assert.ok(error.loss < 1e-5, `loss differs by ${error.loss}`);
  assert.ok(error.gradients < 1e-4, `gradients differ by ${error.gradients}`);
});

Deno.test("trainingStep() has the gradients of plain tfjs for BYOL, none through the target", async () => {
  const error = await gradientError(
    predicting,
    (views, w, memory) => plainByol(views, w, withoutPrefix(memory, "target")),
  );
  assert.ok(error.loss < 1e-5, `loss differs by ${error.loss}`);
  assert.ok(error.gradients < 1e-4, `gradients differ by ${error.gradients}`);
});

Deno.test("trainingStep() moves the slow copies towards the new weights and puts the keys into the queue", async () => {
  for (const [objective, prefix] of [[queued, "key"], [predicting, "target"]] as const) {
    const state = midwayState(objective);
    const before = Object.fromEntries(
      Object.entries(state.memory).map(([name, value]) => [name, value.dataSync()]),
    );
    const wantedKeys = tf.tidy(() => {
      if (objective !== queued) return new Float32Array();
      const slow = withoutPrefix(state.memory, "key");
      const { queue } = state.memory;
      const views = plainViews(objective);
      return plainMoco(views, state.parameters, { slow, queue: queue!, temperature: 1 }).keys
        .dataSync() as Float32Array;
    });
    const inputs = stepInputs(objective);
    const step = trainingStep(objective, { optimizer: plainSgd, views });
    const out = await step.run(state, inputs);
    const network = { ...out.state.parameters, ...out.state.statistics };
    for (const [name, copy] of Object.entries(withoutPrefix(out.state.memory, prefix))) {
      const now = network[name]!.dataSync();
      copy.dataSync().forEach((value, i) => {
        const wanted = 0.8 * before[`${prefix}.${name}`]![i]! + 0.2 * now[i]!;
        assert.ok(Math.abs(value - wanted) < 1e-5, `${name}: ${value}, wanted ${wanted}`);
      });
    }
    if (objective === queued) {
      const queue = out.state.memory.queue!.dataSync();
      wantedKeys.forEach((value, i) => assert.ok(Math.abs(queue[i]! - value) < 1e-4));
      assert.deepEqual(queue.slice(wantedKeys.length), before.queue!.slice(0, 3 * head.output));
    }
    disposeNamed([inputs, state, out]);
    step.dispose();
  }
});

Deno.test("trainingStep() gives the features that the encoder had before the step", async () => {
  const state = initialState(classifier, 7);
  const inputs = stepInputs(classifier);
  const wanted = tf.tidy(() => {
    const pixels = tf.sub(tf.mul(tf.div(plainViews(classifier), 255), 4), 2) as tf.Tensor4D;
    const mode = { training: true, statistics: {} };
    return encoder.forward(pixels, state.parameters, mode).features.dataSync();
  });
  const step = trainingStep(classifier, { optimizer: plainSgd, views });
  const out = await step.run(state, inputs);
  assert.deepEqual(out.features.shape, [IMAGES, encoder.features]);
  out.features.dataSync().forEach((value, i) => assert.ok(Math.abs(value - wanted[i]!) < 1e-4));
  disposeNamed([inputs, state, out]);
  step.dispose();
});

Deno.test("trainingStep() moves running statistics by their uptake towards the batch's", async () => {
  const state = initialState(classifier, 7);
  const inputs = stepInputs(classifier);
  const batchMean = tf.tidy(() => {
    const pixels = tf.sub(tf.mul(tf.div(plainViews(classifier), 255), 4), 2) as tf.Tensor4D;
    const first = tf.conv2d(pixels, state.parameters["conv1.weight"] as tf.Tensor4D, 1, "same");
    return tf.moments(first, [0, 1, 2]).mean.dataSync();
  });
  const step = trainingStep(classifier, { optimizer: plainSgd, views });
  const out = await step.run(state, inputs);
  out.state.statistics["bn1.running_mean"]!.dataSync().forEach((value, i) => {
    assert.ok(Math.abs(value - 0.25 * batchMean[i]!) < 1e-5);
  });
  disposeNamed([inputs, state, out]);
  step.dispose();
});

Deno.test("trainingStep() at learning rate 0 changes statistics and nothing else", async () => {
  const state = initialState(contrastive, 7);
  const before = valuesOf(state);
  const inputs = stepInputs(contrastive, 0);
  const step = trainingStep(contrastive, { optimizer: plainSgd, views });
  const out = await step.run(state, inputs);
  const after = valuesOf(out.state);
  assert.deepEqual(after.parameters, before.parameters);
  for (const { name } of contrastive.statistics) {
    assert.notDeepEqual(after.statistics[name], before.statistics[name], name);
  }
  disposeNamed([inputs, state, out]);
  step.dispose();
});

Deno.test("trainingStep() leaks neither tensors nor handles", async () => {
  const inputs = stepInputs(contrastive);
  const step = trainingStep(contrastive, {
    optimizer: { ...plainSgd, momentum: 0.9 },
    views,
  });
  let state = initialState(contrastive, 7);
  const counts: [number, number][] = [];
  for (let i = 1; i <= 60; i++) {
    const out = await step.run(state, inputs);
    disposeNamed([state, out.loss, out.accuracy, out.features]);
    state = out.state;
    counts[i] = [tf.memory().numTensors, liveHandles()];
  }
  assert.deepEqual(counts[60], counts[10]);
  disposeNamed([inputs, state]);
  step.dispose();
});
