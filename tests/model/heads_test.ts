import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { linearHead } from "@/lib/model/linear_head.ts";
import { mlpHead } from "@/lib/model/mlp_head.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";

await loadBackend();

Deno.test("linearHead() multiplies by its weights and adds its bias", () => {
  tf.tidy(() => {
    const head = linearHead({ input: 2, classes: 3 });
    const parameters = {
      "fc.weight": tf.tensor2d([[1, 2, 3], [4, 5, 6]]),
      "fc.bias": tf.tensor1d([0.5, 0, -1]),
    };
    const { output } = head.forward(tf.tensor2d([[1, 2]]), parameters, {
      training: true,
      statistics: {},
    });
    assert.deepEqual([...output.dataSync()], [9.5, 12, 14]);
  });
});

Deno.test("mlpHead() is dense, normalisation, ReLU, dense", () => {
  tf.tidy(() => {
    const head = mlpHead({ input: 1, hidden: 2, output: 1 });
    const parameters = {
      "head.0.weight": tf.tensor2d([[1, -1]]),
      "head.1.weight": tf.tensor1d([1, 1]),
      "head.1.bias": tf.tensor1d([0, 0.5]),
      "head.3.weight": tf.tensor2d([[3], [5]]),
    };
    const { output, statistics } = head.forward(tf.tensor2d([[0], [2]]), parameters, {
      training: true,
      statistics: {},
    });
    // Hidden [0, 0] and [2, -2] become [-1, 1] and [1, -1], then [-1, 1.5] and [1, -0.5], then [0, 1.5] and [1, 0].
    const [first, second] = output.dataSync();
    assert.ok(Math.abs(first! - 7.5) < 1e-3);
    assert.ok(Math.abs(second! - 3) < 1e-3);
    assert.deepEqual([...statistics["head.1.running_mean"]!.dataSync()], [1, -1]);
  });
});

Deno.test("mlpHead() with biases and no normalisation is dense, ReLU, dense", () => {
  tf.tidy(() => {
    const size = { input: 1, hidden: 2, output: 1, normalised: "none", name: "p" } as const;
    const parameters = {
      "p.0.weight": tf.tensor2d([[1, -1]]),
      "p.0.bias": tf.tensor1d([1, 0.5]),
      "p.3.weight": tf.tensor2d([[3], [5]]),
      "p.3.bias": tf.tensor1d([-1]),
    };
    const head = mlpHead(size);
    assert.deepEqual(head.parameters.map(({ name }) => name), Object.keys(parameters));
    const { output, statistics } = head.forward(tf.tensor2d([[0], [2]]), parameters, {
      training: true,
      statistics: {},
    });
    // Hidden [1, 0.5] and [3, -1.5].
    assert.deepEqual([...output.dataSync()], [3 + 2.5 - 1, 9 - 1]);
    assert.deepEqual(statistics, {});
  });
});

Deno.test("mlpHead() has another activation where it is told so", () => {
  tf.tidy(() => {
    const size = {
      input: 1,
      hidden: 3,
      output: 3,
      normalised: "none",
      activation: "gelu",
    } as const;
    const parameters = {
      "head.0.weight": tf.tensor2d([[1, -1, 2]]),
      "head.0.bias": tf.zeros([3]),
      "head.3.weight": tf.eye(3),
      "head.3.bias": tf.zeros([3]),
    };
    const { output } = mlpHead(size).forward(tf.tensor2d([[1]]), parameters, {
      training: true,
      statistics: {},
    });
    // x (1 + erf(x / √2)) / 2 at 1, -1 and 2, by Python's math.erf.
    const golden = [0.8413447461, -0.1586552539, 1.9544997361];
    golden.forEach((wanted, i) => assert.ok(Math.abs(output.dataSync()[i]! - wanted) < 1e-6));
  });
});

Deno.test("mlpHead() normalised after all layers ends with a scale and no offset", () => {
  tf.tidy(() => {
    const head = mlpHead({ input: 1, hidden: 1, output: 1, layers: 1, normalised: "all" });
    const parameters = { "head.0.weight": tf.tensor2d([[5]]), "head.1.weight": tf.tensor1d([2]) };
    assert.deepEqual(head.parameters.map(({ name }) => name), Object.keys(parameters));
    const { output, statistics } = head.forward(tf.tensor2d([[0], [2]]), parameters, {
      training: true,
      statistics: {},
    });
    // 0 and 10 become -1 and 1.
    [-2, 2].forEach((wanted, i) => assert.ok(Math.abs(output.dataSync()[i]! - wanted) < 1e-4));
    assert.deepEqual([...statistics["head.1.running_mean"]!.dataSync()], [5]);
  });
});
