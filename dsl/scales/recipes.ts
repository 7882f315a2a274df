import type { SupervisedTraining } from "@/dsl/methods/supervised.ts";
import type { FinetuneSettings, KnnSettings, LinearSettings } from "@/dsl/scale.ts";

/** The linear probe's choices. */
export const linear: LinearSettings = {
  penalties: [1e-3, 1e-2, 1e-1],
  penaltyLimits: [1e-6, 10],
  heldOut: 0.2,
};

/** The nearest-neighbour probe's choices; the temperature is that of Wu et al. 2018. */
export const knn: KnnSettings = {
  neighbours: [1, 5, 10, 20, 50, 100, 200],
  temperature: 0.07,
  heldOut: 0.2,
};

/** Fine-tuning and training from scratch by the recipe of supervised pretraining, but for what is chosen or said here. */
export function finetuneBy(
  { method: _, learningRate: __, ...training }: SupervisedTraining,
  settings:
    & Pick<FinetuneSettings, "minimumSteps" | "wholePixels" | "learningRates" | "trialSteps">
    & Partial<FinetuneSettings>,
): FinetuneSettings {
  return { ...training, heldOut: 0.2, ...settings };
}
