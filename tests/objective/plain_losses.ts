/** The methods' losses in plain arithmetic, written from their papers, to compare ours with. */

import { randomAt } from "@/lib/base/random.ts";

type Rows = readonly (readonly number[])[];

/** The cosine of the angle between two vectors. */
export function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b));
}

/** The mean of −log softmax at the right place, and the share of rows whose right place is the greatest. */
function crossEntropy(rows: readonly { readonly scores: number[]; readonly right: number }[]) {
  let loss = 0, hits = 0;
  for (const { scores, right } of rows) {
    const sum = scores.reduce((total, score) => total + Math.exp(score), 0);
    loss -= Math.log(Math.exp(scores[right]!) / sum);
    if (scores.every((score, j) => j === right || score < scores[right]!)) hits++;
  }
  return { loss: loss / rows.length, accuracy: hits / rows.length };
}

/** Chen et al. 2020, equation 1 and algorithm 1; rows i and i + n are two views of one image. */
export function plainNtXent(projections: Rows, temperature: number) {
  const count = projections.length;
  return crossEntropy(projections.map((row, i) => {
    const others = projections.map((_, j) => j).filter((j) => j !== i);
    return {
      scores: others.map((j) => cosine(row, projections[j]!) / temperature),
      right: others.indexOf((i + count / 2) % count),
    };
  }));
}

/** He et al. 2020, equation 1: the own key is the first of the candidates. */
export function plainInfoNce(queries: Rows, keys: Rows, negatives: Rows, temperature: number) {
  return crossEntropy(queries.map((query, i) => ({
    scores: [keys[i]!, ...negatives].map((key) => cosine(query, key) / temperature),
    right: 0,
  })));
}

/** Grill et al. 2020, equation 2: the mean squared distance of the unit vectors. */
export function plainByolLoss(predictions: Rows, targets: Rows): number {
  const unit = (row: readonly number[]) => row.map((value) => value / Math.hypot(...row));
  const distances = predictions.map((row, i) => {
    const [p, t] = [unit(row), unit(targets[i]!)];
    return p.reduce((sum, value, k) => sum + (value - t[k]!) ** 2, 0);
  });
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
}

/** Vectors without a pattern, of numbers in -1..1. */
export function someRows(rows: number, columns: number, seed: number): number[][] {
  const random = randomAt(seed, "some rows");
  return Array.from({ length: rows }, () => {
    return Array.from({ length: columns }, () => random.between(-1, 1));
  });
}

/** The rows, each moved by a vector like them: some stay nearer to their own than to any other, some do not. */
export function nearby(rows: Rows, seed: number): number[][] {
  const moves = someRows(rows.length, rows[0]!.length, seed);
  return rows.map((row, i) => row.map((value, k) => value + moves[i]![k]!));
}
