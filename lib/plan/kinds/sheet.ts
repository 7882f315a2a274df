import * as z from "zod";
import { defineKind, listOf, little } from "@/lib/plan/kind.ts";
import { sheetBytes } from "@/lib/plan/stored_bytes.ts";

/** Draws contact sheets of a domain's images. */
export const sheet = defineKind({
  version: 3,
  spec: z.strictObject({ rows: z.number(), columns: z.number() }),
  needs: { images: "one" },
  info: z.strictObject({
    sheets: listOf(z.strictObject({
      /** `null` for images without labels. */
      level: z.string().nullable(),
      /** The class of each row; none without labels. */
      classes: listOf(z.string()),
    })),
  }),
  variants: () => ({}),
  seconds: () => 0.2,
  bytes: () => sheetBytes,
  memory: () => little,
});
