/** What is an accelerator's own: where tensors lie, and what is copied when. */

import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import {
  compile,
  gatherImages,
  liveHandles,
  loadBackend,
  toBfloat16,
  toFloat32,
  uint8Tensor,
} from "@/lib/tensor/mod.ts";
import { liveBuffers } from "@/lib/tensor/pjrt/buffer.ts";
import { copiedBy } from "@/tests/tensor/copied_by.ts";

const backend = await loadBackend({ device: "xla-cpu" });

Deno.test("loadBackend() tells the plugin that runs compiled functions", () => {
  assert.deepEqual([backend.name, backend.device], ["tensorflow", "xla-cpu"]);
  const { plugin, api, platform, kind } = backend.accelerator!;
  assert.match(plugin, /\.so$|\.dylib$/);
  assert.match(api, /^0\.\d+$/);
  assert.deepEqual([platform, kind], ["cpu", "cpu"]);
});

Deno.test("compile() has floats that it captures as inputs, however few, so that other values make no other program", async () => {
  const weights = tf.tensor1d([2, 3]), places = tf.tensor1d([1, 0], "int32");
  const f = compile(([x]) => [tf.mul(tf.gather(x!, places), weights)]);
  const x = tf.tensor1d([5, 7]);
  const calls = await copiedBy(async () => {
    for (let i = 0; i < 2; i++) {
      const [y] = await f([x]);
      assert.deepEqual(await y!.array(), [14, 15]);
      y!.dispose();
    }
  });
  // Integers say how it computes.
  assert.deepEqual(calls, { uploads: 2, downloads: 2, uploadedBytes: 16, downloadedBytes: 16 });
  f.dispose();
  tf.dispose([weights, places, x]);
});

Deno.test("compile() brings an input to the device once, and its results stay there", async () => {
  const f = compile(([x, w]) => [tf.mul(x!, w!)]);
  const x = tf.ones([100]), w = tf.ones([100]);
  let y: tf.Tensor = x;
  const calls = await copiedBy(async () => {
    for (let i = 0; i < 20; i++) {
      const [next] = await f([y, w]);
      if (y !== x) y.dispose();
      y = next!;
    }
  });
  assert.deepEqual(calls, { uploads: 2, downloads: 0, uploadedBytes: 800, downloadedBytes: 0 });
  // Read without being moved, and so as often as it is asked for.
  const reads = await copiedBy(async () => {
    assert.equal((await y.data())[0], 1);
    assert.equal(y.dataSync()[0], 1);
  });
  assert.deepEqual(reads, { uploads: 0, downloads: 2, uploadedBytes: 0, downloadedBytes: 800 });
  const again = await copiedBy(async () => (await f([y, w]))[0]!.dispose());
  assert.deepEqual(again, { uploads: 0, downloads: 0, uploadedBytes: 0, downloadedBytes: 0 });
  f.dispose();
  tf.dispose([x, w, y]);
});

Deno.test("an operation of TensorFlow's brings a tensor back, and a call takes it to the device again", async () => {
  const f = compile(([x]) => [tf.add(x!, 1)]);
  const x = tf.tensor1d([1, 2]);
  const [y] = await f([x]);
  const back = await copiedBy(() =>
    tf.tidy(() => assert.deepEqual(tf.mul(y!, 2).arraySync(), [4, 6]))
  );
  assert.deepEqual([back.uploads, back.downloads], [0, 1]);
  const there = await copiedBy(async () => (await f([y!]))[0]!.dispose());
  assert.deepEqual([there.uploads, there.downloads], [1, 0]);
  f.dispose();
  tf.dispose([x, y!]);
});

Deno.test("a large captured tensor is brought to the device once, and goes with the function", async () => {
  const before = { handles: liveHandles(), buffers: liveBuffers() };
  const large = tf.fill([2000], 3), x = tf.scalar(2);
  const f = compile(([a]) => [tf.mul(a!, large)]);
  const calls = await copiedBy(async () => {
    for (let i = 0; i < 3; i++) tf.dispose(await f([x]));
  });
  assert.deepEqual([calls.uploads, calls.uploadedBytes], [2, 8004]);
  f.dispose();
  tf.dispose([large, x]);
  assert.deepEqual({ handles: liveHandles(), buffers: liveBuffers() }, before);
});

Deno.test("bytes, bfloat16, whole numbers and truth values go to the device and come back as they were", async () => {
  const bytes = uint8Tensor(Uint8Array.of(0, 255, 51), [3, 1, 1, 1]);
  const narrow = toBfloat16(tf.tensor1d([1.5, -0.1, 3e38]));
  const wanted = [...narrow.dataSync()];
  const whole = tf.tensor1d([-7, 2 ** 30], "int32"), truth = tf.tensor1d([true, false], "bool");
  const f = compile(([b, n, i, t]) => [
    gatherImages(b!, tf.tensor1d([1, 2], "int32")),
    n!,
    toFloat32(n!),
    i!,
    tf.logicalNot(t!),
    b!,
  ]);
  const outputs = await f([bytes, narrow, whole, truth]);
  const [images, same, wide, ints, not, stored] = outputs.map((output) => [...output.dataSync()]);
  assert.deepEqual(images!.map((value) => Math.round(255 * value)), [255, 51]);
  assert.deepEqual([same, wide], [wanted, wanted]);
  assert.deepEqual([ints, not, stored], [[-7, 2 ** 30], [0, 1], [0, 255, 51]]);
  // As an operation of TensorFlow's meets it.
  assert.deepEqual([...toFloat32(outputs[1]!).dataSync()], wanted);
  f.dispose();
  tf.dispose([bytes, narrow, whole, truth, outputs]);
});

Deno.test("a result for which there is no memory is told as that by its call, as it is read or by the next, and the one after goes on", async () => {
  const before = [tf.memory().numTensors, liveHandles(), liveBuffers()];
  const tiled = compile(([x]) => [tf.tile(x!, [2e6])]);
  const f = compile(([x]) => [tf.sum(tf.tile(x!, [2e6])), tf.tile(x!, [2e6])]),
    g = compile(([x]) => [tf.add(x!, 1)]);
  const large = tf.ones([1e6]), x = tf.scalar(1);
  const as = (message: RegExp) => ({ name: "PjrtError", kind: "out of memory", message });
  await assert.rejects(
    tiled([large]),
    as(/^The device has not enough memory\. The function needs 8 TB\. A smaller batch fits\. \(/),
  );
  const told = as(/^The device has not enough memory\. A smaller batch fits\. \(.*8000000000000/);
  const results = await f([large]);
  await assert.rejects(results[0]!.data(), told);
  assert.throws(() => results[0]!.dataSync(), told);
  await assert.rejects(g([x]), told);
  const [sum] = await g([x]);
  assert.equal(sum!.arraySync(), 2);
  for (const one of [tiled, f, g]) one.dispose();
  tf.dispose([large, x, results, sum!]);
  assert.deepEqual([tf.memory().numTensors, liveHandles(), liveBuffers()], before);
});

Deno.test("compile() refuses an operation that no program is known for, when it is traced, and names it", async () => {
  const x = tf.ones([1, 2]);
  const f = compile(([v]) => [tf.einsum("ij,kj->ik", v!, v!)]);
  await assert.rejects(f([x]), /^Error: Cannot compile Einsum: /);
  const before = [tf.memory().numTensors, liveHandles()];
  await assert.rejects(f([x]), /^Error: Cannot compile Einsum: /);
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
  x.dispose();
});
