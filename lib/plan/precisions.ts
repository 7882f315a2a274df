import type { Precision } from "@/dsl/mod.ts";
import type { Plan } from "@/lib/plan/plan.ts";

/** The number formats in which a plan's trainings are, those of fine-tuning among them. */
export function precisionsOf({ steps }: Pick<Plan, "steps">): ReadonlySet<Precision> {
  return new Set(steps.flatMap((step) => {
    if (step.kind === "finetune") return [step.spec.settings.precision];
    return step.kind === "pretrain" && step.spec.training ? [step.spec.training.precision] : [];
  }));
}
