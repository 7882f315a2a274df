import { supervisedMethod } from "@/dsl/methods/supervised.ts";
import type { Scale } from "@/dsl/scale.ts";
import { finetuneBy, knn, linear } from "@/dsl/scales/recipes.ts";

/** One GPU for a day: the paper's sizes divided by 10. */
export const small: Scale = {
  name: "small",
  recipes: "small",
  pixels: 64,
  sizes: {
    "10k": 1000,
    "50k": 5000,
    "125k": 12_500,
    "250k": 25_000,
    "500k": 50_000,
    "1M": 100_000,
  },
  labels: {
    "10k": 1000,
    "50k": 5000,
    "125k": 12_500,
    "250k": 25_000,
    "500k": 50_000,
    "1M": 100_000,
  },
  world: { train: 120_000, test: 10_000 },
  network: { family: "resnet", stem: "small", block: "basic", blocks: [2, 2, 2, 2], width: 64 },
  linear,
  knn,
  finetune: finetuneBy(supervisedMethod.recipes.small, {
    minimumSteps: 1000,
    wholePixels: 64,
    learningRates: [0.01, 0.1],
    trialSteps: 1000,
  }),
  seeds: 1,
};
