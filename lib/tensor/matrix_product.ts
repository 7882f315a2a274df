/** Has TensorFlow multiply two matrices: a program for `tryLibrary()`. */
import * as tf from "@tensorflow/tfjs";
import { loadBackend } from "@/lib/tensor/backend.ts";
import { SIDE, tryProduct } from "@/lib/tensor/product_trial.ts";

await tryProduct(async (a, b) => {
  const { version } = await loadBackend();
  const product = tf.tidy(() =>
    tf.matMul(tf.tensor2d(a, [SIDE, SIDE]), tf.tensor2d(b, [SIDE, SIDE])).dataSync<"float32">()
  );
  return { product, by: `TensorFlow ${version} on the CPU` };
});
