/** The number formats that are compared. */
export const precisions = ["float32", "bfloat16"] as const;
export type Precision = typeof precisions[number];

/** Our step, and PyTorch's in each of its memory layouts. */
export const contenderNames = ["ours", "contiguous", "channels-last"] as const;
export type ContenderName = typeof contenderNames[number];

/** What one program says of its measurement. */
export interface Said {
  readonly views: number;
  readonly seconds: number;
  readonly parameters: number;
  readonly losses: readonly number[];
}

/** One measurement of a contender. */
export interface Measured {
  /** Views a second, all its processes together. */
  readonly rate: number;
  /** Bytes; see `PeakMemory`. */
  readonly proportional: number;
  readonly resident: number;
  readonly said: readonly Said[];
}

/** All that was measured of one case in one precision. */
export interface EngineRow {
  readonly name: string;
  readonly precision: Precision;
  /** Multiplications and additions of one view. */
  readonly operations: number;
  /** Those a second that this machine reaches in a product of matrices. */
  readonly peak: number;
  readonly measured: Readonly<Record<ContenderName, readonly Measured[]>>;
}
