/**
 * The eigenvalues of a symmetric matrix, in no order: Householder's reflections make it tridiagonal, and the QL algorithm
 * with implicit shifts finds the values (Golub and Van Loan, "Matrix Computations", sections 8.3.1 and 8.3.3).
 *
 * @param matrix `[n, n]`, row by row; overwritten.
 */
export function symmetricEigenvalues(matrix: Float64Array, n: number): Float64Array {
  const { diagonal, beside } = tridiagonal(matrix, n);
  for (let first = 0; first < n; first++) {
    for (;;) {
      const last = blockEnd(diagonal, beside, first);
      if (last === first) break;
      sweep(diagonal, beside, { first, last });
    }
  }
  return diagonal;
}

/** A tridiagonal matrix: `beside[i]` couples rows i and i + 1. */
interface Tridiagonal {
  readonly diagonal: Float64Array;
  readonly beside: Float64Array;
}

function tridiagonal(a: Float64Array, n: number): Tridiagonal {
  const beside = new Float64Array(n);
  const v = new Float64Array(n), w = new Float64Array(n);
  for (let k = 0; k < n - 1; k++) {
    // The reflection that takes what is below the diagonal of column k to its first place.
    let square = 0;
    for (let i = k + 1; i < n; i++) square += (v[i] = a[i * n + k]!) ** 2;
    const length = Math.sqrt(square), head = v[k + 1]!;
    const image = head > 0 ? -length : length;
    beside[k] = image;
    if (length === 0) continue;
    v[k + 1] = head - image;
    const factor = 1 / (length * (length + Math.abs(head))); // 2 / v·v
    let overlap = 0;
    for (let i = k + 1; i < n; i++) {
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += a[i * n + j]! * v[j]!;
      w[i] = factor * sum;
      overlap += w[i]! * v[i]!;
    }
    for (let i = k + 1; i < n; i++) w[i]! -= factor / 2 * overlap * v[i]!;
    for (let i = k + 1; i < n; i++) {
      for (let j = k + 1; j < n; j++) a[i * n + j]! -= v[i]! * w[j]! + w[i]! * v[j]!;
    }
  }
  return { diagonal: Float64Array.from({ length: n }, (_, i) => a[i * n + i]!), beside };
}

/** The last row of the block that begins at `first`: the coupling after it is lost in rounding. */
function blockEnd(diagonal: Float64Array, beside: Float64Array, first: number): number {
  let last = first;
  while (last < diagonal.length - 1) {
    const size = Math.abs(diagonal[last]!) + Math.abs(diagonal[last + 1]!);
    if (Math.abs(beside[last]!) <= Number.EPSILON * size) break;
    last++;
  }
  return last;
}

/** One QL step on a block, from its end to its start, with Wilkinson's shift. */
function sweep(
  d: Float64Array,
  e: Float64Array,
  { first, last }: { readonly first: number; readonly last: number },
): void {
  const half = (d[first + 1]! - d[first]!) / (2 * e[first]!);
  const root = Math.hypot(half, 1);
  const shift = d[first]! - e[first]! / (half + (half < 0 ? -root : root));
  let cos = 1, sin = 1, moved = 0;
  let bulge = d[last]! - shift;
  for (let i = last - 1; i >= first; i--) {
    const far = sin * e[i]!, near = cos * e[i]!;
    const length = Math.hypot(far, bulge);
    e[i + 1] = length;
    if (length === 0) {
      d[i + 1]! -= moved;
      e[last] = 0;
      return;
    }
    sin = far / length;
    cos = bulge / length;
    const kept = d[i + 1]! - moved;
    const turn = (d[i]! - kept) * sin + 2 * cos * near;
    moved = sin * turn;
    d[i + 1] = kept + moved;
    bulge = cos * turn - near;
  }
  d[first]! -= moved;
  e[first] = bulge;
  e[last] = 0;
}
