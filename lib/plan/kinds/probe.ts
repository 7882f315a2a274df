import * as z from "zod";
import type { KnnSettings, LinearSettings, SgdLinearSettings } from "@/dsl/mod.ts";
import { declared, defineKind, listOf } from "@/lib/plan/kind.ts";
import { knnMemory, linearMemory, sgdLinearMemory } from "@/lib/plan/probe_memory.ts";

// Seconds of a linear probe by gradient descent for each label and each of the encoders that are fused.
const eachLabel = 4e-4;
// By 688 probes of photographs, of 64 to 768 features, 7 to 141 classes and 140 to 6,015 labels: of few labels it takes more rounds.
const solved = (length: number, labels: number, classes: number) =>
  6e-4 * length ** 0.9 * labels ** 0.2 * classes ** 0.5;
// For each pair of a test image and a labelled one: to find the nearest, and for each feature.
const eachPair = 4e-8, eachProduct = 1.2e-10;

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
  seconds({ spec, needs }, around) {
    const { testImages, classes } = around.imagesOf(needs.images);
    const labels = around.countOf(needs.subset);
    const length = needs.features.reduce((sum, key) => sum + around.lengthOf(key), 0);
    switch (spec.probe) {
      case "linear":
        return 0.1 + solved(length, labels, classes);
      case "sgd-linear":
        return 0.7 + eachLabel * labels * needs.features.length;
      case "knn":
        return 0.1 + testImages * labels * (eachPair + eachProduct * length);
    }
  },
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
