import * as z from "zod";
import { defineKind, listOf, little } from "@/lib/plan/kind.ts";

/** The true class of every test image at each level of the label tree, for breakdowns by class (paper, Fig 3). */
export const classes = defineKind({
  version: 1,
  spec: z.strictObject({}),
  needs: { images: "one" },
  info: z.strictObject({
    testImages: z.number(),
    /** The finest first, under the name `finest`. */
    levels: listOf(z.strictObject({ level: z.string(), names: listOf(z.string()) })),
  }),
  variants: () => ({}),
  seconds: () => 0.05,
  bytes: ({ needs }, around) => 2 * around.imagesOf(needs.images).testImages,
  memory: () => little,
});
