import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { encoderOf } from "@/lib/model/encoder.ts";
import { simclr } from "@/lib/objective/simclr.ts";
import { disposeNamed, liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { heldOutAccuracy } from "@/lib/train/held_out.ts";
import { initialState } from "@/lib/train/state.ts";
import { trainingStep } from "@/lib/train/step.ts";
import { contrastive, recipe } from "@/tests/train/small_training.ts";
import { underTest } from "@/tests/tensor/under_test.ts";

await loadBackend({ device: underTest.device });

Deno.test("heldOutAccuracy() judges all batches from one state, also by an optimizer that goes on without a rate", async () => {
  const before = [tf.memory().numTensors, liveHandles()];
  const objective = simclr(encoderOf(contrastive.network), recipe);
  const { views, batch } = recipe;
  const optimizer = { name: "lars", momentum: 0.9, weightDecay: 0 } as const;
  const step = trainingStep(objective, { optimizer, views });
  const start = initialState(objective, 5);
  // What LARS remembers moves the weights at any learning rate.
  const slots = Object.fromEntries(
    Object.entries(start.slots).map(([name, list]) => [name, list.map((one) => tf.add(one, 0.3))]),
  );
  const { parts, pixels, seed } = contrastive;
  const images = { parts, pixels };
  const judged = { images, seed, batch, views, objective, totalSteps: 6 };
  const still = await heldOutAccuracy(step, start, judged);
  assert.equal(await heldOutAccuracy(step, { ...start, slots }, judged), still);
  disposeNamed([start, slots]);
  step.dispose();
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
});
