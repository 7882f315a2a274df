/**
 * What describes an image without a network: a file for each floor, a line each in the registry.
 *
 * @module
 */

import type { FloorName, FloorOf } from "@/dsl/floor.ts";
import type { Describe } from "@/lib/probe/floors/image.ts";

/** Each floor, loaded when first needed, so that its features rest on no other's code. */
export const describers: { readonly [F in FloorName]: () => Promise<Describe<FloorOf<F>>> } = {
  pixels: async () => (await import("@/lib/probe/floors/pixels.ts")).describePixels,
  colours: async () => (await import("@/lib/probe/floors/colours.ts")).describeColours,
  gradients: async () => (await import("@/lib/probe/floors/gradients.ts")).describeGradients,
};
