/**
 * A process that trains a small network on fixed images and prints the losses as JSON: `curve_process.ts BACKEND METHOD
 * STEPS [DEVICE [RATE]]`.
 */

import * as tf from "@tensorflow/tfjs";
import { randomAt } from "@/lib/base/random.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import { byol } from "@/lib/objective/byol.ts";
import { moco } from "@/lib/objective/moco.ts";
import type { Objective } from "@/lib/objective/objective.ts";
import { simclr } from "@/lib/objective/simclr.ts";
import { disposeNamed, loadBackend, uint8Tensor } from "@/lib/tensor/mod.ts";
import { drawViews } from "@/lib/train/draw_views.ts";
import { initialState } from "@/lib/train/state.ts";
import { trainingStep } from "@/lib/train/step.ts";
import { recipe } from "@/tests/train/small_training.ts";

const IMAGES = 16, SIDE = 8;

const [backend, method, steps, device = "cpu", rate = "0.005"] = Deno.args as [
  string,
  "simclr" | "moco" | "byol",
  string,
  string?,
  string?,
];
await loadBackend({ name: backend, device });
const encoder = encoderOf({
  family: "resnet",
  stem: "small",
  block: "basic",
  blocks: [1, 1],
  width: 8,
});
const head = { hidden: 16, output: 8 };
const objective: Objective = {
  simclr: simclr(encoder, { temperature: 0.5, head: { ...head, layers: 2 } }),
  moco: moco(encoder, { temperature: 0.5, head, queue: 40, keyMomentum: 0.9 }, { images: 80 }),
  byol: byol(encoder, { head, predictor: { hidden: 16 }, baseMomentum: 0.9 }),
}[method];
const random = randomAt(3, "test images");
const bytes = Uint8Array.from({ length: IMAGES * SIDE * SIDE * 3 }, () => random.integer(256));
const images = uint8Tensor(bytes, [IMAGES, SIDE, SIDE, 3]);
const indices = tf.range(0, IMAGES, 1, "int32");
const step = trainingStep(objective, {
  optimizer: { name: "sgd", momentum: 0.9, weightDecay: 1e-4 },
  views: recipe.views,
});

const losses: number[] = [];
let state = initialState(objective, 7);
for (let i = 0; i < Number(steps); i++) {
  const numbers = Uint32Array.from({ length: IMAGES }, (_, image) => image);
  const at = { seed: 1, epoch: i, indices: numbers, views: 2 };
  const { boxes, colours } = drawViews(recipe.views[0].augmentation, at);
  const inputs = {
    views: [{
      boxes: tf.tensor2d(boxes, [2 * IMAGES, 4]),
      colours: tf.tensor2d(colours, [2 * IMAGES, 10]),
    }],
    learningRate: tf.scalar(Number(rate)),
    uptake: tf.scalar(0.1),
    scheduled: objective.scheduled ? { copyShare: tf.scalar(i === 0 ? 1 : 0.1) } : {},
  };
  const out = await step.run(state, { images, indices, ...inputs });
  losses.push((await out.loss.data())[0]!);
  disposeNamed([inputs, out.loss, out.accuracy, out.features]);
  state = out.state;
}
await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(losses)));
