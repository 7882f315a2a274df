import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/** A symmetric matrix taken apart: Σ value_i * vector_i vector_iᵀ. */
export interface Eigen {
  /** `[size]`, smallest first. */
  readonly values: Float64Array;
  /** `[size, size]`, flat: one vector a row, of length 1, at right angles to the others. */
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix.
 *
 * @param matrix `[size, size]`, flat.
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const taken = new EigenvalueDecomposition(Matrix.from1DArray(size, size, matrix), {
    assumeSymmetric: true,
  });
  return {
    values: Float64Array.from(taken.realEigenvalues),
    vectors: Float64Array.from(taken.eigenvectorMatrix.transpose().to1DArray()),
  };
}
