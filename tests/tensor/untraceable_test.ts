import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compile, liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { underTest } from "@/tests/tensor/under_test.ts";

await loadBackend({ device: underTest.device });

const READS =
  /Cannot read a tensor's values inside a compiled function .*Return the tensor and read it outside/;

const atOnce: Record<string, (x: tf.Tensor) => unknown> = {
  "dataSync()": (x) => x.dataSync(),
  "arraySync()": (x) => x.arraySync(),
  "bufferSync()": (x) => x.bufferSync(),
  "print()": (x) => x.print(),
  "toString()": (x) => String(x),
  "dataSync() of a gradient": (x) => tf.grad((v) => tf.sum(tf.square(v)))(x).dataSync(),
};

for (const [way, read] of Object.entries(atOnce)) {
  Deno.test(`compile() says how to mend code that reads values by ${way}`, () => {
    const x = tf.tensor1d([1, 2]);
    const before = tf.memory().numTensors;
    const f = compile(([v]) => {
      read(tf.add(v!, 1));
      return [v!];
    });
    assert.throws(() => f.sync([x]), READS);
    const handles = liveHandles();
    assert.throws(() => f.sync([x]), READS);
    assert.equal(liveHandles(), handles);
    assert.equal(tf.memory().numTensors, before);
    x.dispose();
  });
}

const later: Record<string, (x: tf.Tensor) => Promise<unknown>> = {
  "data()": (x) => x.data(),
  "array()": (x) => x.array(),
  "buffer()": (x) => x.buffer(),
  "tf.whereAsync": (x) => tf.whereAsync(tf.greater(x, 1)),
  "tf.booleanMaskAsync": (x) => tf.booleanMaskAsync(x, tf.greater(x, 1)),
  "tf.setdiff1dAsync": (x) => tf.setdiff1dAsync(x, tf.zeros([1])),
};

for (const [way, read] of Object.entries(later)) {
  Deno.test(`compile() refuses code that awaits ${way}, and ${way} says why it fails`, async () => {
    const x = tf.tensor1d([1, 2]);
    let reading: Promise<unknown> | undefined;
    const waits = compile(
      (async (inputs: readonly tf.Tensor[]) => {
        await (reading = read(inputs[0]!));
        return inputs;
      }) as never,
    );
    assert.throws(() => waits.sync([x]), {
      name: "TypeError",
      message:
        /^Cannot compile \w+: it must return an array of tensors, at once \(not a promise\)$/,
    });
    await assert.rejects(reading!, READS);
    x.dispose();
  });
}

Deno.test("compile() refuses to await a compiled function inside another", () => {
  const inner = compile(([x]) => [x!], { name: "inner" });
  let called: Promise<unknown> | undefined;
  const outer = compile(([x]) => {
    called = inner([x!]);
    return [x!];
  });
  const x = tf.scalar(1);
  tf.dispose(outer.sync([x]));
  outer.dispose();
  x.dispose();
  return assert.rejects(
    called!,
    /Cannot await inner_\d+ inside a compiled function: call inner_\d+\.sync\(\)/,
  );
});
