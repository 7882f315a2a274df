/** The work of one GPU check, in a process of its own: `gpu_program.ts products|steps|resident DEVICE [OPTIONS]`. */

import * as tf from "@tensorflow/tfjs";
import { createHash } from "node:crypto";
import { randomAt } from "@/lib/base/random.ts";
import {
  compile,
  gatherImages,
  liveHandles,
  loadBackend,
  type Precision,
  toBfloat16,
  toFloat32,
  uint8Tensor,
} from "@/lib/tensor/mod.ts";
import { type EngineCase, viewsOf } from "@/tests/bench/engine_cases.ts";
import { repeatedStep } from "@/tests/bench/repeated_step.ts";
import { measureWhenTold } from "@/tests/bench/when_told.ts";

const [work, device, options] = Deno.args as [string, string, string];

/** [rows, inner, columns]; one that fills no tile, one long, one wide. */
const SHAPES = [[64, 64, 64], [127, 65, 33], [16, 4096, 16], [1024, 256, 1024]] as const;

async function products() {
  const numbers: number[] = [];
  SHAPES.forEach(([rows, inner, columns], k) => {
    const product = tf.tidy(() =>
      tf.matMul(normal([rows, inner], 2 * k), normal([inner, columns], 2 * k + 1)).dataSync()
    );
    for (let i = 0; i < 100; i++) numbers.push(product[(i * 7919) % product.length]!);
  });
  const teraflops = {
    float32: await productSpeed("float32"),
    bfloat16: await productSpeed("bfloat16"),
  };
  return { numbers, teraflops };
}

async function productSpeed(precision: Precision): Promise<number> {
  const side = device === "cpu" ? 1024 : 8192, times = 10;
  const multiply = compile(([a, b]) => {
    if (precision === "float32") return [tf.matMul(a!, b!)];
    return [toFloat32(tf.matMul(toBfloat16(a!), toBfloat16(b!)))];
  });
  const [a, b] = [tf.randomNormal([side, side]), tf.randomNormal([side, side])];
  let best = Infinity;
  for (let i = 0; i < times; i++) {
    const started = performance.now();
    const [product] = await multiply([a, b]);
    // Reading waits for the GPU; one number costs next to nothing.
    tf.tidy(() => tf.slice(product!, [0, 0], [1, 1]).dataSync());
    best = Math.min(best, performance.now() - started);
    product!.dispose();
  }
  return 2 * side ** 3 / best / 1e9;
}

function normal(shape: [number, number], k: number): tf.Tensor2D {
  const random = randomAt(1, "bench", k);
  const values = Float32Array.from({ length: shape[0] * shape[1] }, () => random.normal());
  return tf.tensor2d(values, shape);
}

async function steps() {
  const { engineCase, precision, count } = JSON.parse(options) as {
    engineCase: EngineCase;
    precision: Precision;
    count: number;
  };
  const step = repeatedStep(engineCase, { precision });
  // The first steps build what the later ones use again.
  const warm = Math.min(5, count - 1);
  const losses: number[] = [], held: [number, number][] = [];
  const began = performance.now();
  let firstSeconds = 0, started = began;
  for (let i = 0; i < count; i++) {
    losses.push(await step.run());
    held.push([tf.memory().numTensors, liveHandles()]);
    if (i === 0) firstSeconds = (performance.now() - began) / 1000;
    if (i < warm) started = performance.now();
  }
  const seconds = (performance.now() - started) / 1000;
  const rate = (count - warm) * viewsOf(engineCase) / seconds;
  const hash = createHash("sha256");
  const weights = await step.weights();
  for (const name of Object.keys(weights).sort()) hash.update(weights[name]!);
  return { losses, held, firstSeconds, rate, weights: hash.digest("hex") };
}

async function resident() {
  const bytes = device === "cpu" ? 2 ** 26 : 2 ** 30;
  const side = 64, count = bytes / (side * side * 4);
  const images = uint8Tensor(new Uint8Array(bytes), [count, side, side, 4]);
  const mean = compile(([all, indices]) => [
    tf.mean(gatherImages(all!, indices as tf.Tensor1D)),
  ]);
  const times: number[] = [];
  for (let i = 0; i < 30; i++) {
    const indices = tf.tensor1d(
      Array.from({ length: 64 }, (_, j) => (i * 64 + j) % count),
      "int32",
    );
    const started = performance.now();
    const [out] = await mean([images, indices]);
    await out!.data();
    times.push(performance.now() - started);
    tf.dispose([indices, out!]);
  }
  return { bytes, milliseconds: times.toSorted((a, b) => a - b)[times.length >> 1]! };
}

await loadBackend({ device });
// The device is not made ready before its first work.
tf.tidy(() => tf.matMul(tf.ones([8, 8]), tf.ones([8, 8])).dataSync());
await measureWhenTold({ products, steps, resident }[work]!);
