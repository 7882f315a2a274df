import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { initialWeights } from "@/lib/model/parameters.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { flatten, initialState, readWeights, unflatten } from "@/lib/train/state.ts";

await loadBackend();

const specs = {
  parameters: [
    { name: "w", kind: "dense", shape: [2, 3] },
    { name: "b", kind: "offset", shape: [3] },
  ],
  statistics: [{ name: "m", shape: [3], initial: 0 }, { name: "v", shape: [3], initial: 1 }],
} as const;

Deno.test("initialState() has the initial weights and empty slots", async () => {
  const state = initialState(specs, 4);
  assert.deepEqual(await readWeights(state, specs), initialWeights(specs, 4));
  assert.deepEqual(state.slots.w!.map((slot) => [...slot.dataSync()]), [[0, 0, 0, 0, 0, 0]]);
  tf.dispose(flatten(state, specs));
});

Deno.test("unflatten() undoes flatten(), whatever the optimizer remembers", () => {
  for (const [optimizer, slots] of [["lars", 1], ["adam", 4]] as const) {
    const state = initialState(specs, 4, { optimizer });
    const flat = flatten(state, specs);
    assert.equal(flat.length, 2 + 2 * slots + 2);
    assert.deepEqual(unflatten(flat, specs), state);
    tf.dispose(flat);
  }
});

Deno.test("readWeights() reads no more than it is asked for", async () => {
  const state = initialState(specs, 4);
  const weights = await readWeights(state, { parameters: [specs.parameters[0]], statistics: [] });
  assert.deepEqual(Object.keys(weights), ["w"]);
  tf.dispose(flatten(state, specs));
});
