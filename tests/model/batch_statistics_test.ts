// Batch normalisation, its statistics and their running means against plain arithmetic on one number at a time.
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { normalise } from "@/lib/model/layers.ts";
import { loadBackend, toBfloat16, toFloat32 } from "@/lib/tensor/mod.ts";

await loadBackend();

const rows = [[0.5, -3], [2, 1], [-1.25, 4], [0.75, 0], [3, -2.5]];
const scale = [1.5, -0.5], offset = [0.25, 2];

/** Of one channel: what is normalised (by n), the mean, and the variance that is followed (by n - 1, as PyTorch's). */
function plain(channel: number) {
  const values = rows.map((row) => row[channel]!);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / values.length + 1e-5);
  return {
    y: values.map((value) => scale[channel]! * (value - mean) / deviation + offset[channel]!),
    mean,
    variance: squares / (values.length - 1),
  };
}

/** Our normalisation of rows `[n, channels]`, or of images with as many pixels. */
function ours(shape: number[]) {
  return tf.tidy(() => {
    const observed: Record<string, tf.Tensor> = {};
    const y = normalise(tf.tensor(rows.flat(), shape), {
      parameters: { "n.weight": tf.tensor1d(scale), "n.bias": tf.tensor1d(offset) },
      statistics: {},
      training: true,
      observed,
    }, "n");
    const values = y.dataSync();
    return [0, 1].map((channel) => ({
      y: rows.map((_, i) => values[2 * i + channel]!),
      mean: observed["n.running_mean"]!.dataSync()[channel]!,
      variance: observed["n.running_var"]!.dataSync()[channel]!,
    }));
  });
}

const golden = [
  { mean: 1, variance: 2.59375, first: -0.270656346 },
  { mean: -0.1, variance: 8.05, first: 2.571379601 },
];

for (const shape of [[5, 2], [1, 5, 1, 2], [5, 1, 1, 2]]) {
  Deno.test(`normalise() of shape [${shape}] is the plain formula in training`, () => {
    ours(shape).forEach((found, channel) => {
      const wanted = plain(channel), { mean, variance, first } = golden[channel]!;
      for (
        const [a, b] of [[wanted.mean, mean], [wanted.variance, variance], [wanted.y[0]!, first]]
      ) {
        assert.ok(Math.abs(a! - b!) < 1e-8, `plain ${a}, golden ${b}`);
      }
      assert.ok(Math.abs(found.mean - wanted.mean) < 1e-6);
      assert.ok(Math.abs(found.variance - wanted.variance) < 1e-5);
      found.y.forEach((value, i) => assert.ok(Math.abs(value - wanted.y[i]!) < 1e-5));
    });
  });
}

Deno.test("normalise() with running statistics gives nearly the same in bfloat16 as in float32", () => {
  const run = (precision: "float32" | "bfloat16") =>
    tf.tidy(() => {
      const narrow = precision === "bfloat16";
      const x = tf.tensor2d(rows);
      const y = normalise(narrow ? toBfloat16(x) : x, {
        parameters: { "n.weight": tf.tensor1d(scale), "n.bias": tf.tensor1d(offset) },
        statistics: { "n.running_mean": tf.tensor1d([1, 2]), "n.running_var": tf.tensor1d([4, 9]) },
        training: false,
        observed: {},
        precision,
      }, "n");
      return [...(narrow ? toFloat32(y) : y).dataSync()];
    });
  const exact = run("float32");
  run("bfloat16").forEach((value, i) => {
    assert.ok(Math.abs(value - exact[i]!) <= 2 ** -8 * Math.abs(exact[i]!) + 1e-6);
  });
});
