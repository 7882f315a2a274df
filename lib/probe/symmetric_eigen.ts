/** A symmetric matrix taken apart: Σ value_i * vector_i vector_iᵀ. */
export interface Eigen {
  /** `[size]`, in no order. */
  readonly values: Float64Array;
  /** `[size, size]`, flat: one vector a row, of length 1, at right angles to the others. */
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder's reflections make it tridiagonal, and QR steps with
 * Wilkinson's shift then diagonal (Golub and Van Loan 2013, algorithms 8.3.1 and 8.3.2).
 *
 * @param matrix `[size, size]`, flat; left as it is.
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  const { diagonal, beside } = tridiagonalise(matrix.slice(), vectors, size);
  let low = 0, high = size - 1;
  while (high > 0) {
    const scale = Math.abs(diagonal[high]!) + Math.abs(diagonal[high - 1]!);
    if (Math.abs(beside[high - 1]!) <= Number.EPSILON * scale) {
      beside[--high] = 0;
      continue;
    }
    for (low = high - 1; low > 0; low--) {
      const here = Math.abs(diagonal[low]!) + Math.abs(diagonal[low - 1]!);
      if (Math.abs(beside[low - 1]!) <= Number.EPSILON * here) break;
    }
    stepQr({ diagonal, beside, vectors }, low, high);
  }
  return { values: diagonal, vectors };
}

interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** `[size - 1]`: the elements next to the diagonal. */
  readonly beside: Float64Array;
}

/** Reflects a matrix, which it spoils, to tridiagonal form, and the rows of `vectors` with it. */
function tridiagonalise(a: Float64Array, vectors: Float64Array, size: number): Tridiagonal {
  const beside = new Float64Array(Math.max(0, size - 1));
  const v = new Float64Array(size), w = new Float64Array(size), t = new Float64Array(size);
  for (let k = 0; k + 1 < size; k++) {
    let square = 0;
    for (let i = k + 1; i < size; i++) square += (v[i] = a[i * size + k]!) ** 2;
    beside[k] = v[k + 1]! > 0 ? -Math.sqrt(square) : Math.sqrt(square);
    const length = square - v[k + 1]! * beside[k]!;
    v[k + 1]! -= beside[k]!;
    if (length === 0) continue;
    // The reflection I - v vᵀ / length from both sides of what is left of the matrix.
    let along = 0;
    for (let i = k + 1; i < size; i++) {
      let sum = 0;
      for (let j = k + 1; j < size; j++) sum += a[i * size + j]! * v[j]!;
      w[i] = sum / length;
      along += w[i]! * v[i]! / (2 * length);
    }
    for (let i = k + 1; i < size; i++) w[i]! -= along * v[i]!;
    for (let i = k + 1; i < size; i++) {
      for (let j = k + 1; j < size; j++) a[i * size + j]! -= v[i]! * w[j]! + w[i]! * v[j]!;
    }
    t.fill(0);
    for (let i = k + 1; i < size; i++) {
      for (let j = 0; j < size; j++) t[j]! += v[i]! * vectors[i * size + j]!;
    }
    for (let i = k + 1; i < size; i++) {
      const factor = v[i]! / length;
      for (let j = 0; j < size; j++) vectors[i * size + j]! -= factor * t[j]!;
    }
  }
  return { diagonal: Float64Array.from({ length: size }, (_, i) => a[i * size + i]!), beside };
}

/** One QR step on rows `low` to `high`: chases a bulge down the diagonal by rotations, which turn the vectors too. */
function stepQr(
  { diagonal, beside, vectors }: Tridiagonal & { readonly vectors: Float64Array },
  low: number,
  high: number,
): void {
  const size = diagonal.length;
  const half = (diagonal[high - 1]! - diagonal[high]!) / 2, last = beside[high - 1]!;
  const root = half < 0 ? -Math.hypot(half, last) : Math.hypot(half, last);
  let x = diagonal[low]! - diagonal[high]! + last * last / (half + root);
  let z = beside[low]!;
  for (let k = low; k < high; k++) {
    const r = Math.hypot(x, z);
    const c = r === 0 ? 1 : x / r, s = r === 0 ? 0 : z / r;
    if (k > low) beside[k - 1] = r;
    const first = diagonal[k]!, second = diagonal[k + 1]!, b = beside[k]!;
    diagonal[k] = c * c * first + 2 * c * s * b + s * s * second;
    diagonal[k + 1] = s * s * first - 2 * c * s * b + c * c * second;
    x = beside[k] = c * s * (second - first) + (c * c - s * s) * b;
    if (k + 1 < high) {
      z = s * beside[k + 1]!;
      beside[k + 1]! *= c;
    }
    for (let j = k * size; j < (k + 1) * size; j++) {
      const above = vectors[j]!, below = vectors[j + size]!;
      vectors[j] = c * above + s * below;
      vectors[j + size] = c * below - s * above;
    }
  }
}
