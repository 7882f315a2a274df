import type { MeasuredForms } from "@/tests/bench/torch_form.ts";

/** The number formats that are compared. */
export const precisions = ["float32", "bfloat16"] as const;
export type Precision = typeof precisions[number];

/**
 * How PyTorch comes by its views: made before the clock starts, or in every step from uint8 images by torchvision, with
 * random numbers of each image's own, as ours are, or of each batch's.
 */
export const torchViews = ["ready-made", "a draw an image", "a draw a batch"] as const;
export type TorchViews = typeof torchViews[number];

/** What one program says of its measurement. */
export interface Said {
  readonly views: number;
  readonly seconds: number;
  readonly parameters: number;
  readonly losses: readonly number[];
  /** The versions of PyTorch's packages. */
  readonly versions?: string;
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

/** All that was measured of one case in one precision, with one kind of views on PyTorch's side. */
export interface EngineRow {
  readonly name: string;
  readonly precision: Precision;
  readonly views: TorchViews;
  /** Multiplications and additions of one view. */
  readonly operations: number;
  /** Those a second that this machine reaches in a product of matrices. */
  readonly peak: number;
  readonly ours: readonly Measured[];
  readonly torch: MeasuredForms;
  /** Why a form of PyTorch's could not be measured, by its name. */
  readonly failed: Readonly<Record<string, string>>;
  /** The name of PyTorch's fastest form. */
  readonly best: string;
}
