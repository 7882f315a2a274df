import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { initialWeights } from "@/lib/model/parameters.ts";
import { disposeNamed, loadBackend } from "@/lib/tensor/mod.ts";
import { initialState, keptOf, readWeights, type TrainingState } from "@/lib/train/state.ts";

await loadBackend();

const specs = {
  parameters: [
    { name: "w", kind: "dense", shape: [2, 3] },
    { name: "b", kind: "offset", shape: [3] },
  ],
  statistics: [{ name: "m", shape: [3], initial: 0 }, { name: "v", shape: [3], initial: 1 }],
  memory: {
    tensors: [
      { name: "slow.w", shape: [2, 3], start: { copyOf: "w" } },
      { name: "slow.v", shape: [3], start: { copyOf: "v" } },
      { name: "queue", shape: [5, 4], start: "unit rows" },
      { name: "centre", shape: [4], start: "zeros" },
    ],
  },
} as const;

Deno.test("initialState() has the initial weights and empty slots", async () => {
  const state = initialState(specs, 4);
  assert.deepEqual(await readWeights(state, specs), initialWeights(specs, 4));
  assert.deepEqual(state.slots.w!.map((slot) => [...slot.dataSync()]), [[0, 0, 0, 0, 0, 0]]);
  disposeNamed(state);
});

Deno.test("initialState() begins a memory with copies of weights, random unit vectors and zeros", () => {
  const [state, again, other] = [4, 4, 5].map((seed) => initialState(specs, seed));
  const values = ({ memory }: TrainingState, name: string) => [...memory[name]!.dataSync()];
  assert.deepEqual(values(state!, "slow.w"), [...state!.parameters.w!.dataSync()]);
  assert.deepEqual(values(state!, "slow.v"), [1, 1, 1]);
  const queue = values(state!, "queue");
  for (let row = 0; row < 5; row++) {
    assert.ok(Math.abs(Math.hypot(...queue.slice(4 * row, 4 * row + 4)) - 1) < 1e-6);
  }
  assert.equal(new Set(queue).size, 20);
  assert.deepEqual(values(state!, "centre"), [0, 0, 0, 0]);
  assert.deepEqual(values(again!, "queue"), queue);
  assert.notDeepEqual(values(other!, "queue"), queue);
  disposeNamed([state, again, other]);
});

Deno.test("keptOf() is the trained encoder, unless the memory holds the one that is kept", async () => {
  const state = initialState(specs, 4);
  const encoder = { parameters: [specs.parameters[0]], statistics: [specs.statistics[1]] };
  assert.equal(keptOf(state, {}), state);
  const slower = { ...state, memory: { ...state.memory, "slow.w": tf.fill([2, 3], 7) } };
  const kept = (memory: TrainingState["memory"]) => ({
    w: memory["slow.w"]!,
    v: memory["slow.v"]!,
  });
  const weights = await readWeights(keptOf(slower, { memory: { kept } }), encoder);
  assert.deepEqual(weights, { w: new Float32Array(6).fill(7), v: new Float32Array(3).fill(1) });
  disposeNamed([state, slower.memory["slow.w"]!]);
});

Deno.test("initialState() gives each parameter what the optimizer remembers of it", () => {
  for (
    const [optimizer, shapes] of [["lars", [[2, 3]]], ["adam", [[2, 3], [2, 3], [], []]]] as const
  ) {
    const state = initialState(specs, 4, { optimizer });
    assert.deepEqual(state.slots.w!.map(({ shape }) => shape), shapes);
    disposeNamed(state);
  }
});

Deno.test("readWeights() reads no more than it is asked for", async () => {
  const state = initialState(specs, 4);
  const weights = await readWeights(state, { parameters: [specs.parameters[0]], statistics: [] });
  assert.deepEqual(Object.keys(weights), ["w"]);
  disposeNamed(state);
});
