import { supervisedMethod } from "@/dsl/methods/supervised.ts";
import type { Scale } from "@/dsl/scale.ts";
import { finetuneBy, knn } from "@/dsl/scales/recipes.ts";

/** The paper's own sizes; the methods have their published recipes where it is silent. */
export const paper: Scale = {
  name: "paper",
  recipes: "paper",
  pixels: 224,
  sizes: {
    "10k": 10_000,
    "50k": 50_000,
    "125k": 125_000,
    "250k": 250_000,
    "500k": 500_000,
    "1M": 1_000_000,
  },
  labels: {
    "10k": 10_000,
    "50k": 50_000,
    "125k": 125_000,
    "250k": 250_000,
    "500k": 500_000,
    "1M": 1_000_000,
  },
  world: { train: 1_200_000, test: 50_000 },
  network: {
    family: "resnet",
    stem: "large",
    block: "bottleneck",
    blocks: [3, 4, 6, 3],
    width: 64,
  },
  // SimCLR's own linear evaluation on ImageNet (its README), on features that are extracted once.
  linear: {
    epochs: 90,
    batch: 4096,
    learningRate: 0.1,
    momentum: 0.9,
    weightDecay: 1e-6,
  },
  knn,
  // SimCLR's number of epochs for 10 % of the labels or more.
  finetune: finetuneBy(supervisedMethod.recipes.paper, {
    epochs: 30,
    minimumSteps: 3000,
    wholePixels: 224,
    learningRates: [0.04, 0.4],
    trialSteps: 3000,
  }),
  seeds: 1,
};
