import * as z from "zod";
import { defineKind, little, type Sizes } from "@/lib/plan/kind.ts";

const spec = z.union([
  z.strictObject({
    /** `null` takes all, which are the same at every seed. */
    size: z.number().nullable(),
    seed: z.number().exactOptional(),
    /** Whether images without labels are drawn from as well. */
    unlabelled: z.boolean().exactOptional(),
  }),
  z.strictObject({ perClass: z.number(), seed: z.number() }),
]);

/**
 * Draws a subset of a domain's images, nested in every larger one of the same seed: a uniform one, or as many training images of
 * each class, of which there may be fewer.
 */
export const subset = defineKind({
  version: 1,
  spec,
  needs: { images: "one" },
  info: z.strictObject({
    images: z.number(),
    /** Of so many images a class: the classes, and those of them that have fewer. */
    classes: z.strictObject({ all: z.number(), short: z.number() }).exactOptional(),
  }),
  variants: () => ({}),
  seconds: () => 0.05,
  bytes: ({ spec, needs }, around) => 4 * subsetImages(spec, around.imagesOf(needs.images)),
  memory: () => little,
});

/** How many images a subset has of a data set of these counts; of so many a class, where every class has them. */
export function subsetImages(
  asked: z.output<typeof spec>,
  { trainImages, unlabelledImages, classes }: Omit<Sizes, "testImages">,
): number {
  if ("perClass" in asked) return Math.min(asked.perClass * classes, trainImages);
  return asked.size ?? trainImages + (asked.unlabelled ? unlabelledImages : 0);
}
