import * as z from "zod";
import type { Corruption } from "@/dsl/mod.ts";
import { type Around, declared, defineKind, little } from "@/lib/plan/kind.ts";
import { imageBytes } from "@/lib/plan/stored_bytes.ts";

// Seconds to corrupt an image on one core: for each image, and for each of its pixels.
const each = 1e-3, eachPixel = 6e-8;

/** Packs a subset's images corrupted, to pretrain on; or all images of a domain with labels, or its test images, to probe on. */
export const corrupt = defineKind({
  version: 1,
  spec: z.strictObject({
    corruption: declared<Corruption>(),
    /** Of what has no subset: the test images alone. */
    split: z.literal("test").exactOptional(),
  }),
  needs: { images: "one", subset: "optional" },
  info: z.strictObject({ images: z.number() }),
  variants: ({ corruption }) => ({ corruption: [corruption.kind] }),
  seconds(asked, around) {
    const { pixels } = around.imagesOf(asked.needs.images);
    return 0.2 + countOf(asked, around) * (each + eachPixel * pixels ** 2);
  },
  bytes: (asked, around) =>
    countOf(asked, around) * imageBytes(around.imagesOf(asked.needs.images).pixels),
  memory: () => little,
});

function countOf(
  { spec: { split }, needs: { images, subset } }: {
    readonly spec: { readonly split?: "test" };
    readonly needs: { readonly images: string; readonly subset?: string };
  },
  around: Around,
): number {
  if (subset !== undefined) return around.countOf(subset);
  const { trainImages, testImages } = around.imagesOf(images);
  return (split === "test" ? 0 : trainImages) + testImages;
}
