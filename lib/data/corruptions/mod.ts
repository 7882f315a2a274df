/**
 * What can be done to images: a file for each kind, a line each in the registry.
 *
 * @module
 */

import type { Corrupt, CorruptionKind } from "@/lib/data/corruptions/corruption.ts";

/** Each kind of corruption, loaded when first needed, so that corrupted images rest on the code of their own kind alone. */
export const corruptions: {
  readonly [K in CorruptionKind]: () => Promise<Corrupt<K>>;
} = {
  downsample: async () => (await import("@/lib/data/corruptions/downsample.ts")).downsample,
  resize: async () => (await import("@/lib/data/corruptions/resize.ts")).resize,
  jpeg: async () => (await import("@/lib/data/corruptions/jpeg.ts")).jpeg,
  "salt-and-pepper": async () =>
    (await import("@/lib/data/corruptions/salt_and_pepper.ts")).saltAndPepperImage,
};
