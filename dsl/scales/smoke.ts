import { supervisedMethod } from "@/dsl/methods/supervised.ts";
import type { Scale } from "@/dsl/scale.ts";
import { finetuneBy, knn } from "@/dsl/scales/recipes.ts";

/** The whole path in a minute; its numbers mean nothing. */
export const smoke: Scale = {
  name: "smoke",
  recipes: "smoke",
  pixels: 24,
  sizes: { "10k": 24, "50k": 48, "125k": 96, "250k": 128, "500k": 192, "1M": 256 },
  labels: { "10k": 48, "50k": 96, "125k": 128, "250k": 160, "500k": 208, "1M": 256 },
  world: { train: 320, test: 160 },
  network: { family: "resnet", stem: "small", block: "basic", blocks: [1, 1], width: 8 },
  linear: { penalties: [1e-3, 1e-1], penaltyLimits: [1e-4, 1], heldOut: 0.2 },
  knn: { ...knn, neighbours: [1, 5] },
  finetune: finetuneBy(supervisedMethod.recipes.smoke, {
    minimumSteps: 4,
    wholePixels: 20,
    learningRates: [0.05],
    trialSteps: 4,
  }),
  seeds: 1,
};
