import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { compileNamed, disposeNamed, liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { underTest } from "@/tests/tensor/under_test.ts";

await loadBackend({ device: underTest.device });

interface Inputs {
  readonly state: { readonly weight: tf.Tensor; readonly slots: readonly tf.Tensor[] };
  readonly rate: tf.Tensor;
  readonly shift?: tf.Tensor;
}

/** A function that tells how often it was traced. */
function counted() {
  let traces = 0;
  const fn = compileNamed(({ state: { weight, slots }, rate, shift }: Inputs) => {
    traces++;
    const moved = tf.sub(weight, tf.mul(slots[0]!, rate));
    return {
      moved: shift === undefined ? moved : tf.add(moved, shift),
      slots: slots.map((slot) => tf.mul(slot, 10)),
    };
  });
  return { fn, traces: () => traces };
}

Deno.test("compileNamed() hands each tensor over under its name, in lists and objects too, and traces one set of names once", async () => {
  const before = [tf.memory().numTensors, liveHandles()];
  const { fn, traces } = counted();
  const weight = tf.scalar(7), rate = tf.scalar(0.5), slots = [tf.scalar(2), tf.scalar(3)];
  const valuesOf = ({ moved, slots }: Awaited<ReturnType<typeof fn>>) => {
    const values = [moved, ...slots].map((one) => one.arraySync());
    disposeNamed([moved, slots]);
    return values;
  };
  assert.deepEqual(valuesOf(await fn({ state: { weight, slots }, rate })), [6, 20, 30]);
  // All have one shape, so that only their names tell them apart.
  assert.deepEqual(valuesOf(await fn({ rate, state: { slots, weight } })), [6, 20, 30]);
  assert.equal(traces(), 1);
  const shift = tf.scalar(100);
  assert.deepEqual(valuesOf(await fn({ shift, state: { weight, slots }, rate })), [106, 20, 30]);
  assert.equal(traces(), 2);
  disposeNamed([weight, rate, slots, shift]);
  fn.dispose();
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
});

Deno.test("compileNamed() refuses a call after it was disposed", async () => {
  const { fn } = counted();
  const inputs = { state: { weight: tf.scalar(1), slots: [tf.scalar(1)] }, rate: tf.scalar(1) };
  disposeNamed(await fn(inputs));
  fn.dispose();
  await assert.rejects(fn(inputs), /^Error: Cannot call .*: it was disposed$/);
  disposeNamed(inputs);
});
