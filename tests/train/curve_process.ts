/**
 * A process that trains a small network by SimCLR for 50 steps on fixed inputs and prints the losses as JSON:
 * `curve_process.ts BACKEND`.
 */

import * as tf from "@tensorflow/tfjs";
import { randomAt } from "@/lib/base/random.ts";
import { resnet } from "@/lib/model/resnet.ts";
import { simclr } from "@/lib/objective/simclr.ts";
import { loadBackend, uint8Tensor } from "@/lib/tensor/mod.ts";
import { drawViews } from "@/lib/train/draw_views.ts";
import { initialState } from "@/lib/train/state.ts";
import { trainingStep } from "@/lib/train/step.ts";
import { recipe } from "@/tests/train/small_training.ts";

const STEPS = 50, IMAGES = 16, SIDE = 8;

await loadBackend({ name: Deno.args[0]! });
const encoder = resnet({
  family: "resnet",
  stem: "small",
  block: "basic",
  blocks: [1, 1],
  width: 8,
});
const objective = simclr(encoder, { temperature: 0.5, head: { hidden: 16, output: 8, layers: 2 } });
const random = randomAt(3, "test images");
const bytes = Uint8Array.from({ length: IMAGES * SIDE * SIDE * 3 }, () => random.integer(256));
const images = uint8Tensor(bytes, [IMAGES, SIDE, SIDE, 3]);
const indices = tf.range(0, IMAGES, 1, "int32");
const step = trainingStep(objective, {
  optimizer: { name: "sgd", momentum: 0.9, weightDecay: 1e-4 },
  viewPixels: SIDE,
});

const losses: number[] = [];
let state = initialState(objective, 7);
for (let i = 0; i < STEPS; i++) {
  const numbers = Uint32Array.from({ length: IMAGES }, (_, image) => image);
  const at = { seed: 1, epoch: i, indices: numbers, views: 2 };
  const { boxes, colours } = drawViews(recipe.augmentation, at);
  const inputs = {
    boxes: tf.tensor2d(boxes, [2 * IMAGES, 4]),
    colours: tf.tensor2d(colours, [2 * IMAGES, 10]),
    learningRate: tf.scalar(0.005),
    share: tf.scalar(0.1),
  };
  const out = await step.run(state, { images, indices, ...inputs });
  state = out.state;
  losses.push((await out.loss.data())[0]!);
  tf.dispose([inputs, out.loss, out.accuracy, out.features]);
}
await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(losses)));
