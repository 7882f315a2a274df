import * as z from "zod";
import type { KnnSettings, LinearSettings, SgdLinearSettings } from "@/dsl/mod.ts";
import { declared, defineKind, listOf } from "@/lib/plan/kind.ts";
import { knnMemory, linearMemory, sgdLinearMemory } from "@/lib/plan/probe_memory.ts";

// Seconds of a linear probe for each label and each of the encoders that are fused: 1e-4 for 16 classes, 8e-4 for 252.
const eachLabel = 4e-4;

/** Classifies by cached features, of one encoder or of several side by side, and predicts the class of every test image. */
export const probe = defineKind({
  version: 1,
  spec: z.discriminatedUnion("probe", [
    z.strictObject({
      probe: z.literal("linear"),
      settings: declared<LinearSettings>(),
      seed: z.number(),
    }),
    z.strictObject({
      probe: z.literal("sgd-linear"),
      settings: declared<SgdLinearSettings>(),
      seed: z.number(),
    }),
    z.strictObject({
      probe: z.literal("knn"),
      settings: declared<KnnSettings>(),
      seed: z.number(),
    }),
  ]),
  /** `tested`: the features of the test images, where those are other than `features` has them. */
  needs: { features: "many", tested: "many", images: "one", subset: "one" },
  /** And what it chose, by names of its own. */
  info: z.looseObject({
    images: z.number(),
    /** The accuracy of each choice on held-out labels. */
    heldOut: listOf(z.record(z.string(), z.number())),
  }),
  variants: ({ probe }) => ({ probe: [probe] }),
  seconds: ({ needs }, around) =>
    0.7 + eachLabel * around.countOf(needs.subset) * needs.features.length,
  bytes: ({ needs }, around) => 2 * around.imagesOf(needs.images).testImages,
  memory({ spec, needs }, around) {
    const { trainImages, testImages, classes } = around.imagesOf(needs.images);
    const size = {
      lengths: needs.features.map((key) => around.lengthOf(key)),
      ...{ trainImages, testImages, classes },
      labelled: around.countOf(needs.subset),
    };
    switch (spec.probe) {
      case "linear":
        return linearMemory(size);
      case "sgd-linear":
        return sgdLinearMemory(size, spec.settings.batch);
      case "knn":
        return knnMemory(size);
    }
  },
});
