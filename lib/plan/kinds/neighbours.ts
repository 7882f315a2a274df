import * as z from "zod";
import { defineKind, listOf } from "@/lib/plan/kind.ts";
import { knnMemory } from "@/lib/plan/probe_memory.ts";
import { sheetBytes } from "@/lib/plan/stored_bytes.ts";

/** The methods whose features find neighbours, as the report sets them side by side. */
export const comparedMethods = ["simclr", "supervised"] as const;

/** Draws a few test images, each with its nearest training images by the features of encoders of each compared method. */
export const neighbours = defineKind({
  version: 1,
  spec: z.strictObject({ queries: z.number(), neighbours: z.number() }),
  needs: { images: "one", simclr: "optional", supervised: "optional" },
  info: z.strictObject({
    queries: listOf(z.strictObject({
      class: z.string(),
      found: listOf(z.strictObject({ method: z.string(), classes: listOf(z.string()) })),
    })),
  }),
  variants: () => ({}),
  seconds: () => 0.5,
  bytes: () => sheetBytes,
  memory({ needs: { images, simclr, supervised } }, around) {
    const { trainImages, testImages, classes } = around.imagesOf(images);
    const lengths = [simclr, supervised].flatMap((key) =>
      key === undefined ? [] : around.lengthOf(key)
    );
    // One encoder after the other.
    return knnMemory({
      lengths: [Math.max(0, ...lengths)],
      ...{ trainImages, testImages, classes },
      labelled: trainImages,
    });
  },
});
