import type { Corruption } from "@/dsl/mod.ts";

/** What does something to an image. */
export type CorruptionKind = Exclude<Corruption["kind"], "clean">;

/** Which image is corrupted. */
export interface CorruptOptions {
  /** Side of the image, in pixels. */
  readonly px: number;
  /** The image's number in its domain's training split: the noise is a function of it, in every subset and epoch. */
  readonly image: number;
}

/** Makes a corrupted copy of an image, RGB of 0 to 255, `[px, px, 3]`. */
export type Corrupt<K extends CorruptionKind> = (
  pixels: Uint8Array,
  corruption: CorruptionOf<K>,
  options: CorruptOptions,
) => Promise<Uint8Array>;

/** The declaration of a kind. */
export type CorruptionOf<K extends CorruptionKind> = Declarations[K];

type Declarations = { readonly [K in CorruptionKind]: Extract<Corruption, { readonly kind: K }> };
