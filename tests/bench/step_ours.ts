/** One single-threaded process that repeats our compiled training step: `step_ours.ts WIDTH SECONDS`. */

import * as tf from "@tensorflow/tfjs";
import { scaleOf } from "@/dsl/mod.ts";
import { resnet } from "@/lib/model/resnet.ts";
import { simclr } from "@/lib/objective/simclr.ts";
import { loadBackend, uint8Tensor } from "@/lib/tensor/mod.ts";
import { COLOUR_NUMBERS, drawViews } from "@/lib/train/draw_views.ts";
import { initialState } from "@/lib/train/state.ts";
import { trainingStep } from "@/lib/train/step.ts";

const [width, limit] = Deno.args.map(Number) as [number, number];
const batch = 128, pixels = 32, stored = 1024;
const { network, simclr: training } = scaleOf("mini");

await loadBackend();
const encoder = resnet({ ...network, width, blocks: [2, 2, 2] });
const head = { hidden: encoder.features, output: 64 };
const objective = simclr(encoder, { ...training, head });
const step = trainingStep(objective, { optimizer: training.optimizer, viewPixels: pixels });
const bytes = Uint8Array.from(
  { length: stored * pixels * pixels * 3 },
  (_, i) => i * 2654435761 >>> 24,
);
const images = uint8Tensor(bytes, [stored, pixels, pixels, 3]);
let state = initialState(objective, 1);
let done = 0, started = 0;

for (let taken = -3;; taken++) {
  if (taken === 0) started = performance.now();
  const seconds = (performance.now() - started) / 1000;
  if (taken > 0 && seconds > limit) {
    const sizes = objective.parameters.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
    const parameters = sizes.reduce((a, b) => a + b);
    // deno-lint-ignore no-console -- read by the benchmark
    console.log(JSON.stringify({ views: done * batch * 2, seconds, parameters }));
    Deno.exit(0);
  }
  // Drawing views belongs to the step: it is what a training does.
  const indices = Uint32Array.from(
    { length: batch },
    (_, i) => (i * 7 + (taken + 3) * 13) % stored,
  );
  const views = drawViews(training.augmentation, { seed: 1, epoch: taken + 3, indices, views: 2 });
  const inputs = {
    indices: tf.tensor1d(Int32Array.from(indices), "int32"),
    boxes: tf.tensor2d(views.boxes, [2 * batch, 4]),
    colours: tf.tensor2d(views.colours, [2 * batch, COLOUR_NUMBERS]),
    learningRate: tf.scalar(0.1),
    share: tf.scalar(0.1),
  };
  const out = await step.run(state, { images, ...inputs });
  state = out.state;
  tf.dispose([inputs, out.loss, out.accuracy]);
  if (taken >= 0) done++;
}
