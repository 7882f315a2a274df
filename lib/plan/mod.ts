/**
 * Conditions in, a graph of distinct steps out; pure.
 *
 * @module
 */

export * from "@/lib/plan/cost.ts";
export * from "@/lib/plan/disk.ts";
export * from "@/lib/plan/domains.ts";
export * from "@/lib/plan/history.ts";
export * from "@/lib/plan/plan.ts";
export type { CorruptedRole } from "@/lib/plan/pretraining.ts";
export * from "@/lib/plan/step.ts";
