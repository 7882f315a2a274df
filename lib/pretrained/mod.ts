/**
 * Encoders from outside: files of weights, read without running anything of them, and the layouts in which they are published.
 *
 * To add a layout: a line in `layouts.ts`.
 *
 * @module
 */

export {
  type Normalisation,
  type OutsideEncoder,
  readEncoders,
} from "@/lib/pretrained/encoders_file.ts";
export { type ImportedEncoder, importEncoder } from "@/lib/pretrained/import_encoder.ts";
export { type Layout, type LayoutName, layoutNames, layouts } from "@/lib/pretrained/layouts.ts";
export { openWeights } from "@/lib/pretrained/open_weights.ts";
export type { TensorForm, WeightFile } from "@/lib/pretrained/weight_file.ts";
