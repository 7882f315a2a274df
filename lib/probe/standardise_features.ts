/** An affine map of feature vectors, one shift and factor a dimension. */
export interface FeatureScale {
  readonly mean: Float64Array;
  /** 1 / standard deviation; 0 for a dimension that does not vary, which is thereby dropped. */
  readonly factor: Float64Array;
}

/** The scale under which `[count, dim]` features have mean 0 and standard deviation 1. */
export function fitScale(features: Float32Array, dim: number): FeatureScale {
  const count = features.length / dim;
  const mean = new Float64Array(dim), square = new Float64Array(dim);
  features.forEach((value, i) => mean[i % dim]! += value / count);
  features.forEach((value, i) => square[i % dim]! += (value - mean[i % dim]!) ** 2 / count);
  return { mean, factor: square.map((variance) => variance > 1e-12 ? 1 / Math.sqrt(variance) : 0) };
}

/** The scale that leaves features as they are. */
export function noScale(dim: number): FeatureScale {
  return { mean: new Float64Array(dim), factor: new Float64Array(dim).fill(1) };
}

/** Features `[count, dim]` under a scale. */
export function applyScale(features: Float32Array, scale: FeatureScale): Float32Array {
  const dim = scale.mean.length;
  return features.map((value, i) => (value - scale.mean[i % dim]!) * scale.factor[i % dim]!);
}
