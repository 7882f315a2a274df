import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { checkCompiled } from "@/lib/tensor/check_compiled.ts";
import { compile, liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { normal } from "@/tests/tensor/numbers.ts";
import { underTest } from "@/tests/tensor/under_test.ts";

await loadBackend({ device: underTest.device });

/** Runs `body` while newly compiled functions are checked. */
async function checked(body: () => Promise<void> | void): Promise<void> {
  checkCompiled(true);
  try {
    await body();
  } finally {
    checkCompiled(false);
  }
}

Deno.test("checkCompiled() finds a function that a counter in JavaScript changes", async () => {
  await checked(async () => {
    let calls = 0;
    const f = compile(([x]) => [x!, tf.mul(x!, ++calls)], { name: "counts", tolerance: 1e-3 });
    const x = tf.tensor1d([1, -4]);
    const before = { tensors: tf.memory().numTensors, handles: 0 };
    await assert.rejects(f([x]), {
      message:
        /^counts_\d+ does not compute what its code computes when it is run at once: output 2 of 2 differs by up to 4.00, where its largest value is 8.00 and 0.00800 is allowed. A compiled function must be pure: /,
    });
    // Not only the first time, and nothing is left behind.
    before.handles = liveHandles();
    assert.throws(() => f.sync([x]), /output 2 of 2 differs by up to 4.00/);
    assert.deepEqual({ tensors: tf.memory().numTensors, handles: liveHandles() }, before);
    x.dispose();
  });
});

Deno.test("checkCompiled() finds random numbers that are fixed when the code is traced", async () => {
  await checked(() => {
    const f = compile(([x]) => [tf.add(x!, tf.randomUniform([3]))]);
    const x = tf.tensor1d([1, 2, 3]);
    assert.throws(() => f.sync([x]), /output 1 of 1 differs/);
    x.dispose();
  });
});

Deno.test("checkCompiled() holds whole numbers to be equal, floats to be close", async () => {
  await checked(() => {
    let shift = 0;
    const whole = compile(([x]) => [tf.add(x!, tf.scalar(shift++, "int32"))]);
    const n = tf.tensor1d([100000], "int32");
    assert.throws(() => whole.sync([n]), /differs by up to 1.00, .* and 0.00 is allowed/);
    let noise = 0;
    const fractions = (tolerance: number) =>
      compile(([x]) => [tf.add(x!, noise += 0.01)], { tolerance });
    const x = tf.tensor1d([1]);
    assert.throws(() => fractions(1e-3).sync([x]), /differs by up to 0.0100/);
    fractions(0.05).sync([x])[0]!.dispose();
    tf.dispose([n, x]);
  });
});

Deno.test("checkCompiled() lets a pure function pass, not-a-numbers and gradients included", async () => {
  await checked(async () => {
    let runs = 0;
    const f = compile(([x, w]) => {
      runs++;
      const gradient = tf.grad((v) => tf.sum(tf.square(tf.matMul(x as tf.Tensor2D, v))))(w!);
      return [gradient, tf.sqrt(x!), tf.argMax(x!, 1), tf.log(tf.zerosLike(x!))];
    });
    const inputs = [normal([6, 4], 1), normal([4, 3], 2)];
    const before = tf.memory().numTensors;
    tf.dispose(await f(inputs));
    tf.dispose(f.sync(inputs));
    assert.equal(runs, 2, "traced once and checked once");
    assert.equal(tf.memory().numTensors, before);
    f.dispose();
    tf.dispose(inputs);
  });
});

Deno.test("checkCompiled() compares assigned variables, and the check assigns none", async () => {
  await checked(() => {
    const state = tf.variable(tf.scalar(1), true, "state");
    const x = tf.scalar(2);
    const pure = compile(([by]) => {
      state.assign(tf.add(state, by!));
      return [];
    });
    pure.sync([x]);
    assert.equal(state.dataSync()[0], 3);
    let calls = 0;
    const impure = compile(() => {
      state.assign(tf.add(state, ++calls));
      return [];
    });
    assert.throws(() => impure.sync([]), /the variable "state" differs by up to 1.00/);
    assert.equal(state.dataSync()[0], 3);
    pure.dispose();
    tf.dispose([state, x]);
  });
});
