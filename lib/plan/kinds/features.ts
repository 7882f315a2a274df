import * as z from "zod";
import type { Floor, Normalisation } from "@/dsl/mod.ts";
import { featureCount, floorLength, multiplyAdds } from "@/lib/network/mod.ts";
import { featuresMemory } from "@/lib/plan/features_memory.ts";
import { declared, defineKind } from "@/lib/plan/kind.ts";
import { multiplyAddRate } from "@/lib/plan/training_cost.ts";

// Seconds of a floor for each pixel of an image: gradients take longest.
const eachPixel = 1e-7;

/** Computes the features of every training and test image once, for all probes of an encoder, or of a floor, on a data set. */
export const features = defineKind({
  version: 1,
  spec: z.strictObject({
    /** It needs no encoder. */
    floor: declared<Floor>().exactOptional(),
    /** That of an encoder from outside; absent for this project's. */
    normalisation: declared<Normalisation>().exactOptional(),
  }),
  needs: { encoder: "optional", images: "one" },
  info: z.strictObject({ dimensions: z.number(), train: z.number(), test: z.number() }),
  variants: ({ floor }) => ({ floor: floor === undefined ? [] : [floor.family] }),
  seconds({ spec: { floor }, needs }, around) {
    const { trainImages, testImages, pixels } = around.imagesOf(needs.images);
    const each = floor === undefined
      ? multiplyAdds(around.networkOf(needs.encoder!), pixels) / multiplyAddRate
      : eachPixel * pixels ** 2;
    return 0.7 + (trainImages + testImages) * each;
  },
  bytes({ spec: { floor }, needs }, around) {
    const { trainImages, testImages, pixels } = around.imagesOf(needs.images);
    const length = floor === undefined
      ? featureCount(around.networkOf(needs.encoder!))
      : floorLength(floor, pixels);
    return 4 * (trainImages + testImages) * length;
  },
  memory({ spec: { floor }, needs }, around) {
    const { trainImages, testImages, pixels } = around.imagesOf(needs.images);
    const images = Math.max(trainImages, testImages);
    // A floor reads the images of a split one after the other.
    if (floor !== undefined) {
      return { host: 4 * images * floorLength(floor, pixels), device: 0, divided: 0 };
    }
    return featuresMemory(around.networkOf(needs.encoder!), images, {
      pixels,
      seen: pixels,
    });
  },
});
