import * as z from "zod";
import { defineKind } from "@/lib/plan/kind.ts";

/** Draws a uniform subset of a domain's images, nested in every larger one of the same seed. */
export const subset = defineKind({
  version: 1,
  spec: z.strictObject({
    /** `null` takes all, which are the same at every seed. */
    size: z.number().nullable(),
    seed: z.number().exactOptional(),
    /** Whether images without labels are drawn from as well. */
    unlabelled: z.boolean().exactOptional(),
  }),
  needs: { images: "one" },
  info: z.strictObject({ images: z.number() }),
  variants: () => ({}),
  seconds: () => 0.05,
  bytes: ({ spec, needs }, around) => 4 * subsetImages(spec, around.imagesOf(needs.images)),
});

/** How many images a subset has of a data set of these counts. */
export function subsetImages(
  { size, unlabelled = false }: { readonly size: number | null; readonly unlabelled?: boolean },
  { trainImages, unlabelledImages }: {
    readonly trainImages: number;
    readonly unlabelledImages: number;
  },
): number {
  return size ?? trainImages + (unlabelled ? unlabelledImages : 0);
}
