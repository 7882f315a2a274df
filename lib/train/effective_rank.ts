import { symmetricEigen } from "@/lib/train/symmetric_eigen.ts";

/**
 * How many directions a batch of features takes up: exp(−Σ p log p), with p the singular values over their sum (Roy and
 * Vetterli 2007), from 1 to the smaller of rows and columns.
 *
 * The features are not centred (as by Garrido et al. 2023, "RankMe"): features that are all nearly the same have a rank
 * near 1, in whatever directions their small differences lie, so that a collapse shows.
 *
 * @param features `[rows, columns]`, row by row.
 * @returns 0 if all features are 0.
 */
export function effectiveRank(features: Float32Array, rows: number): number {
  const columns = features.length / rows;
  const side = Math.min(rows, columns);
  const { values: eigenvalues } = symmetricEigen(smallerGram(features, [rows, columns]), side);
  const largest = Math.max(...eigenvalues);
  // What is smaller than rounding leaves of a zero.
  const least = side * Number.EPSILON * largest;
  const singular = Array.from(eigenvalues, (value) => value > least ? Math.sqrt(value) : 0);
  const sum = singular.reduce((total, value) => total + value, 0);
  if (sum === 0) return 0;
  const entropy = singular.reduce((total, value) => {
    const share = value / sum;
    return share > 0 ? total - share * Math.log(share) : total;
  }, 0);
  return Math.exp(entropy);
}

/** The mean length of the rows of `[rows, columns]`. */
export function meanNorm(features: Float32Array, rows: number): number {
  const columns = features.length / rows;
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    let square = 0;
    for (let i = row * columns; i < (row + 1) * columns; i++) square += features[i]! ** 2;
    sum += Math.sqrt(square);
  }
  return sum / rows;
}

/** The products of all pairs of rows, or of columns, whichever are fewer; both have the same eigenvalues but zeros. */
function smallerGram(
  features: Float32Array,
  [rows, columns]: readonly [number, number],
): Float64Array {
  const byRows = rows <= columns;
  const side = Math.min(rows, columns), depth = Math.max(rows, columns);
  const [step, along] = byRows ? [columns, 1] : [1, columns];
  const gram = new Float64Array(side * side);
  for (let i = 0; i < side; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < depth; k++) {
        sum += features[i * step + k * along]! * features[j * step + k * along]!;
      }
      gram[i * side + j] = gram[j * side + i] = sum;
    }
  }
  return gram;
}
