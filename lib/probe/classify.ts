import * as tf from "@tensorflow/tfjs";

/** The shape of a linear classifier. */
export interface LinearShape {
  readonly dim: number;
  readonly classes: number;
}

// Rows a call times classes: the logits then take 64 MiB.
const LOGITS = 2 ** 24;

/** Number of weights and biases. */
export function classifierSize(shape: LinearShape): number {
  return (shape.dim + 1) * shape.classes;
}

/**
 * The class with the largest logit for each of `[count, dim]` features; ties go to the lower class.
 *
 * @param classifier Weights `[dim, classes]` and then the bias `[classes]`, flat.
 */
export async function classify(
  features: Float32Array,
  classifier: ArrayLike<number>,
  shape: LinearShape,
): Promise<Uint16Array> {
  const { dim, classes } = shape;
  const count = features.length / dim;
  const both = tf.tensor2d(Float32Array.from(classifier), [dim + 1, classes]);
  const predictions = new Uint16Array(count);
  const rows = Math.max(1, Math.floor(LOGITS / classes));
  try {
    for (let start = 0; start < count; start += rows) {
      const some = features.subarray(start * dim, (start + rows) * dim);
      const found = tf.tidy(() => {
        const product = tf.matMul(
          tf.tensor2d(some, [some.length / dim, dim]),
          tf.slice(both, [0, 0], [dim, classes]),
        );
        return tf.argMax(tf.add(product, tf.slice(both, [dim, 0], [1, classes])), 1);
      });
      predictions.set(await found.data(), start);
      found.dispose();
    }
    return predictions;
  } finally {
    both.dispose();
  }
}
