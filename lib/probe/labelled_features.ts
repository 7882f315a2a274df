/** Labelled feature vectors. */
export interface LabelledFeatures {
  /** `[count, dim]`, flat. */
  readonly features: Float32Array;
  /** `[count]`, in 0..classes-1. */
  readonly labels: Uint16Array;
}

/** Some rows of labelled features, in the order asked for. */
export function takeRows(
  data: LabelledFeatures,
  at: { readonly rows: Uint32Array; readonly dim: number },
): LabelledFeatures {
  const { rows, dim } = at;
  const features = new Float32Array(rows.length * dim);
  rows.forEach((row, i) => {
    features.set(data.features.subarray(row * dim, (row + 1) * dim), i * dim);
  });
  return { features, labels: Uint16Array.from(rows, (row) => data.labels[row]!) };
}
