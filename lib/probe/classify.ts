import * as tf from "@tensorflow/tfjs";
import { compile } from "@/lib/tensor/mod.ts";

/** The shape of a linear classifier. */
export interface LinearShape {
  readonly dim: number;
  readonly classes: number;
}

/** Features that are at hand for the tensor engine, to be classified any number of times. */
export interface Classifiable extends Disposable {
  /**
   * The class with the largest logit for each of the features; ties go to the lower class.
   *
   * @param classifier Weights `[dim, classes]` and then the bias `[classes]`, flat.
   */
  classify(classifier: ArrayLike<number>): Promise<Uint16Array>;
}

// Rows a call times classes: the logits then take 64 MiB.
const LOGITS = 2 ** 24;

/** Number of weights and biases. */
export function classifierSize(shape: LinearShape): number {
  return (shape.dim + 1) * shape.classes;
}

/** Puts `[count, dim]` features, flat, where classifiers of a shape are applied to them. */
export function classifiable(features: Float32Array, shape: LinearShape): Classifiable {
  const { dim, classes } = shape;
  const count = features.length / dim;
  const most = Math.max(1, Math.floor(LOGITS / classes));
  const blocks = Array.from({ length: Math.ceil(count / most) }, (_, i) => {
    const some = features.subarray(i * most * dim, (i + 1) * most * dim);
    return tf.tensor2d(some, [some.length / dim, dim]);
  });
  const largest = compile(([some, both]) => {
    const product = tf.matMul(some!, tf.slice(both!, [0, 0], [dim, classes]));
    return [tf.argMax(tf.add(product, tf.slice(both!, [dim, 0], [1, classes])), 1)];
  }, { name: "classify" });
  return {
    async classify(classifier) {
      const both = tf.tensor2d(Float32Array.from(classifier), [dim + 1, classes]);
      const predictions = new Uint16Array(count);
      try {
        for (const [i, some] of blocks.entries()) {
          const [found] = await largest([some, both]);
          predictions.set(await found!.data(), i * most);
          found!.dispose();
        }
        return predictions;
      } finally {
        both.dispose();
      }
    },
    [Symbol.dispose]() {
      largest.dispose();
      tf.dispose(blocks);
    },
  };
}

/** The class that a classifier gives to each of `[count, dim]` features, as {@linkcode classifiable} says. */
export async function classify(
  features: Float32Array,
  classifier: ArrayLike<number>,
  shape: LinearShape,
): Promise<Uint16Array> {
  using images = classifiable(features, shape);
  return await images.classify(classifier);
}
