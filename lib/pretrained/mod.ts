/**
 * Encoders from outside: files of weights, read without running anything of them, and the layouts in which they are published.
 *
 * To add a layout: a line in `layouts.ts`.
 *
 * @module
 */

export { checkEncoder } from "@/lib/pretrained/check_encoder.ts";
export { encoderNames, type OutsideEncoder, readEncoders } from "@/lib/pretrained/encoders_file.ts";
export { importEncoder } from "@/lib/pretrained/import_encoder.ts";
export type { LayoutName } from "@/lib/pretrained/layouts.ts";
