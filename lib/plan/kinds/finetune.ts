import * as z from "zod";
import { type FinetuneSettings, methods, type Normalisation } from "@/dsl/mod.ts";
import { featuresMemory } from "@/lib/plan/features_memory.ts";
import { declared, defineKind, listOf } from "@/lib/plan/kind.ts";
import { shownImages, trainingSeconds } from "@/lib/plan/training_cost.ts";
import { trainingMemory } from "@/lib/plan/training_memory.ts";

/**
 * Trains all layers on labelled images, from an encoder's weights, and predicts the class of every test image; training from
 * scratch is the same, from an untrained encoder.
 */
export const finetune = defineKind({
  version: 1,
  spec: z.strictObject({
    settings: declared<FinetuneSettings>(),
    seed: z.number(),
    /** That of an encoder from outside; absent for this project's. */
    normalisation: declared<Normalisation>().exactOptional(),
  }),
  needs: { encoder: "one", images: "one", subset: "one" },
  info: z.strictObject({
    images: z.number(),
    learningRate: z.number(),
    /** `null` where the training diverged. */
    heldOut: listOf(
      z.strictObject({ learningRate: z.number(), accuracy: z.number().nullable() }),
    ),
    steps: z.number(),
    /** The mean loss of each epoch. */
    losses: listOf(z.number()),
  }),
  variants: () => ({}),
  seconds({ spec: { settings }, needs }, around) {
    const images = around.countOf(needs.subset);
    const rates = settings.learningRates.length;
    const tried = Math.min(
      shownImages(settings, (1 - settings.heldOut) * images),
      settings.trialSteps * settings.batch,
    );
    const shown = shownImages(settings, images) + (rates === 1 ? 0 : rates * tried);
    const { passes } = methods.supervised, network = around.networkOf(needs.encoder);
    return 2 + trainingSeconds({ shown, passes, network }, settings);
  },
  bytes: ({ needs }, around) => 2 * around.imagesOf(needs.images).testImages,
  memory({ spec: { settings }, needs }, around) {
    const { testImages, classes, pixels } = around.imagesOf(needs.images);
    const { passes } = methods.supervised, network = around.networkOf(needs.encoder);
    const training = trainingMemory({
      ...{ network, pixels, classes, passes },
      images: around.countOf(needs.subset),
      holdings: { dense: [], copied: false, kept: 0, compared: () => 0 },
    }, settings);
    const predicting = featuresMemory(network, testImages, { pixels, seen: settings.wholePixels });
    // One after the other.
    return {
      host: Math.max(training.host, predicting.host),
      device: Math.max(training.device, predicting.device - training.divided),
      divided: training.divided,
    };
  },
});
