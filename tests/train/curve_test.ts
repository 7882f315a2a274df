import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { randomAt } from "@/lib/base/random.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { mean, meanOfFloats } from "@/lib/train/curve.ts";

await loadBackend();

Deno.test("meanOfFloats() gives the bits of losses that are summed as tensors", () => {
  const random = randomAt(1, "losses");
  const losses = Array.from({ length: 1000 }, () => Math.fround(5 * random.uniform()));
  const sum = tf.tidy(() =>
    losses.reduce<tf.Tensor>((total, loss) => tf.add(total, tf.scalar(loss)), tf.scalar(0))
      .dataSync()[0]!
  );
  assert.equal(meanOfFloats(losses), sum / 1000);
  assert.notEqual(meanOfFloats(losses), mean(losses));
});
