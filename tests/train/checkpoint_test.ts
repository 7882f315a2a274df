import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import type { Tensors } from "@/lib/model/layers.ts";
import { disposeNamed, loadBackend } from "@/lib/tensor/mod.ts";
import {
  decodeCheckpoint,
  encodeCheckpoint,
  isFiniteState,
  readState,
  restoreState,
} from "@/lib/train/checkpoint.ts";
import { initialState, type TrainingState } from "@/lib/train/state.ts";

await loadBackend();

const specs = {
  parameters: [
    { name: "a.weight", kind: "dense", shape: [2, 3] },
    { name: "b", kind: "offset", shape: [3] },
  ],
  statistics: [{ name: "mean", shape: [3], initial: 0 }],
  memory: {
    tensors: [
      { name: "copy.b", shape: [3], start: { copyOf: "b" } },
      { name: "queue", shape: [4, 2], start: "unit rows" },
    ],
  },
} as const;

const progress = {
  done: 7,
  seconds: 1.25,
  curve: [{
    epoch: 1,
    loss: 0.1 + 0.2,
    accuracy: 1 / 3,
    learningRate: 1e-7,
    featureNorm: 2 / 3,
    effectiveRank: 1.1,
    viewsPerSecond: 1e4 / 7,
    peakMemory: 2 ** 33 + 1,
    seconds: 0.7,
  }],
  metrics: { losses: [Math.fround(2.3), 5], accuracies: [Math.fround(0.1), 0] },
  earlier: { steps: 12, results: [{ learningRate: 0.1, accuracy: null }] },
};

/** The shapes and values of a state's tensors, under their names. */
function valuesOf({ parameters, slots, statistics, memory }: TrainingState) {
  const read = (tensor: tf.Tensor) => [tensor.shape, tensor.dataSync()];
  const readAll = (tensors: Tensors) =>
    Object.fromEntries(Object.entries(tensors).map(([name, one]) => [name, read(one)]));
  return {
    parameters: readAll(parameters),
    slots: Object.fromEntries(Object.entries(slots).map(([name, list]) => [name, list.map(read)])),
    statistics: readAll(statistics),
    memory: readAll(memory),
  };
}

Deno.test("a checkpoint brings back the state, the curve and the losses to the bit", async () => {
  for (const optimizer of ["sgd", "adam"] as const) {
    const before = initialState(specs, 4, { optimizer });
    // Every tensor differs, so that none can be taken for another.
    const state = {
      ...before,
      slots: Object.fromEntries(
        Object.entries(before.slots).map(([name, slots], row) => [
          name,
          slots.map((slot, i) => tf.add(slot, 1 / (3 + i + 10 * row))),
        ]),
      ),
    };
    const values = valuesOf(state);
    const tensors = await readState(state, specs);
    const bytes = encodeCheckpoint({ identity: "me", progress, tensors });
    const again = decodeCheckpoint(bytes, "file");
    assert.equal(again.identity, "me");
    assert.deepEqual(again.progress, progress);
    const restored = restoreState(again.tensors, specs);
    assert.deepEqual(valuesOf(restored), values);
    disposeNamed([before, state, restored]);
  }
});

Deno.test("equal checkpoints have equal bytes", async () => {
  const state = initialState(specs, 4);
  const encode = async () =>
    encodeCheckpoint({ identity: "me", progress, tensors: await readState(state, specs) });
  assert.deepEqual(await encode(), await encode());
  disposeNamed(state);
});

Deno.test("isFiniteState() notices one value that is not finite, in any tensor", async () => {
  const state = initialState(specs, 4);
  const tensors = await readState(state, specs);
  assert.ok(isFiniteState(tensors));
  for (const [name, tensor] of Object.entries(tensors)) {
    for (const value of [NaN, Infinity, -Infinity]) {
      const bytes = tensor.bytes.slice();
      new Float32Array(bytes.buffer)[bytes.length / 4 - 1] = value;
      assert.ok(!isFiniteState({ ...tensors, [name]: { ...tensor, bytes } }), `${name} ${value}`);
    }
  }
  disposeNamed(state);
});
