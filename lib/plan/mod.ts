/**
 * Conditions in, a graph of distinct steps out; pure.
 *
 * @module
 */

export * from "@/lib/plan/cost.ts";
export * from "@/lib/plan/disk.ts";
export * from "@/lib/plan/domains.ts";
export * from "@/lib/plan/history.ts";
export type { Pictures } from "@/lib/plan/pictures.ts";
export * from "@/lib/plan/plan.ts";
export type { PlannedCondition } from "@/lib/plan/planned_condition.ts";
export type { CorruptedRole } from "@/lib/plan/pretraining.ts";
export * from "@/lib/plan/step.ts";
