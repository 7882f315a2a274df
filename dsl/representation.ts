import { checked, refuseCall } from "@/dsl/checked.ts";
import type { EncoderBy } from "@/dsl/encoder.ts";
import { freeze } from "@/dsl/freeze.ts";
import type { Method } from "@/dsl/methods/mod.ts";
import { made } from "@/dsl/rules.ts";

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
  const encoders = [first, second, ...more] as const;
  const rules = Object.fromEntries(
    encoders.map((_, i) => [`encoder ${i + 1}`, made("an encoder")]),
  );
  if (checked("fuse", encoders, rules)) {
    const texts = encoders.map((one) => JSON.stringify(one));
    if (new Set(texts).size < texts.length) {
      refuseCall(
        "fuse",
        "an encoder is fused with itself",
        "Fuse it with another, or with a replica of it: { replica: 1 }",
      );
    }
  }
  return freeze({ kind: "fusion", encoders });
}
