import type { Condition } from "@/dsl/mod.ts";

/** A condition and the steps at which its results stand. */
export interface PlannedCondition {
  readonly condition: Condition;
  /** Key of the `score` step. */
  readonly score: string;
  /** Key of the `probe` or `finetune` step, which holds a prediction for every test image. */
  readonly probe: string;
  /** Keys of the `pretrain` steps. */
  readonly encoders: readonly string[];
}
