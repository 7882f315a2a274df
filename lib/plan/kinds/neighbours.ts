import * as z from "zod";
import { defineKind, listOf } from "@/lib/plan/kind.ts";
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
});
