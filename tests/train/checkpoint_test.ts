import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { loadBackend } from "@/lib/tensor/mod.ts";
import {
  decodeCheckpoint,
  encodeCheckpoint,
  isFiniteState,
  readState,
  restoreState,
} from "@/lib/train/checkpoint.ts";
import { flatten, initialState } from "@/lib/train/state.ts";

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
};

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
    const values = flatten(state, specs).map((tensor) => [tensor.shape, tensor.dataSync()]);
    const tensors = await readState(state, specs);
    const bytes = encodeCheckpoint({ identity: "me", progress, tensors });
    const again = decodeCheckpoint(bytes, "file");
    assert.equal(again.identity, "me");
    assert.deepEqual(again.progress, progress);
    const restored = restoreState(again.tensors, specs);
    assert.deepEqual(
      flatten(restored, specs).map((tensor) => [tensor.shape, tensor.dataSync()]),
      values,
    );
    tf.dispose([...flatten(before, specs), ...flatten(state, specs), ...flatten(restored, specs)]);
  }
});

Deno.test("equal checkpoints have equal bytes", async () => {
  const state = initialState(specs, 4);
  const encode = async () =>
    encodeCheckpoint({ identity: "me", progress, tensors: await readState(state, specs) });
  assert.deepEqual(await encode(), await encode());
  tf.dispose(flatten(state, specs));
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
  tf.dispose(flatten(state, specs));
});
