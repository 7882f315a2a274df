import * as tf from "@tensorflow/tfjs";
import { compile } from "@/lib/tensor/mod.ts";
import { minimise, type Minimum } from "@/lib/probe/lbfgs.ts";

/** Labelled feature vectors. */
export interface LabelledFeatures {
  /** `[count, dim]`, flat. */
  readonly features: Float32Array;
  /** `[count]`, in 0..classes-1. */
  readonly labels: Uint16Array;
}

/** Multinomial logistic regression on one set of data, ready to be fitted at any penalty. */
export interface LogisticRegression {
  /**
   * Minimises the mean cross-entropy plus half the penalty times the squared norm of the weights; the bias is free.
   *
   * @param start Weights `[dim, classes]` and then the bias `[classes]`, flat.
   */
  fit(penalty: number, start: Float64Array): Promise<Minimum>;
  dispose(): void;
}

/** Number of weights and biases. */
export function logisticSize(size: { readonly dim: number; readonly classes: number }): number {
  return (size.dim + 1) * size.classes;
}

/**
 * Puts the data where the tensor engine has it at hand and compiles loss and gradient (float32; the minimiser's own
 * state is float64).
 */
export function logisticRegression(
  data: LabelledFeatures,
  size: { readonly dim: number; readonly classes: number },
): LogisticRegression {
  const { dim, classes } = size;
  const count = data.labels.length;
  const features = tf.tensor2d(data.features, [count, dim]);
  const labels = tf.tensor1d(Int32Array.from(data.labels), "int32");
  const lossAndGradient = compile(([x, y, weights, bias]) => {
    const logits = tf.add(tf.matMul(x!, weights!), bias!) as tf.Tensor2D;
    const logProbabilities = tf.logSoftmax(logits);
    const wanted = tf.cast(tf.oneHot(y as tf.Tensor1D, classes), "float32");
    const loss = tf.neg(tf.div(tf.sum(tf.mul(wanted, logProbabilities)), count));
    const error = tf.div(tf.sub(tf.exp(logProbabilities), wanted), count); // [count, classes]
    return [loss, tf.matMul(x!, error, true, false), tf.sum(error, 0)];
  }, { name: "logistic" });

  const evaluate = async (point: Float64Array, penalty: number) => {
    const inner = point.subarray(0, dim * classes);
    const weights = tf.tensor2d(Float32Array.from(inner), [dim, classes]);
    const bias = tf.tensor1d(Float32Array.from(point.subarray(dim * classes)));
    const outputs = await lossAndGradient([features, labels, weights, bias]);
    const [loss, weightGradient, biasGradient] = await Promise.all(outputs.map((t) => t.data()));
    tf.dispose([weights, bias, ...outputs]);
    const gradient = new Float64Array(point.length);
    gradient.set(weightGradient!);
    gradient.set(biasGradient!, dim * classes);
    // The penalty is added in float64, outside the compiled function.
    let value = loss![0]!;
    inner.forEach((weight, i) => {
      value += 0.5 * penalty * weight * weight;
      gradient[i]! += penalty * weight;
    });
    return { value, gradient };
  };

  return {
    fit: (penalty, start) => minimise((point) => evaluate(point, penalty), start),
    dispose() {
      lossAndGradient.dispose();
      tf.dispose([features, labels]);
    },
  };
}

/** The class with the largest logit for each of `[count, dim]` features; ties go to the lower class. */
export function classify(
  features: Float32Array,
  point: Float64Array,
  size: { readonly dim: number; readonly classes: number },
): Uint16Array {
  const { dim, classes } = size;
  const count = features.length / dim;
  const predictions = new Uint16Array(count);
  for (let row = 0; row < count; row++) {
    let best = -Infinity;
    const logits = point.slice(dim * classes);
    for (let k = 0; k < dim; k++) {
      const value = features[row * dim + k]!;
      for (let c = 0; c < classes; c++) logits[c]! += value * point[k * classes + c]!;
    }
    logits.forEach((logit, c) => {
      if (logit > best) [best, predictions[row]] = [logit, c];
    });
  }
  return predictions;
}
