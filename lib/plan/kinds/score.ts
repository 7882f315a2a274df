import * as z from "zod";
import { defineKind, listOf, little } from "@/lib/plan/kind.ts";

/** Rolls a probe's predictions up the label tree and scores them at each level (paper, Fig 5). */
export const score = defineKind({
  version: 1,
  /** The finest level under the name `finest`. */
  spec: z.strictObject({ levels: listOf(z.string()) }),
  needs: { probe: "one", images: "one" },
  info: z.strictObject({
    testImages: z.number(),
    levels: listOf(
      z.strictObject({ level: z.string(), classes: z.number(), top1: z.number() }),
    ),
  }),
  variants: () => ({}),
  seconds: () => 0.05,
  bytes: ({ spec, needs }, around) => around.imagesOf(needs.images).testImages * spec.levels.length,
  memory: () => little,
});
