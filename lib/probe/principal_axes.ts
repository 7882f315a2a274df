import * as tf from "@tensorflow/tfjs";
import type { LinearShape } from "@/lib/probe/classify.ts";
import { compile } from "@/lib/tensor/mod.ts";
import { type Eigen, symmetricEigen } from "@/lib/train/symmetric_eigen.ts";

/** The axes along which some feature vectors do not correlate. */
export type PrincipalAxes = Eigen;

/**
 * The principal axes of features, about 0, and the mean square along each.
 *
 * @param x `[count, dim]`.
 */
export async function principalAxes(x: tf.Tensor2D): Promise<PrincipalAxes> {
  const [count, dim] = x.shape;
  const meanSquares = compile(
    ([given]) => [tf.div(tf.matMul(given!, given!, true, false), count)],
    { name: "principal_axes" },
  );
  try {
    const [moments] = await meanSquares([x]);
    const values = await moments!.data();
    moments!.dispose();
    return symmetricEigen(Float64Array.from(values), dim);
  } finally {
    meanSquares.dispose();
  }
}

/** The axes as a tensor, a row each; the caller disposes it. */
export function axesTensor({ values, vectors }: PrincipalAxes): tf.Tensor2D {
  return tf.tensor2d(Float32Array.from(vectors), [values.length, values.length]);
}

/** Feature vectors `[count, dim]` in the coordinates of axes, given as {@linkcode axesTensor} makes them. */
export function alongAxes(x: tf.Tensor2D, axes: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(x, axes, false, true);
}

/**
 * A linear classifier, its bias the same, for feature vectors in the coordinates of the axes; or, with `back`, the one for
 * vectors as they were.
 */
export function turnClassifier(
  classifier: Float64Array,
  { vectors }: PrincipalAxes,
  { dim, classes, back = false }: LinearShape & { readonly back?: boolean },
): Float64Array {
  const turned = new Float64Array(classifier.length);
  turned.set(classifier.subarray(dim * classes), dim * classes);
  for (let i = 0; i < dim; i++) {
    for (let k = 0; k < dim; k++) {
      const factor = back ? vectors[k * dim + i]! : vectors[i * dim + k]!;
      for (let c = 0; c < classes; c++) {
        turned[i * classes + c]! += factor * classifier[k * classes + c]!;
      }
    }
  }
  return turned;
}
