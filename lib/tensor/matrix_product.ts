import * as tf from "@tensorflow/tfjs";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import { loadBackend } from "@/lib/tensor/backend.ts";

const SIDE = 64;

/**
 * Multiplies two 64 x 64 matrices of small whole numbers with TensorFlow and compares with the same in JavaScript.
 *
 * @param device Where TensorFlow computes: `cpu` or `gpu`.
 * @returns What was done, in words.
 * @throws {Error} If a number is wrong, or TensorFlow cannot be loaded.
 */
async function checkMatrixProduct(device: string): Promise<string> {
  const { version } = await loadBackend({ device });
  const a = Float32Array.from({ length: SIDE * SIDE }, (_, i) => i % 7 - 3);
  const b = Float32Array.from({ length: SIDE * SIDE }, (_, i) => i % 5 - 2);
  const product = tf.tidy(() =>
    tf.matMul(tf.tensor2d(a, [SIDE, SIDE]), tf.tensor2d(b, [SIDE, SIDE])).dataSync()
  );
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      let expected = 0;
      for (let k = 0; k < SIDE; k++) expected += a[row * SIDE + k]! * b[k * SIDE + column]!;
      const actual = product[row * SIDE + column];
      if (actual !== expected) {
        throw new Error(`Element (${row}, ${column}) is ${actual} instead of ${expected}`);
      }
    }
  }
  return `run by TensorFlow ${version} on the ${device.toUpperCase()}, right in every element`;
}

if (import.meta.main) {
  const write = (to: typeof Deno.stdout, text: string) => to.write(new TextEncoder().encode(text));
  try {
    await write(Deno.stdout, await checkMatrixProduct(Deno.args[0]!));
  } catch (error) {
    // What was met, without the words that whoever tries the library puts around it.
    await write(Deno.stderr, messageOf(error instanceof InputError ? error.cause ?? error : error));
    Deno.exitCode = 1;
  }
}
