import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compile, liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { underTest } from "@/tests/tensor/under_test.ts";

await loadBackend({ device: underTest.device });

function numbers(tensor: tf.Tensor | undefined): number[] {
  return [...tensor!.dataSync()];
}

Deno.test("compile() reads a variable at each call", async () => {
  const weights = tf.variable(tf.tensor1d([1, 2]));
  const double = compile(([x]) => [tf.mul(x!, weights)]);
  const x = tf.tensor1d([10, 10]);
  const first = await double([x]);
  tf.tidy(() => weights.assign(tf.add(weights, 1)));
  const second = double.sync([x]);
  assert.deepEqual(numbers(first[0]), [10, 20]);
  assert.deepEqual(numbers(second[0]), [20, 30]);
  double.dispose();
  tf.dispose([weights, x, first, second]);
});

Deno.test("compile() assigns a variable when the call is done, and lets the code read it back", async () => {
  const count = tf.variable(tf.scalar(1)), other = tf.variable(tf.scalar(100));
  const step = compile(([by]) => {
    const before = tf.clone(count);
    count.assign(tf.add(count, by!));
    other.assign(tf.mul(count, 2));
    return [before, tf.mul(count, 10)];
  });
  const by = tf.scalar(4);
  const results = [...step.sync([by]), ...await step([by])];
  assert.deepEqual(results.flatMap(numbers), [1, 50, 5, 90]);
  assert.deepEqual([count, other].flatMap(numbers), [9, 18]);
  step.dispose();
  tf.dispose([count, other, by, results]);
});

Deno.test("compile() swaps two variables, and assigns an input to one", () => {
  const a = tf.variable(tf.scalar(1)), b = tf.variable(tf.scalar(2)), c = tf.variable(tf.scalar(0));
  const swap = compile(([x]) => {
    const kept = tf.clone(a);
    a.assign(b as tf.Tensor<tf.Rank.R0>);
    b.assign(kept);
    c.assign(x as tf.Scalar);
    return [];
  });
  const x = tf.scalar(7);
  assert.deepEqual(swap.sync([x]), []);
  assert.deepEqual([a, b, c, x].flatMap(numbers), [2, 1, 7, 7]);
  swap.sync([x]);
  assert.deepEqual([a, b].flatMap(numbers), [1, 2]);
  swap.dispose();
  tf.dispose([a, b, c, x]);
});

Deno.test("compile() runs tfjs's own optimizer as it runs at once", async () => {
  const train = (start: number[], compiled: boolean) => {
    const weights = tf.variable(tf.tensor1d(start));
    const optimizer = tf.train.sgd(0.1);
    const step = ([x]: readonly tf.Tensor[]) => {
      const loss = () => tf.sum(tf.square(tf.sub(weights, x!))) as tf.Scalar;
      return [optimizer.minimize(loss, true, [weights])!];
    };
    return { weights, optimizer, step, run: compiled ? compile(step) : undefined };
  };
  const plain = train([3, -1], false), native = train([3, -1], true);
  const x = tf.tensor1d([1, 1]);
  for (let i = 0; i < 5; i++) {
    const expected = plain.step([x]), [loss] = await native.run!([x]);
    assert.ok(Math.abs(numbers(loss)[0]! - numbers(expected[0])[0]!) < 1e-5);
    tf.dispose([loss!, expected]);
  }
  numbers(native.weights).forEach((weight, i) => {
    assert.ok(Math.abs(weight - numbers(plain.weights)[i]!) < 1e-6);
  });
  native.run!.dispose();
  tf.dispose([x, plain.weights, native.weights]);
  plain.optimizer.dispose();
  native.optimizer.dispose();
});

