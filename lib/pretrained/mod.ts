/**
 * Encoders from outside: files of weights, read without running anything of them, and the layouts in which they are published.
 *
 * To add a layout: a line in `layouts.ts`.
 *
 * @module
 */

export { type OutsideEncoder, readEncoders } from "@/lib/pretrained/encoders_file.ts";
export { importEncoder } from "@/lib/pretrained/import_encoder.ts";
