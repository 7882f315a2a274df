import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { loadBackend, memoryScope } from "@/lib/tensor/mod.ts";

await loadBackend();

Deno.test("memoryScope() frees what it owns at its end, over an await and after an error, and nothing else", async () => {
  const before = tf.memory().numTensors;
  const outside = tf.scalar(1);
  const use = async (fail: boolean) => {
    using scope = memoryScope();
    const { list } = scope.own({ list: [tf.scalar(2), tf.scalar(3)] });
    const early = scope.own(tf.add(list[0]!, list[1]!));
    assert.equal((await early.data())[0], 5);
    early.dispose();
    if (fail) throw new Error("on purpose");
    return tf.add(outside, list[0]!);
  };
  const result = await use(false);
  assert.equal(result.dataSync()[0], 3);
  await assert.rejects(use(true), /on purpose/);
  assert.equal(tf.memory().numTensors, before + 2);
  tf.dispose([outside, result]);
});

Deno.test("memoryScope() holds its own where another is open at the same time", async () => {
  const before = tf.memory().numTensors;
  const sum = async (values: number[], pause: number) => {
    using scope = memoryScope();
    const x = scope.own(tf.tensor1d(values));
    await new Promise((resolve) => setTimeout(resolve, pause));
    return scope.own(tf.sum(x)).dataSync()[0];
  };
  assert.deepEqual(await Promise.all([sum([1, 2], 10), sum([3, 4], 1)]), [3, 7]);
  assert.equal(tf.memory().numTensors, before);
});
