import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import {
  checkCompiled,
  cloneNamed,
  compile,
  compileNamed,
  liveHandles,
  loadBackend,
} from "@/lib/tensor/mod.ts";
import { underTest } from "@/tests/tensor/under_test.ts";

await loadBackend({ device: underTest.device });

const add = ([state, by]: readonly tf.Tensor[]) => [tf.add(state!, by!), tf.sum(state!)];

Deno.test("compile() consumes what it donates as soon as a call is under way, and leaves nothing of it", async () => {
  const before = [tf.memory().numTensors, liveHandles()];
  const f = compile(add, { donates: [0] });
  const by = tf.scalar(1);
  let state: tf.Tensor = tf.zeros([3]);
  for (let i = 0; i < 5; i++) {
    const given = state;
    const call = f([given, by]);
    assert.ok(given.isDisposed);
    const [next, sum] = await call;
    assert.deepEqual(sum!.arraySync(), 3 * i);
    sum!.dispose();
    state = next!;
  }
  const [next, sum] = f.sync([state, by]);
  assert.ok(state.isDisposed);
  assert.deepEqual([next!.arraySync(), sum!.arraySync(), by.arraySync()], [[6, 6, 6], 15, 1]);
  f.dispose();
  tf.dispose([next!, sum!, by]);
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
});

Deno.test("compile() consumes a tensor and spares others of the same values, and one that it is given twice", async () => {
  const f = compile(add, { donates: [0] });
  const state = tf.tensor1d([1, 2]), variable = tf.variable(state), by = tf.tensor1d([10, 20]);
  // Once where they lie with TensorFlow, then where they lie on the device.
  for (let i = 0; i < 2; i++) {
    const copy = tf.clone(state);
    const [moved, sum] = await f([copy, by]);
    assert.deepEqual([moved!.arraySync(), sum!.arraySync()], [[11, 22], 3]);
    assert.deepEqual([state.arraySync(), variable.arraySync()], [[1, 2], [1, 2]]);
    tf.dispose([moved!, sum!]);
  }
  const twice = tf.tensor1d([3, 4]);
  const [doubled] = await f([twice, twice]);
  assert.deepEqual([doubled!.arraySync(), twice.isDisposed], [[6, 8], true]);
  f.dispose();
  tf.dispose([state, variable, by, doubled!]);
});

Deno.test("compile() spares a large captured tensor of which a copy is consumed", async () => {
  const state = tf.fill([2000], 2);
  const f = compile(([x]) => [tf.add(x!, state)], { donates: [0] });
  for (let i = 0; i < 3; i++) {
    const [sum] = await f([tf.clone(state)]);
    assert.ok(sum!.dataSync().every((value) => value === 4));
    sum!.dispose();
  }
  assert.equal(state.dataSync()[0], 2);
  f.dispose();
  state.dispose();
});

Deno.test("compile() leaves what it would consume where the call is refused", async () => {
  const state = tf.tensor1d([1]);
  const throws = compile(() => {
    throw new Error("thrown by the traced code");
  }, { donates: [0] });
  await assert.rejects(throws([state]), /thrown by the traced code/);
  const gone = compile(([x]) => [x!], { donates: [0] });
  gone.dispose();
  await assert.rejects(gone([state]), /it was disposed/);
  assert.deepEqual(state.arraySync(), [1]);
  state.dispose();
});

Deno.test("checkCompiled() checks a function that consumes, and leaves the call its inputs", async () => {
  checkCompiled(true);
  try {
    const f = compile(add, { donates: [0] });
    const by = tf.scalar(1);
    const [next, sum] = await f([tf.tensor1d([1, 2]), by]);
    assert.deepEqual([next!.arraySync(), sum!.arraySync()], [[2, 3], 3]);
    f.dispose();
    tf.dispose([by, next!, sum!]);
  } finally {
    checkCompiled(false);
  }
});

Deno.test("compileNamed() consumes all that is under a name, and cloneNamed() keeps it", async () => {
  const f = compileNamed(
    ({ state, by }: { state: { w: tf.Tensor; slots: tf.Tensor[] }; by: tf.Tensor }) => ({
      state: { w: tf.add(state.w, by), slots: state.slots.map((slot) => tf.mul(slot, by)) },
    }),
    { donates: ["state"] },
  );
  const state = { w: tf.tensor1d([1]), slots: [tf.tensor1d([2]), tf.tensor1d([3])] };
  const by = tf.scalar(2);
  const first = await f({ state: cloneNamed(state), by });
  assert.deepEqual(state.slots.map((slot) => slot.arraySync()), [[2], [3]]);
  const second = await f({ state, by });
  assert.ok([state.w, ...state.slots].every((tensor) => tensor.isDisposed));
  for (const { state: made } of [first, second]) {
    assert.deepEqual([made.w, ...made.slots].map((one) => one.arraySync()), [[3], [4], [6]]);
    tf.dispose([made.w, ...made.slots]);
  }
  f.dispose();
  by.dispose();
});
