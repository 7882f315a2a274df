/** Multinomial logistic regression in plain float64 arithmetic, one image at a time. */

import type { LinearShape } from "@/lib/probe/classify.ts";
import type { LabelledFeatures } from "@/lib/probe/labelled_features.ts";

/** The loss of {@linkcode LogisticFits.fit} and its gradient, weights and then bias. */
export function plainLoss(
  { features, labels }: LabelledFeatures,
  at: LinearShape & { readonly point: Float64Array; readonly penalty: number },
): { value: number; gradient: Float64Array; probabilities: number[][] } {
  const { dim, classes, point, penalty } = at;
  const gradient = new Float64Array(point.length);
  let value = 0;
  const probabilities = Array.from(labels, (label, row) => {
    const x = withOne(features, row, dim);
    const logits = Array.from(
      { length: classes },
      (_, c) => x.reduce((sum, one, k) => sum + one * point[k * classes + c]!, 0),
    );
    const most = Math.max(...logits);
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0);
    value += (most + Math.log(total) - logits[label]!) / labels.length;
    const p = logits.map((logit) => Math.exp(logit - most) / total);
    for (let k = 0; k <= dim; k++) {
      for (let c = 0; c < classes; c++) {
        gradient[k * classes + c]! += x[k]! * (p[c]! - Number(c === label)) / labels.length;
      }
    }
    return p;
  });
  for (let i = 0; i < dim * classes; i++) {
    value += 0.5 * penalty * point[i]! ** 2;
    gradient[i]! += penalty * point[i]!;
  }
  return { value, gradient, probabilities };
}

/** The minimum by Newton's method with halved steps, to a gradient of 1e-10. */
export function plainMinimum(
  data: LabelledFeatures,
  at: LinearShape & { readonly penalty: number },
): Float64Array {
  const { dim, classes, penalty } = at;
  let point = new Float64Array((dim + 1) * classes);
  for (let round = 0; round < 100; round++) {
    const here = plainLoss(data, { ...at, point });
    if (Math.max(...here.gradient.map(Math.abs)) < 1e-10) return point;
    const step = solve(hessian(data, here.probabilities, { ...at, penalty }), here.gradient);
    for (let length = 1;; length /= 2) {
      const next = point.map((value, i) => value - length * step[i]!) as typeof point;
      if (length < 1e-3 || plainLoss(data, { ...at, point: next }).value < here.value) {
        point = next;
        break;
      }
    }
  }
  throw new Error("Newton's method has not converged");
}

/** The class of the largest logit. */
export function plainClasses(
  features: Float32Array,
  point: Float64Array,
  { dim, classes }: LinearShape,
): Uint16Array {
  return Uint16Array.from({ length: features.length / dim }, (_, row) => {
    const x = withOne(features, row, dim);
    let best = 0, most = -Infinity;
    for (let c = 0; c < classes; c++) {
      const logit = x.reduce((sum, one, k) => sum + one * point[k * classes + c]!, 0);
      if (logit > most) [best, most] = [c, logit];
    }
    return best;
  });
}

function withOne(features: Float32Array, row: number, dim: number): number[] {
  return [...features.subarray(row * dim, (row + 1) * dim), 1];
}

function hessian(
  { features, labels }: LabelledFeatures,
  probabilities: readonly number[][],
  { dim, classes, penalty }: LinearShape & { readonly penalty: number },
): Float64Array[] {
  const size = (dim + 1) * classes;
  const matrix = Array.from({ length: size }, () => new Float64Array(size));
  labels.forEach((_, row) => {
    const x = withOne(features, row, dim), p = probabilities[row]!;
    for (let k = 0; k <= dim; k++) {
      for (let c = 0; c < classes; c++) {
        const line = matrix[k * classes + c]!;
        for (let l = 0; l <= dim; l++) {
          const product = x[k]! * x[l]! * p[c]! / labels.length;
          for (let d = 0; d < classes; d++) {
            line[l * classes + d]! += product * (Number(c === d) - p[d]!);
          }
        }
      }
    }
  });
  // A common shift of all biases changes nothing: a hair on their diagonal picks one of the solutions.
  matrix.forEach((line, i) => line[i]! += i < dim * classes ? penalty : 1e-9);
  return matrix;
}

/** Gauss's elimination; the matrix is positive definite. */
function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const a = matrix.map((line) => line.slice()), x = right.slice();
  for (let i = 0; i < x.length; i++) {
    for (let j = i + 1; j < x.length; j++) {
      const factor = a[j]![i]! / a[i]![i]!;
      if (factor === 0) continue;
      for (let k = i; k < x.length; k++) a[j]![k]! -= factor * a[i]![k]!;
      x[j]! -= factor * x[i]!;
    }
  }
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < x.length; k++) x[i]! -= a[i]![k]! * x[k]!;
    x[i]! /= a[i]![i]!;
  }
  return x;
}
