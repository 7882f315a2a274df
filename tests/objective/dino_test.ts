import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { dino as encoderBy, domain } from "@/dsl/mod.ts";
import { type Encoder, encoderOf } from "@/lib/model/encoder.ts";
import { dino, distillation } from "@/lib/objective/dino.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { first, near, second, trainsSoundly } from "@/tests/objective/added_method.ts";
import { contrastive } from "@/tests/train/small_training.ts";

await loadBackend();

/*
 * The golden numbers are from NumPy, in float64:
 *
 *     lse = lambda z: np.log(np.exp(z).sum(-1, keepdims=True))
 *     def dino(student, teacher, centre, ts, tt, n=2):
 *         losses, hits = [], []
 *         for t in range(2):
 *             q = (teacher[t*n:(t+1)*n] - centre) / tt; p = np.exp(q - lse(q))
 *             for v in range(len(student) // n):
 *                 if v == t: continue
 *                 s = student[v*n:(v+1)*n] / ts
 *                 losses.append(-(p * (s - lse(s))).sum(1).mean())
 *                 hits.append((p.argmax(1) == s.argmax(1)).mean())
 *         return np.mean(losses), np.mean(hits)
 *     dino(first, second[:4], np.cos(np.arange(4)), 0.1, 0.04), dino(first, second[:4], np.cos(np.arange(4)), 0.5, 0.7)
 *
 * and the gradient is that of central differences of 1e-6 in `first`: two global views and a local one of two images.
 */
const lossOf = (student: tf.Tensor, [studentTemperature, teacherTemperature]: readonly number[]) =>
  distillation(student as tf.Tensor2D, tf.tensor2d(second.slice(0, 4)), {
    centre: tf.tensor1d([0, 1, 2, 3].map(Math.cos)),
    studentTemperature: studentTemperature!,
    teacherTemperature: tf.scalar(teacherTemperature!),
  });

Deno.test("distillation() is equation 3 of DINO", () => {
  for (
    const [temperatures, golden] of [[[0.1, 0.04], 8.7954592711], [
      [0.5, 0.7],
      2.1392011161,
    ]] as const
  ) {
    tf.tidy(() => {
      const { loss, accuracy } = lossOf(tf.tensor2d(first), temperatures);
      near(loss.dataSync(), [golden]);
      near(accuracy.dataSync(), [0.125]);
    });
  }
});

Deno.test("distillation() has the gradient of differences", () => {
  tf.tidy(() => {
    const gradient = tf.grad((student) => lossOf(student, [0.5, 0.7]).loss)(tf.tensor2d(first))
      .dataSync();
    near(gradient.subarray(0, 4), [0.01520265, 0.07879026, 0.10945161, -0.20344451]);
    near(gradient.subarray(20), [0.2308895, -0.14711043, -0.02449818, -0.0592809]);
  });
});

const settings = {
  epochs: 10,
  head: { hidden: 4, output: 3 },
  outputs: 5,
  studentTemperature: 0.1,
  teacherTemperature: { first: 0.04, last: 0.07, warmupEpochs: 5 },
  baseMomentum: 0.996,
  centreMomentum: 0.9,
  stillEpochs: 1,
};

/** Made numbers: in NumPy `np.sin(seed + 1.3 * np.arange(n)).reshape(shape)`. */
function made(seed: number, shape: readonly number[]): tf.Tensor {
  const values = tf.util.sizeFromShape([...shape]);
  return tf.tensor(Array.from({ length: values }, (_, i) => Math.sin(seed + 1.3 * i)), [...shape]);
}

/** Takes three numbers for the features of a view. */
const seeing: Encoder = {
  ...encoderOf(contrastive.network),
  features: 3,
  parameters: [],
  statistics: [],
  forward: (views) => ({ features: tf.reshape(views, [-1, 3]), statistics: {} }),
};

const shapes = dino(seeing, settings).parameters;

/** Made weights of student or teacher: those of the number i have the seed `seed + i`, scales are around 1. */
function weightsFrom(seed: number, prefix = ""): Record<string, tf.Tensor> {
  return Object.fromEntries(shapes.map(({ name, kind, shape }, i) => {
    const values = made(seed + i, shape);
    return [`${prefix}${name}`, kind === "scale" ? tf.add(tf.div(values, 2), 1) : values];
  }));
}

/*
 * With w = lambda seed, *shape: np.sin(seed + 1.3 * np.arange(math.prod(shape)).reshape(shape)), erf = np.vectorize(math.erf):
 *
 *     bn = lambda x, scale, offset: (x - x.mean(0)) / np.sqrt(x.var(0) + 1e-5) * scale + offset
 *     gelu = lambda x: x * (1 + erf(x / np.sqrt(2))) / 2
 *     def out(x, seed):
 *         h = gelu(bn(x @ w(seed, 3, 4), 1 + w(seed + 1, 4) / 2, w(seed + 2, 4)))
 *         h = gelu(bn(h @ w(seed + 3, 4, 4), 1 + w(seed + 4, 4) / 2, w(seed + 5, 4)))
 *         z = h @ w(seed + 6, 4, 3); z = z / np.linalg.norm(z, axis=1, keepdims=True)
 *         v = w(seed + 7, 3, 5); return z @ (v / np.linalg.norm(v, axis=0))
 *     large, small, centre = w(20, 4, 3), w(30, 6, 3), w(40, 5) / 10
 *     student, teacher = out(np.concatenate([large, small]), 0), out(large, 0.5)
 *     dino(student, teacher, centre, 0.1, 0.05)
 *     0.9 * centre + 0.1 * teacher.mean(0), (w(0.5, 3, 4) * 0.75 + w(0, 3, 4) * 0.25)[0]
 */
