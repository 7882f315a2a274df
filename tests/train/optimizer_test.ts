import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import type { ParameterSpec } from "@/lib/model/parameters.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { optimize, type OptimizerSettings } from "@/lib/train/optimizer.ts";

await loadBackend();

const specs: ParameterSpec[] = [
  { name: "w", kind: "dense", shape: [2, 1] },
  { name: "b", kind: "offset", shape: [1] },
];

/** One step on w = (3, 4), b = 2 with gradients (0.6, 0.8), 0.5, velocities (1, 2), 3 and rate 0.1. */
function step(settings: OptimizerSettings, gradient: number[] = [0.6, 0.8]) {
  return tf.tidy(() => {
    const { parameters, velocity } = optimize({
      parameters: { w: tf.tensor2d([[3], [4]]), b: tf.tensor1d([2]) },
      gradients: { w: tf.tensor2d(gradient, [2, 1]), b: tf.tensor1d([0.5]) },
      velocity: { w: tf.tensor2d([[1], [2]]), b: tf.tensor1d([3]) },
      learningRate: tf.scalar(0.1),
    }, { specs, settings });
    return [parameters.w!, parameters.b!, velocity.w!, velocity.b!].map((t) => [...t.dataSync()]);
  });
}

function near(actual: number[][], wanted: number[][]): void {
  wanted.flat().forEach((value, i) => {
    assert.ok(Math.abs(actual.flat()[i]! - value) < 1e-6, `${actual} is not ${wanted}`);
  });
}

Deno.test("optimize() with sgd decays weights, spares biases and adds momentum", () => {
  // Weights: 0.9 * 1 + 0.6 + 0.01 * 3 = 1.53 and 0.9 * 2 + 0.8 + 0.01 * 4 = 2.64; bias: 0.9 * 3 + 0.5 = 3.2.
  near(step({ name: "sgd", momentum: 0.9, weightDecay: 0.01 }), [
    [3 - 0.153, 4 - 0.264],
    [2 - 0.32],
    [1.53, 2.64],
    [3.2],
  ]);
});

Deno.test("optimize() with lars scales a weight's move by its trust ratio and spares biases", () => {
  // The decayed gradient is (0.9, 1.2), of length 1.5; the weights have length 5: trust 0.001 * 5 / 1.5.
  const move = 0.1 * 0.001 * 5 / 1.5;
  const velocity = [0.9 * 1 + move * 0.9, 0.9 * 2 + move * 1.2];
  near(step({ name: "lars", momentum: 0.9, weightDecay: 0.1 }), [
    [3 - velocity[0]!, 4 - velocity[1]!],
    [2 - (2.7 + 0.05)],
    velocity,
    [2.75],
  ]);
});

Deno.test("optimize() with lars leaves a weight without gradient to its momentum", () => {
  near(step({ name: "lars", momentum: 0.9, weightDecay: 0 }, [0, 0]).slice(0, 1), [[2.1, 2.2]]);
});
