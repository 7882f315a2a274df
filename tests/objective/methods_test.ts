import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { resnet } from "@/lib/model/resnet.ts";
import { simclr } from "@/lib/objective/simclr.ts";
import { supervised } from "@/lib/objective/supervised.ts";

const encoder = resnet({
  family: "resnet",
  stem: "small",
  block: "basic",
  blocks: [1],
  width: 4,
});

Deno.test("simclr() puts its head after the encoder's weights and takes two views without labels", () => {
  const objective = simclr(encoder, { temperature: 0.2, head: { hidden: 5, output: 6 } });
  assert.deepEqual([objective.viewsPerImage, objective.labelled], [2, false]);
  const names = objective.parameters.map(({ name }) => name);
  const encoders = encoder.parameters.map(({ name }) => name);
  assert.deepEqual(names.slice(0, encoders.length), encoders);
  assert.deepEqual(objective.parameters.slice(encoders.length).map(({ shape }) => shape), [
    [4, 5],
    [5],
    [5],
    [5, 6],
  ]);
});

Deno.test("supervised() takes one view and its labels", () => {
  const objective = supervised(encoder, { classes: 7 });
  assert.deepEqual([objective.viewsPerImage, objective.labelled], [1, true]);
  assert.deepEqual(objective.parameters.at(-2)!.shape, [4, 7]);
  assert.throws(
    () => objective.evaluate({ views: {} as tf.Tensor4D }, {}),
    /Cannot evaluate supervised training without labels/,
  );
});
