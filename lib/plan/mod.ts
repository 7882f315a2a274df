/**
 * Conditions in, a graph of distinct steps out; pure.
 *
 * @module
 */

export * from "@/lib/plan/cost.ts";
export * from "@/lib/plan/disk.ts";
export * from "@/lib/plan/domains.ts";
export * from "@/lib/plan/frontier.ts";
export * from "@/lib/plan/history.ts";
export { type Choice, type HeldBytes, little, type Sizes, type Variants } from "@/lib/plan/kind.ts";
export * from "@/lib/plan/kinds/mod.ts";
export { comparedMethods } from "@/lib/plan/kinds/neighbours.ts";
export * from "@/lib/plan/memory.ts";
export { type FlatNeeds, gather } from "@/lib/plan/needs.ts";
export type { Pictures } from "@/lib/plan/pictures.ts";
export * from "@/lib/plan/outside.ts";
export * from "@/lib/plan/plan.ts";
export * from "@/lib/plan/precisions.ts";
export type { PlannedCondition } from "@/lib/plan/planned_condition.ts";
export type { CorruptedRole } from "@/lib/plan/pretraining.ts";
export * from "@/lib/plan/schedule.ts";
export * from "@/lib/plan/step.ts";
export * from "@/lib/plan/step_groups.ts";
export * from "@/lib/plan/with_needs.ts";
