import type { Scale } from "@/dsl/scale.ts";
import {
  finetuneBy,
  knn,
  linear,
  smallByol,
  smallMoco,
  smallSimclr,
  smallSupervised,
} from "@/dsl/scales/recipes.ts";

/** A laptop: the paper's sizes divided by about 227, as many as the smallest domain of photographs at hand has. */
export const mini: Scale = {
  name: "mini",
  pixels: 32,
  sizes: { "10k": 44, "50k": 220, "125k": 550, "250k": 1100, "500k": 2200, "1M": 4400 },
  world: { train: 6000, test: 1500 },
  network: { family: "resnet", stem: "small", block: "basic", blocks: [1, 1, 1, 1], width: 16 },
  simclr: { ...smallSimclr, epochs: 25 },
  moco: { ...smallMoco, epochs: 25 },
  byol: { ...smallByol, epochs: 25 },
  supervised: { ...smallSupervised, epochs: 15 },
  linear,
  knn,
  finetune: finetuneBy(smallSupervised, { epochs: 8, minimumSteps: 60, learningRates: [0.05] }),
  seeds: 1,
};
