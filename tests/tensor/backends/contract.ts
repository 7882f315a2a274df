import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import {
  batchNorm,
  compile,
  cropAndResize,
  gatherImages,
  loadBackend,
  relu,
  uint8Tensor,
} from "@/lib/tensor/mod.ts";

/** What a user of lib/tensor may rely on, whichever the backend. Values are awaited: WebGPU has no other way. */
const promises: Readonly<Record<string, () => Promise<void> | void>> = {
  "compile() gives new tensors, for an input and for one tensor twice too": async () => {
    const x = tf.tensor1d([1, 2]), outside = tf.tensor1d([7, 7]);
    const f = compile(([given]) => {
      const sum = tf.add(given!, outside);
      return [given!, outside, sum, sum];
    });
    const outputs = await f([x]);
    outputs[0]!.dispose();
    outputs[1]!.dispose();
    outputs[2]!.dispose();
    assert.deepEqual(await numbers(outputs[3]!), [8, 9]);
    assert.deepEqual(await numbers(x), [1, 2]);
    assert.deepEqual(await numbers(outside), [7, 7]);
    f.dispose();
    tf.dispose([x, outside, outputs[3]!]);
  },
  "compile() lets inputs go while a call runs, and code dispose what it is given": async () => {
    const f = compile(([x]) => {
      const y = tf.mul(x!, 3);
      x!.dispose();
      return [y];
    });
    const x = tf.tensor1d([1, 2]), kept = tf.tensor1d([5, 6]);
    const call = f([x]);
    x.dispose();
    const [first] = await call, [second] = f.sync([kept]);
    assert.deepEqual(await numbers(first!), [3, 6]);
    assert.deepEqual(await numbers(second!), [15, 18]);
    assert.deepEqual(await numbers(kept), [5, 6]);
    f.dispose();
    tf.dispose([kept, first!, second!]);
  },
  "compile() lets other work have its turn while a call is awaited": async () => {
    const order: string[] = [];
    const f = compile(([x]) => [tf.add(x!, 1)]);
    const x = tf.scalar(1);
    const timer = new Promise<void>((resolve) =>
      setTimeout(() => {
        order.push("timer");
        resolve();
      })
    );
    const call = f([x]).then((outputs) => {
      order.push("call");
      return outputs;
    });
    order.push("caller");
    const [, outputs] = await Promise.all([timer, call]);
    assert.equal(order[0], "caller");
    assert.equal(order.length, 3);
    f.dispose();
    tf.dispose([x, outputs]);
  },
  "compile() refuses what no backend may do: keep a tensor, wait, run after disposal": () => {
    const x = tf.scalar(1);
    let kept: tf.Tensor | undefined;
    const keeps = compile(([v]) => [kept = tf.keep(tf.add(v!, 1))], { name: "keeps" });
    assert.throws(() => keeps.sync([x]), /Cannot compile keeps_\d+\w*: it keeps 1 tensor\(s\)/);
    kept!.dispose();
    // deno-lint-ignore require-await
    const waits = compile((async (inputs: readonly tf.Tensor[]) => inputs) as never);
    assert.throws(() => waits.sync([x]), /it must return an array of tensors, at once/);
    const gone = compile(([v]) => [v!], { name: "gone" });
    gone.dispose();
    assert.throws(() => gone.sync([x]), /Cannot call gone_\d+: it was disposed/);
    x.dispose();
  },
  "compile() inlines a compiled function, gradients through it included": async () => {
    const inner = compile(([x]) => [tf.square(x!)]);
    const outer = compile(([x]) => [tf.grad((v) => tf.sum(inner.sync([v])[0]!))(x!)]);
    const x = tf.tensor1d([1, 3]);
    const [gradient] = await outer([x]);
    assert.deepEqual(await numbers(gradient!), [2, 6]);
    inner.dispose();
    outer.dispose();
    tf.dispose([x, gradient!]);
  },
  "compile() reads and assigns variables": async () => {
    const state = tf.tidy(() => tf.variable(tf.tensor1d([1, 2])));
    const step = compile(([by]) => {
      state.assign(tf.add(state, by!));
      return [tf.sum(state)];
    });
    const by = tf.scalar(10);
    const [first] = await step([by]);
    tf.tidy(() => state.assign(tf.zerosLike(state)));
    const [second] = await step([by]);
    assert.deepEqual([...await numbers(first!), ...await numbers(second!)], [23, 20]);
    assert.deepEqual(await numbers(state), [10, 10]);
    step.dispose();
    tf.dispose([state, by, first!, second!]);
  },
  "cropAndResize() crops, blends, mirrors and gives 0 outside": async () => {
    const pixels = Array.from({ length: 9 }, (_, i) => i);
    const images = tf.tensor4d([...pixels, ...pixels.map((value) => value + 100)], [2, 3, 3, 1]);
    const boxes = tf.tensor2d([[0, 0, 1, 1], [0, 1, 1, 0], [0.25, 0.25, 1, 1], [0, 0, 2, 2]]);
    const at = tf.tensor1d([0, 0, 0, 1], "int32");
    const crops = cropAndResize(images, boxes, { size: [2, 2], boxIndices: at });
    const alternating = cropAndResize(images, boxes, { size: [2, 2] });
    const expected = [[0, 2, 6, 8], [2, 0, 8, 6], [2, 3.5, 6.5, 8], [100, 0, 0, 0]];
    assert.deepEqual(await numbers(crops), expected.flat());
    assert.deepEqual((await numbers(alternating)).slice(4, 8), [102, 100, 108, 106]);
    tf.dispose([images, boxes, at, crops, alternating]);
  },
  "gatherImages() gives the chosen images as numbers from 0 to 1": async () => {
    const images = uint8Tensor(Uint8Array.of(0, 255, 51, 102, 7, 8), [3, 1, 2, 1]);
    const at = tf.tensor1d([2, 0, 2], "int32");
    const f = compile(([all, rows]) => [gatherImages(all!, rows as tf.Tensor1D)]);
    const [batch] = await f([images, at]);
    assert.deepEqual(batch!.shape, [3, 1, 2, 1]);
    assert.equal(batch!.dtype, "float32");
    const expected = [7, 8, 0, 255, 7, 8].map((value) => value / 255);
    (await numbers(batch!)).forEach((value, i) => {
      assert.ok(Math.abs(value - expected[i]!) < 1e-7);
    });
    f.dispose();
    tf.dispose([images, at, batch!]);
  },
  "batchNorm() gives mean and unbiased variance, outside the gradient": async () => {
    const x = tf.tensor2d([[1, 10], [2, 10], [6, 13]]);
    const scale = tf.ones([2]) as tf.Tensor1D, offset = tf.zeros([2]) as tf.Tensor1D;
    const { y, mean, variance } = batchNorm(x, scale, offset, { epsilon: 1e-3 });
    assert.deepEqual((await numbers(mean)).map(Math.round), [3, 11]);
    assert.deepEqual((await numbers(variance)).map((v) => Math.round(1e4 * v) / 1e4), [7, 3]);
    const gradient = tf.grad((v) => {
      const norm = batchNorm(v as tf.Tensor2D, scale, offset, { epsilon: 1e-3 });
      return tf.sum(tf.add(tf.mul(norm.y, 0), tf.add(norm.mean, norm.variance)));
    })(x);
    assert.ok((await numbers(gradient)).every((value) => value === 0));
    tf.dispose([x, scale, offset, y, mean, variance, gradient]);
  },
  "relu() is max(x, 0)": async () => {
    const x = tf.tensor1d([-2, -0.5, 0, 0.5, 3]);
    const y = relu(x);
    assert.deepEqual(await numbers(y), [0, 0, 0, 0.5, 3]);
    tf.dispose([x, y]);
  },
};

async function numbers(tensor: tf.Tensor): Promise<number[]> {
  return [...await tensor.data()];
}

/** Registers a test of every promise on one backend; each must leave no tensor. */
export function testContract(
  backend: string,
  options: { ignore?: string | undefined; device?: string } = {},
): void {
  const { device } = options;
  for (const [name, body] of Object.entries(promises)) {
    const reason = options.ignore === undefined ? "" : ` (not tried: ${options.ignore})`;
    Deno.test({
      name: `${name}, on ${device ?? backend}${reason}`,
      ignore: options.ignore !== undefined,
      async fn() {
        await loadBackend({ name: backend, ...device !== undefined && { device } });
        const before = tf.memory().numTensors;
        await body();
        assert.equal(tf.memory().numTensors, before, "no tensor is left");
      },
    });
  }
}
