import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import type { ParameterSpec } from "@/lib/network/mod.ts";
import { compileNamed, disposeNamed, loadBackend } from "@/lib/tensor/mod.ts";
import {
  optimize,
  type OptimizerInputs,
  type OptimizerOutputs,
  type OptimizerSettings,
  type Slots,
  slotShapes,
} from "@/lib/train/optimizer.ts";
import { initialState } from "@/lib/train/state.ts";
import { plainOptimizer } from "@/tests/train/plain_optimizer.ts";

await loadBackend();

const specs: ParameterSpec[] = [
  { name: "w", kind: "dense", shape: [2, 1] },
  { name: "b", kind: "offset", shape: [1] },
];

/** One step on w = (3, 4), b = 2 with gradients (0.6, 0.8), 0.5 and rate 0.1: the weights, then every slot. */
function step(settings: OptimizerSettings, slots: Slots, gradient: number[] = [0.6, 0.8]) {
  return tf.tidy(() => {
    const after = optimize({
      parameters: { w: tf.tensor2d([[3], [4]]), b: tf.tensor1d([2]) },
      gradients: { w: tf.tensor2d(gradient, [2, 1]), b: tf.tensor1d([0.5]) },
      slots,
      learningRate: tf.scalar(0.1),
    }, { specs, settings });
    const tensors = [
      after.parameters.w!,
      after.parameters.b!,
      ...after.slots.w!,
      ...after.slots.b!,
    ];
    return tensors.map((tensor) => [...tensor.dataSync()]);
  });
}

/** Velocities (1, 2) and 3. */
const velocity = (): Slots => ({ w: [tf.tensor2d([[1], [2]])], b: [tf.tensor1d([3])] });

function near(actual: number[][], wanted: number[][]): void {
  wanted.flat().forEach((value, i) => {
    assert.ok(Math.abs(actual.flat()[i]! - value) < 1e-6, `${actual} is not ${wanted}`);
  });
}

Deno.test("optimize() with sgd decays weights, spares biases and adds momentum", () => {
  // Weights: 0.9 * 1 + 0.6 + 0.01 * 3 = 1.53 and 0.9 * 2 + 0.8 + 0.01 * 4 = 2.64; bias: 0.9 * 3 + 0.5 = 3.2.
  near(step({ name: "sgd", momentum: 0.9, weightDecay: 0.01 }, velocity()), [
    [3 - 0.153, 4 - 0.264],
    [2 - 0.32],
    [1.53, 2.64],
    [3.2],
  ]);
});

Deno.test("optimize() with lars scales a weight's move by its trust ratio and spares biases", () => {
  // The decayed gradient is (0.9, 1.2), of length 1.5; the weights have length 5: trust 0.001 * 5 / 1.5.
  const move = 0.1 * 0.001 * 5 / 1.5;
  const next = [0.9 * 1 + move * 0.9, 0.9 * 2 + move * 1.2];
  near(step({ name: "lars", momentum: 0.9, weightDecay: 0.1 }, velocity()), [
    [3 - next[0]!, 4 - next[1]!],
    [2 - (2.7 + 0.05)],
    next,
    [2.75],
  ]);
});

Deno.test("optimize() with lars leaves a weight without gradient to its momentum", () => {
  const settings = { name: "lars", momentum: 0.9, weightDecay: 0 } as const;
  near(step(settings, velocity(), [0, 0]).slice(0, 1), [[2.1, 2.2]]);
});

Deno.test("optimize() with adam moves by the rate at first, decays weights beside the gradient and spares biases", () => {
  const zeros = Object.fromEntries(
    specs.map(({ name, shape }) => [
      name,
      slotShapes("adam", shape).map((slot) => tf.zeros([...slot])),
    ]),
  );
  // The first step's corrected means are the gradient and its square, so that each weight moves by the rate.
  near(step({ name: "adam", beta1: 0.9, beta2: 0.999, weightDecay: 0.01 }, zeros), [
    [3 - 0.1 - 0.1 * 0.01 * 3, 4 - 0.1 - 0.1 * 0.01 * 4],
    [2 - 0.1],
    [0.06, 0.08],
    [0.001 * 0.36, 0.001 * 0.64],
    [0.1],
    [0.001],
    [0.05],
    [0.001 * 0.25],
    [0.1],
    [0.001],
  ]);
});

// Six steps of gradients that change their size and sign, at a changing rate.
const rates = [0.1, 0.2, 0.2, 0.15, 0.1, 0.05];
const gradientsOfW = [[0.6, -0.8], [0.1, 0.3], [-2, 1e-3], [0, 0], [0.5, -0.5], [0.02, 4]];
const gradientsOfB = [[0.5], [-0.25], [1], [0], [3], [-1e-4]];

const golden: readonly {
  readonly settings: OptimizerSettings;
  readonly w: readonly number[];
  readonly b: readonly number[];
}[] = [
  {
    settings: { name: "sgd", momentum: 0.9, weightDecay: 0.01 },
    w: [3.3179481257265, -3.7085144592992],
    b: [0.941114],
  },
  {
    settings: { name: "lars", momentum: 0.9, weightDecay: 0.01 },
    w: [2.9983133561280, -3.9996658394717],
    b: [0.7126805],
  },
  {
    settings: { name: "adam", beta1: 0.9, beta2: 0.999, weightDecay: 0.05 },
    w: [2.7948651692752, -3.5610580348195],
    b: [1.5380814460075],
  },
  {
    settings: { name: "adam", beta1: 0, beta2: 0.5, weightDecay: 0 },
    w: [3.0418689625202, -3.9583740138811],
    b: [1.6513157945791],
  },
];

for (const { settings, w, b } of golden) {
  Deno.test(`optimize() takes the same six steps as ${JSON.stringify(settings)} in plain arithmetic`, async () => {
    const start = initialState({ parameters: specs, statistics: [] }, 1, {
      optimizer: settings.name,
    });
    const compiled = compileNamed((inputs: OptimizerInputs) =>
      optimize(inputs, { specs, settings })
    );
    disposeNamed(start.parameters);
    let state: OptimizerOutputs = {
      slots: start.slots,
      parameters: { w: tf.tensor2d([[3], [-4]]), b: tf.tensor1d([2]) },
    };
    for (const [i, rate] of rates.entries()) {
      const inputs = {
        ...state,
        learningRate: tf.scalar(rate),
        gradients: {
          w: tf.tensor2d(gradientsOfW[i]!, [2, 1]),
          b: tf.tensor1d(gradientsOfB[i]!),
        },
      };
      state = await compiled(inputs);
      disposeNamed(inputs);
    }
    const ours = [...state.parameters.w!.dataSync(), ...state.parameters.b!.dataSync()];
    disposeNamed(state);
    compiled.dispose();
    const plain = [
      ...plainOptimizer(settings, { start: [3, -4], gradients: gradientsOfW, rates, decays: true }),
      ...plainOptimizer(settings, { start: [2], gradients: gradientsOfB, rates, decays: false }),
    ];
    near([plain], [[...w, ...b]]);
    near([ours], [plain]);
  });
}
