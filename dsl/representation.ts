import type { EncoderBy } from "@/dsl/encoder.ts";
import { freeze } from "@/dsl/freeze.ts";
import type { Method } from "@/dsl/methods/mod.ts";

/** A network and the way it is trained. */
export type Encoder = EncoderBy<Method>;

/** Several encoders whose features are concatenated (Table 3). */
export interface Fusion {
  readonly kind: "fusion";
  readonly encoders: readonly [Encoder, Encoder, ...Encoder[]];
}

/** Anything that turns an image into a feature vector. */
export type Representation = Encoder | Fusion;

/** The concatenated features of two encoders or more (Table 3). */
export function fuse(first: Encoder, second: Encoder, ...more: readonly Encoder[]): Fusion {
  return freeze({ kind: "fusion", encoders: [first, second, ...more] });
}
