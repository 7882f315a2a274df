/** Devices that work as one. */

import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compile, compileNamed, liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { liveBuffers } from "@/lib/tensor/pjrt/buffer.ts";

await loadBackend({ device: "xla-cpu*4" });

const rows = Array.from({ length: 8 }, (_, i) => [i, 2 * i]);

Deno.test("compile() gives on four devices that share a batch what it gives on one, sums over all of it included", async () => {
  const before = [tf.memory().numTensors, liveHandles(), liveBuffers()];
  const f = compile(([w, x]) => [
    tf.add(w!, 1),
    tf.sum(tf.mul(x!, w!)),
    tf.mul(x!, w!),
    tf.gather(x!, tf.tensor1d([6, 1], "int32")),
  ], { donates: [0], batched: [1] });
  const x = tf.tensor2d(rows);
  let w: tf.Tensor = tf.tensor1d([1, 2]);
  for (const factor of [1, 2]) {
    const [next, sum, product, chosen] = await f([w, x]);
    assert.ok(w.isDisposed);
    assert.equal(sum!.arraySync(), 28 * factor + 56 * (factor + 1));
    assert.deepEqual(product!.arraySync(), rows.map(([a, b]) => [a! * factor, b! * (factor + 1)]));
    assert.deepEqual(chosen!.arraySync(), [[6, 12], [1, 2]]);
    tf.dispose([sum!, product!, chosen!]);
    w = next!;
  }
  assert.deepEqual(w.arraySync(), [3, 4]);
  // What each device has a share of is read whole, and so an operation of TensorFlow's meets it.
  assert.deepEqual(x.arraySync(), rows);
  tf.tidy(() => assert.deepEqual(tf.add(x, 0).arraySync(), rows));
  f.dispose();
  tf.dispose([w, x]);
  assert.deepEqual([tf.memory().numTensors, liveHandles(), liveBuffers()], before);
});

Deno.test("compile() takes one tensor as a batch and as a whole, one after the other", async () => {
  const f = compile(([x]) => [tf.sum(x!)], { batched: [0] }), g = compile(([x]) => [tf.sum(x!)]);
  const x = tf.tensor2d(rows);
  for (const sum of [f, g, f, g]) {
    const [total] = await sum([x]);
    assert.equal(total!.arraySync(), 84);
    total!.dispose();
  }
  f.dispose();
  g.dispose();
  x.dispose();
});

Deno.test("compile() takes one tensor as a batch and as a whole in one call, and leaves nothing of it", async () => {
  const before = [tf.memory().numTensors, liveHandles(), liveBuffers()];
  const weights = tf.tidy(() => tf.variable(tf.tensor1d([1, 2, 3, 4])));
  const f = compile(([x, y]) => [tf.mul(x!, 2), tf.sum(tf.mul(x!, tf.mul(y!, weights)))], {
    batched: [1],
    donates: [0],
  });
  const x = tf.tensor1d([1, 1, 2, 2]), y = tf.clone(x);
  for (const given of [x, y]) {
    const [doubled, sum] = await f([given, y]);
    assert.deepEqual([doubled!.arraySync(), sum!.arraySync()], [[2, 2, 4, 4], 31]);
    tf.dispose([doubled!, sum!]);
  }
  assert.ok(y.isDisposed);
  // A variable that is a batch too.
  const last = await f([tf.ones([4]), weights]);
  assert.equal(last[1]!.arraySync(), 30);
  f.dispose();
  tf.dispose([last, weights]);
  assert.deepEqual([tf.memory().numTensors, liveHandles(), liveBuffers()], before);
});

Deno.test("compile() refuses a batch that the devices cannot share evenly, before the code is run", async () => {
  let runs = 0;
  const f = compileNamed(({ batch }: { batch: { x: tf.Tensor } }) => {
    runs++;
    return { sum: tf.sum(batch.x) };
  }, { batched: ["batch"] });
  const x = tf.ones([6, 2]);
  await assert.rejects(f({ batch: { x } }), {
    name: "InputError",
    message:
      "device: 4 devices cannot share a batch of 6 evenly. Use as many devices as divide it, or another batch",
  });
  assert.equal(runs, 0);
  x.dispose();
});
