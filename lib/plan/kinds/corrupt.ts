import * as z from "zod";
import type { Corruption } from "@/dsl/mod.ts";
import { type Around, declared, defineKind, little } from "@/lib/plan/kind.ts";
import { imageBytes } from "@/lib/plan/stored_bytes.ts";

// Seconds to corrupt an image on one core: for each image, and for each of its pixels.
const each = 1e-3, eachPixel = 6e-8;

/** Packs a subset's images corrupted, to pretrain on; or all images of a domain with labels, to probe on. */
export const corrupt = defineKind({
  version: 1,
  spec: z.strictObject({ corruption: declared<Corruption>() }),
  needs: { images: "one", subset: "optional" },
  info: z.strictObject({ images: z.number() }),
  variants: ({ corruption }) => ({ corruption: [corruption.kind] }),
  seconds({ needs }, around) {
    const { pixels } = around.imagesOf(needs.images);
    return 0.2 + countOf(needs, around) * (each + eachPixel * pixels ** 2);
  },
  bytes: ({ needs }, around) =>
    countOf(needs, around) * imageBytes(around.imagesOf(needs.images).pixels),
  memory: () => little,
});

function countOf(
  { images, subset }: { readonly images: string; readonly subset?: string },
  around: Around,
): number {
  if (subset !== undefined) return around.countOf(subset);
  const { trainImages, testImages } = around.imagesOf(images);
  return trainImages + testImages;
}
