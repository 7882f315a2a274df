import * as z from "zod";
import { featureCount, multiplyAdds } from "@/lib/network/mod.ts";
import { featuresMemory } from "@/lib/plan/features_memory.ts";
import { defineKind } from "@/lib/plan/kind.ts";
import { multiplyAddRate } from "@/lib/plan/training_cost.ts";

/** Computes the features of every training and test image once, for all probes of an encoder on a data set. */
export const features = defineKind({
  version: 1,
  spec: z.strictObject({}),
  needs: { encoder: "one", images: "one" },
  info: z.strictObject({ dimensions: z.number(), train: z.number(), test: z.number() }),
  variants: () => ({}),
  seconds({ needs }, around) {
    const { trainImages, testImages, pixels } = around.imagesOf(needs.images);
    const each = multiplyAdds(around.networkOf(needs.encoder), pixels) / multiplyAddRate;
    return 0.7 + (trainImages + testImages) * each;
  },
  bytes({ needs }, around) {
    const { trainImages, testImages } = around.imagesOf(needs.images);
    return 4 * (trainImages + testImages) * featureCount(around.networkOf(needs.encoder));
  },
  memory({ needs }, around) {
    const { trainImages, testImages, pixels } = around.imagesOf(needs.images);
    return featuresMemory(around.networkOf(needs.encoder), Math.max(trainImages, testImages), {
      pixels,
      seen: pixels,
    });
  },
});
