import type { Condition } from "@/dsl/mod.ts";

/** A condition and the steps at which its results stand. */
export interface PlannedCondition {
  readonly condition: Condition;
  /** Key of the `score` step. */
  readonly score: string;
  /**
   * The coarsest level that it is scored at and of which no class has more than half of the finest classes; `null` where that is
   * the finest.
   */
  readonly coarsest: string | null;
  /** Key of the `probe` or `finetune` step, which holds a prediction for every test image. */
  readonly probe: string;
  /** Keys of the `pretrain` and `import` steps; of a floor, which has none, that of its `features` step. */
  readonly encoders: readonly string[];
}
