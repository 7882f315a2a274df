import * as tf from "@tensorflow/tfjs";
import { compile } from "@/lib/tensor/mod.ts";
import { type Evaluation, minimise, type Minimum } from "@/lib/probe/lbfgs.ts";

/** Labelled feature vectors. */
export interface LabelledFeatures {
  /** `[count, dim]`, flat. */
  readonly features: Float32Array;
  /** `[count]`, in 0..classes-1. */
  readonly labels: Uint16Array;
}

/** The shape of a linear classifier. */
export interface LinearShape {
  readonly dim: number;
  readonly classes: number;
}

/** Multinomial logistic regression of one shape, for any number of data sets and penalties. */
export interface LogisticRegression {
  /** Puts data where the tensor engine has them at hand. */
  on(data: LabelledFeatures): LogisticFits;
  dispose(): void;
}

/** Logistic regression on one set of data. */
export interface LogisticFits {
  /**
   * Minimises the mean cross-entropy plus half the penalty times the squared norm of the weights; the bias is free.
   *
   * @param penalty Above 0.
   * @param start Weights `[dim, classes]` and then the bias `[classes]`, flat.
   */
  fit(penalty: number, start: Float64Array): Promise<Minimum>;
  dispose(): void;
}

/** How far above the least possible loss a fit may end, as a share of the loss. */
const GAP = 1e-3;

/** Number of weights and biases. */
export function logisticSize(shape: LinearShape): number {
  return (shape.dim + 1) * shape.classes;
}

/**
 * The criterion of convergence: |gradient|² / (2 * penalty) is at most a thousandth of the loss.
 *
 * The loss is strongly convex in the weights, with the penalty as its constant, so that it lies no more than that quotient
 * above its minimum (Boyd and Vandenberghe 2004, equation 9.9). The bias, which is not penalised, is held to the same.
 */
export function isConverged({ value, gradient }: Evaluation, penalty: number): boolean {
  return gradient.reduce((sum, slope) => sum + slope * slope, 0) <= 2 * penalty * GAP * value;
}

/**
 * Compiles loss and gradient, once for each number of images.
 *
 * Both are float32; their sum over images, the penalty and the minimiser's state are float64.
 */
export function logisticRegression(shape: LinearShape): LogisticRegression {
  const { dim, classes } = shape;
  const lossAndGradient = compile(([x, wanted, point]) => {
    const logProbabilities = tf.logSoftmax(tf.matMul(x!, point!) as tf.Tensor2D);
    const losses = tf.neg(tf.sum(tf.mul(wanted!, logProbabilities), 1)); // [count]
    const errors = tf.div(tf.sub(tf.exp(logProbabilities), wanted!), x!.shape[0]!); // [count, classes]
    return [losses, tf.matMul(x!, errors, true, false)];
  }, { name: "logistic" });

  return {
    on({ features, labels }) {
      const count = labels.length;
      // A column of ones carries the bias.
      const x = tf.tidy(() =>
        tf.concat([tf.tensor2d(features, [count, dim]), tf.ones([count, 1])], 1)
      );
      const wanted = tf.tidy(() =>
        tf.cast(tf.oneHot(tf.tensor1d(Int32Array.from(labels), "int32"), classes), "float32")
      );
      const evaluate = async (point: Float64Array, penalty: number) => {
        const at = tf.tensor2d(Float32Array.from(point), [dim + 1, classes]);
        const outputs = await lossAndGradient([x, wanted, at]);
        const [losses, slopes] = await Promise.all(outputs.map((t) => t.data()));
        tf.dispose([at, ...outputs]);
        const gradient = Float64Array.from(slopes!);
        let value = 0;
        for (const loss of losses!) value += loss / count;
        for (let i = 0; i < dim * classes; i++) {
          const weight = point[i]!;
          value += 0.5 * penalty * weight * weight;
          gradient[i]! += penalty * weight;
        }
        return { value, gradient };
      };
      return {
        fit: (penalty, start) =>
          minimise((point) => evaluate(point, penalty), start, {
            converged: (at) => isConverged(at, penalty),
          }),
        dispose: () => tf.dispose([x, wanted]),
      };
    },
    dispose: () => lossAndGradient.dispose(),
  };
}

/** The class with the largest logit for each of `[count, dim]` features; ties go to the lower class. */
export function classify(
  features: Float32Array,
  point: Float64Array,
  shape: LinearShape,
): Uint16Array {
  const { dim, classes } = shape;
  const count = features.length / dim;
  const predictions = new Uint16Array(count);
  const logits = new Float64Array(classes);
  for (let row = 0; row < count; row++) {
    logits.set(point.subarray(dim * classes));
    for (let k = 0; k < dim; k++) {
      const value = features[row * dim + k]!;
      for (let c = 0; c < classes; c++) logits[c]! += value * point[k * classes + c]!;
    }
    let best = 0;
    for (let c = 1; c < classes; c++) if (logits[c]! > logits[best]!) best = c;
    predictions[row] = best;
  }
  return predictions;
}