Deno.test("dino() compares two global and three local views as plain arithmetic does, and moves teacher and centre", () => {
  tf.tidy(() => {
    const { evaluate, memory } = dino(seeing, settings);
    const parameters = weightsFrom(0);
    const views = [made(20, [4, 1, 1, 3]), made(30, [6, 1, 1, 3])] as tf.Tensor4D[];
    const before = { ...weightsFrom(0.5, "teacher."), centre: tf.div(made(40, [5]), 10) };
    const scheduled = {
      copyShare: tf.scalar(0.25),
      teacherTemperature: tf.scalar(0.05),
      lastLayerShare: tf.scalar(1),
    };
    const { loss, accuracy, remembered } = evaluate({ views }, parameters, {
      memory: before,
      scheduled,
    });
    near(loss.dataSync(), [7.466453019707387]);
    near(accuracy.dataSync(), [0.1875]);
    const after = memory!.next(before, {
      parameters,
      statistics: {},
      remembered: remembered!,
      scheduled,
    });
    near(after.centre!.dataSync(), [
      0.07064941,
      -0.03531908,
      -0.09159134,
      -0.01143095,
      0.08637543,
    ]);
    near(after["teacher.head.0.weight"]!.dataSync(), [
      0.35956915,
      0.97127527,
      0.16006084,
      -0.8856431,
    ]);
    assert.equal(memory!.kept!(after)["head.0.weight"], after["teacher.head.0.weight"]);
  });
});

Deno.test("dino() leaves the last layer as it is in its first epoch, and all else learns", () => {
  const views = () => [made(20, [4, 1, 1, 3]), made(30, [6, 1, 1, 3])] as tf.Tensor4D[];
  const moves = (lastLayerShare: number) =>
    tf.tidy(() => {
      const memory = { ...weightsFrom(0.5, "teacher."), centre: tf.zeros([5]) };
      const scheduled = {
        teacherTemperature: tf.scalar(0.05),
        lastLayerShare: tf.scalar(lastLayerShare),
      };
      const gradients = tf.grads((...values) =>
        dino(seeing, settings).evaluate(
          { views: views() },
          Object.fromEntries(shapes.map(({ name }, i) => [name, values[i]!])),
          { memory, scheduled },
        ).loss
      )(Object.values(weightsFrom(0)));
      return gradients.map((one) => one.dataSync().some((value) => Math.abs(value) > 1e-6));
    });
  assert.deepEqual(moves(1), shapes.map(() => true));
  assert.deepEqual(moves(0), shapes.map(({ name }) => name !== "last.weight"));
});

Deno.test("dino() has a head of three layers and a last one, a copy of all of it and a centre", () => {
  const encoder = encoderOf(contrastive.network);
  const { parameters, statistics, labelled, memory } = dino(encoder, settings);
  const own = parameters.slice(encoder.parameters.length);
  assert.deepEqual(own.map(({ name, shape }) => [name, shape]), [
    ["head.0.weight", [8, 4]],
    ["head.1.weight", [4]],
    ["head.1.bias", [4]],
    ["head.3.weight", [4, 4]],
    ["head.4.weight", [4]],
    ["head.4.bias", [4]],
    ["head.6.weight", [4, 3]],
    ["last.weight", [3, 5]],
  ]);
  assert.equal(statistics.length - encoder.statistics.length, 4);
  assert.equal(labelled, false);
  const copied = [...parameters, ...encoder.statistics].map(({ name }) => `teacher.${name}`);
  assert.deepEqual(memory!.tensors.map(({ name }) => name), [...copied, "centre"]);
});

Deno.test("dino() has a teacher that begins as its student, sharpens less and follows less and less", () => {
  const { copyShare, teacherTemperature, lastLayerShare } = dino(seeing, settings).scheduled!;
  const at = (scheduled: typeof copyShare, steps: readonly number[]) =>
    steps.map((step) => scheduled!(step, 100));
  near(at(copyShare, [0, 1, 50, 100]), [1, 0.004, 0.002, 0], 1e-6);
  near(at(teacherTemperature, [0, 25, 50, 99]), [0.04, 0.055, 0.07, 0.07], 1e-9);
  // Ten steps are an epoch.
  assert.deepEqual(at(lastLayerShare, [0, 9, 10, 99]), [0, 0, 1, 1]);
});

Deno.test("pretrain() by DINO changes every weight, gives the same bits again, and leaks nothing", () =>
  trainsSoundly("dino"));

Deno.test("dino() of the grammar is an encoder of its source", () => {
  const { method, source } = encoderBy(domain("species", "1M"));
  assert.deepEqual([method, source], ["dino", domain("species", "1M")]);
});
