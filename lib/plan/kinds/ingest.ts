import * as z from "zod";
import { defineKind, listOf, little } from "@/lib/plan/kind.ts";
import { imageBytes } from "@/lib/plan/stored_bytes.ts";

/** Decodes and resizes a data set into one packed file a split. */
export const ingest = defineKind({
  version: 1,
  spec: z.strictObject({
    /** The identity of its content. */
    dataset: z.string(),
    /** The form in which it is published, or `world`. */
    form: z.string(),
    /** Side of the packed images. */
    pixels: z.number(),
  }),
  needs: {},
  info: z.strictObject({
    train: z.number(),
    test: z.number(),
    unlabelled: z.number(),
    /** The broken images that were left out. */
    skipped: listOf(z.strictObject({ name: z.string(), reason: z.string() })),
  }),
  variants: ({ form }) => ({ adapter: [form] }),
  seconds: () => 7,
  bytes({ spec }, around) {
    const { trainImages, testImages, unlabelledImages } = around.sizesOf(spec.dataset);
    return (trainImages + testImages + unlabelledImages) * imageBytes(spec.pixels);
  },
  memory: () => little,
});
