import { twoViews } from "@/dsl/augmentations.ts";
import { methods } from "@/dsl/methods/mod.ts";
import { scaleOf } from "@/dsl/scales.ts";
import { makeStep, type Plan, type StepOf } from "@/lib/plan/mod.ts";
import type { Bench } from "@/tests/run/fixture.ts";

const { network } = scaleOf("smoke");
const simclr = methods.simclr.recipes.smoke;

/** The fixture's plan and a pretraining on its eight images, two steps an epoch. */
export function withPretraining(
  { plan, ingest }: Bench,
  epochs: number,
): { readonly plan: Plan; readonly step: StepOf<"pretrain"> } {
  const training = {
    ...simclr,
    epochs,
    batch: 4,
    views: twoViews({ ...simclr.views[0].augmentation, pixels: 16 }),
  };
  const needs = { images: [ingest.key], subset: [plan.steps[2]!.key] };
  const spec = { method: "simclr", network, training, seed: 3 } as const;
  const step = makeStep({ kind: "pretrain", spec, needs }, "encoder");
  return { plan: { ...plan, steps: [...plan.steps, step] }, step };
}
