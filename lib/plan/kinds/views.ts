import * as z from "zod";
import type { Augmentation } from "@/dsl/mod.ts";
import { declared, defineKind, little } from "@/lib/plan/kind.ts";
import { sheetBytes } from "@/lib/plan/stored_bytes.ts";

/** Draws a few images of a domain, and beside each the views that a training makes of it. */
export const views = defineKind({
  version: 1,
  spec: z.strictObject({
    augmentation: declared<Augmentation>(),
    images: z.number(),
    views: z.number(),
  }),
  needs: { images: "one" },
  info: z.strictObject({ images: z.number(), views: z.number() }),
  variants: () => ({}),
  seconds: () => 0.3,
  bytes: () => sheetBytes,
  memory: () => little,
});
