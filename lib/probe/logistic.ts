import * as tf from "@tensorflow/tfjs";
import type { LinearShape } from "@/lib/probe/classify.ts";
import type { LabelledFeatures } from "@/lib/probe/labelled_features.ts";
import { type Evaluation, minimise, type Minimum } from "@/lib/probe/lbfgs.ts";
import {
  alongAxes,
  axesTensor,
  principalAxes,
  turnClassifier,
} from "@/lib/probe/principal_axes.ts";
import { compile, oneHot } from "@/lib/tensor/mod.ts";

/** Multinomial logistic regression of one shape, for any number of data sets and penalties. */
export interface LogisticRegression {
  /** Puts data where the tensor engine has them at hand. */
  on(data: LabelledFeatures): Promise<LogisticFits>;
  dispose(): void;
}

/** A classifier and how it was found. */
export type LogisticFit = Pick<Minimum, "point" | "value" | "iterations" | "converged">;

/** Logistic regression on one set of data. */
export interface LogisticFits {
  /**
   * Minimises the mean cross-entropy plus half the penalty times the squared norm of the weights; the bias is free.
   *
   * @param penalty Above 0.
   * @param start A classifier as `classify()` takes it, flat: weights and then the bias.
   * @param gap How far above the least possible loss it may end, as a share of the loss; default {@linkcode finalGap}.
   */
  fit(penalty: number, start: Float64Array, gap?: number): Promise<LogisticFit>;
  dispose(): void;
}

/** How far above the least possible loss a fit may end that is to be kept. */
const finalGap = 1e-5;
// A loss that is as good as none.
const SMALL_LOSS = 1e-2;
// Under a stronger penalty the unpenalised bias decides; it is to be as exact as under this one.
const STRONGEST = 1e-3;

/**
 * The criterion of convergence: |gradient|² / (2 * penalty) is at most `gap` of the loss, or of 0.01 if that is more.
 *
 * The loss is strongly convex in the weights, with the penalty as its constant, so that it lies no more than that quotient
 * above its minimum (Boyd and Vandenberghe 2004, equation 9.9). A penalty above 1e-3 counts as 1e-3 here.
 */
export function isConverged(
  { value, gradient }: Evaluation,
  penalty: number,
  gap = finalGap,
): boolean {
  const square = gradient.reduce((sum, slope) => sum + slope * slope, 0);
  return square <= 2 * Math.min(penalty, STRONGEST) * gap * Math.max(value, SMALL_LOSS);
}

/**
 * Compiles what turns the data and loss and gradient, once for each number of images.
 *
 * Both are float32; their sum over images, the penalty and the minimiser's state are float64. The minimiser works along
 * the principal axes of the features, where neither loss nor penalty change, and the Hessian is nearly diagonal.
 */
export function logisticRegression(shape: LinearShape): LogisticRegression {
  const { dim, classes } = shape;
  const turn = compile(([given, axes, labels]) => {
    const turned = alongAxes(given as tf.Tensor2D, axes as tf.Tensor2D);
    // A column of ones carries the bias.
    const x = tf.concat([turned, tf.ones([given!.shape[0]!, 1])], 1);
    return [x, oneHot(labels as tf.Tensor1D, classes)];
  }, { name: "logistic_data" });
  const lossAndGradient = compile(([x, wanted, point]) => {
    const logProbabilities = tf.logSoftmax(tf.matMul(x!, point!) as tf.Tensor2D);
    const losses = tf.neg(tf.sum(tf.mul(wanted!, logProbabilities), 1)); // [count]
    const errors = tf.div(tf.sub(tf.exp(logProbabilities), wanted!), x!.shape[0]!); // [count, classes]
    return [losses, tf.matMul(x!, errors, true, false)];
  }, { name: "logistic" });

  async function on({ features, labels }: LabelledFeatures): Promise<LogisticFits> {
    const count = labels.length;
    const given = tf.tensor2d(features, [count, dim]);
    const axes = await principalAxes(given);
    const read = [given, axesTensor(axes), tf.tensor1d(Int32Array.from(labels), "int32")];
    const [x, wanted] = await turn(read) as [tf.Tensor, tf.Tensor];
    tf.dispose(read);

    async function evaluate(point: Float64Array, penalty: number): Promise<Evaluation> {
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
    }

    return {
      async fit(penalty, start, gap) {
        const from = turnClassifier(start, axes, shape);
        const { value: loss } = await evaluate(from, 0);
        const found = await minimise((point) => evaluate(point, penalty), from, {
          converged: (at) => isConverged(at, penalty, gap),
          hessian: roughHessian(axes.values, { ...shape, penalty, loss }),
        });
        return { ...found, point: turnClassifier(found.point, axes, { ...shape, back: true }) };
      },
      dispose: () => tf.dispose([x, wanted]),
    };
  }
  return {
    on,
    dispose() {
      turn.dispose();
      lossAndGradient.dispose();
    },
  };
}

/**
 * A guess of the Hessian's diagonal: mean square of the feature * mean of p (1 - p) + penalty.
 *
 * The mean over images and classes of the probabilities' p (1 - p) is told from the loss, as if every image had it: with
 * the label's p = exp(-loss) it lies between the 1 / classes of zero weights (Böhning 1992) and the 0 of certainty.
 *
 * @param squares Mean squares along the axes, `[dim]`.
 */
function roughHessian(
  squares: Float64Array,
  at: LinearShape & { readonly penalty: number; readonly loss: number },
): Float64Array {
  const { dim, classes, penalty, loss } = at;
  // A loss of 0 is rounded.
  const spread = (1 - Math.exp(-2 * Math.max(loss, 1e-9))) / classes;
  const diagonal = new Float64Array((dim + 1) * classes).fill(spread);
  for (let i = 0; i < dim; i++) {
    // A rounded 0 may lie below it.
    const curvature = Math.max(0, squares[i]!) * spread + penalty;
    diagonal.fill(curvature, i * classes, (i + 1) * classes);
  }
  return diagonal;
}
