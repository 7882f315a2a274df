/** One single-threaded process that measures how fast this machine multiplies matrices: `matrix_peak.ts PRECISION`. */

import * as tf from "@tensorflow/tfjs";
import { compile, loadBackend, type Precision, toBfloat16, toFloat32 } from "@/lib/tensor/mod.ts";
import { measureWhenTold } from "@/tests/bench/when_told.ts";

const precision = Deno.args[0] as Precision;
const SIDE = 2048, PRODUCTS = 4, TRIES = 8;

await loadBackend();
const narrow = (x: tf.Tensor) => precision === "bfloat16" ? toBfloat16(x) : x;
const multiply = compile(([a, b]) => {
  let product = narrow(a!);
  const factor = narrow(b!);
  for (let i = 0; i < PRODUCTS; i++) product = tf.matMul(product, factor);
  return [precision === "bfloat16" ? toFloat32(product) : product];
});
const a = tf.randomNormal([SIDE, SIDE], 0, SIDE ** -0.5);
const b = tf.randomNormal([SIDE, SIDE], 0, SIDE ** -0.5);
tf.dispose(await multiply([a, b]));

await measureWhenTold(async () => {
  let best = Infinity;
  for (let i = 0; i < TRIES; i++) {
    const started = performance.now();
    const product = await multiply([a, b]);
    best = Math.min(best, (performance.now() - started) / 1000);
    tf.dispose(product);
  }
  return { operations: PRODUCTS * 2 * SIDE ** 3 / best };
});