Deno.test("compile() leaves no tensor and no handle over calls that assign variables", async () => {
  const weights = tf.tidy(() => tf.variable(tf.ones([2000])));
  const before = { tensors: tf.memory().numTensors, buffers: tf.memory().numDataBuffers };
  const step = compile(([rate]) => {
    const next = tf.sub(weights, tf.mul(weights, rate!)) as tf.Tensor1D;
    weights.assign(next);
    next.dispose();
    return [tf.sum(weights)];
  });
  const rate = tf.scalar(0.01);
  const handles: number[] = [];
  for (let i = 0; i < 20; i++) {
    tf.dispose(i % 2 === 0 ? await step([rate]) : step.sync([rate]));
    handles.push(liveHandles());
  }
  assert.equal(handles.at(-1), handles[1]);
  rate.dispose();
  assert.equal(tf.memory().numTensors, before.tensors);
  assert.equal(tf.memory().numDataBuffers, before.buffers);
  step.dispose();
  weights.dispose();
});

Deno.test("compile() leaves variables alone when the code throws", () => {
  const state = tf.variable(tf.scalar(5));
  const f = compile(([x]) => {
    state.assign(x as tf.Scalar);
    throw new Error("thrown by the traced code");
  });
  const x = tf.scalar(1);
  const before = { tensors: tf.memory().numTensors, handles: 0 };
  assert.throws(() => f.sync([x]), /thrown by the traced code/);
  before.handles = liveHandles();
  assert.throws(() => f.sync([x]), /thrown by the traced code/);
  assert.deepEqual({ tensors: tf.memory().numTensors, handles: liveHandles() }, before);
  assert.deepEqual(numbers(state), [5]);
  tf.dispose([state, x]);
});

Deno.test("compile() says that a variable was disposed, between calls or inside", () => {
  const gone = tf.variable(tf.scalar(1), true, "gone");
  const f = compile(([x]) => [tf.add(x!, gone)], { name: "reads" });
  const x = tf.scalar(1);
  f.sync([x])[0]!.dispose();
  gone.dispose();
  assert.throws(() => f.sync([x]), /Cannot call reads_\d+: its variable "gone" was disposed/);

  const doomed = tf.variable(tf.scalar(1), true, "doomed");
  const g = compile(([y]) => {
    doomed.dispose();
    return [y!];
  }, { name: "disposes" });
  assert.throws(
    () => g.sync([x]),
    /Cannot compile disposes_\d+_0: it disposes the variable "doomed". Do that outside/,
  );
  f.dispose();
  x.dispose();
});

Deno.test("compile() refuses a variable made while the code is traced, and takes it back", () => {
  const f = compile(([x]) => {
    tf.variable(x!, true, "made inside");
    return [x!];
  });
  const x = tf.scalar(1);
  assert.throws(() => f.sync([x]), /it keeps 1 tensor\(s\) made while it is traced/);
  assert.equal(tf.engine().registeredVariables["made inside"], undefined);
  x.dispose();
});

Deno.test("compile() refuses a call that overlaps one which assigns its variable", async () => {
  const sum = tf.variable(tf.scalar(0), true, "sum");
  const add = compile(([x]) => {
    sum.assign(tf.add(sum, x!));
    return [];
  }, { name: "add" });
  const x = tf.scalar(2);
  const running = add([x]);
  await assert.rejects(
    add([x]),
    /Cannot call add_\d+: a call that still runs assigns its variable "sum". Await that call first/,
  );
  await running;
  await add([x]);
  assert.deepEqual(numbers(sum), [4]);

  const doomed = add([x]);
  sum.dispose();
  await assert.rejects(doomed, /add_\d+ assigns "sum", which was disposed while the call ran/);
  add.dispose();
  x.dispose();
});

Deno.test("compile() reads a variable as it is when the call is made, also where it has to compile first", async () => {
  const weights = tf.variable(tf.scalar(1)), sum = tf.variable(tf.scalar(10));
  const f = compile(([x]) => {
    sum.assign(tf.add(sum, weights));
    return [tf.mul(x!, weights)];
  });
  const x = tf.scalar(5);
  for (const [product, total] of [[5, 11], [500, 111]]) {
    const call = f([x]);
    weights.assign(tf.scalar(100));
    const [result] = await call;
    assert.deepEqual([result, sum].flatMap(numbers), [product, total]);
    result!.dispose();
  }
  f.dispose();
  tf.dispose([weights, sum, x]);
});
