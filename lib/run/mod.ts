/**
 * Steps become work: what is ready and in which order, who works it, progress.
 *
 * @module
 */

export * from "@/lib/run/events.ts";
export * from "@/lib/run/executor.ts";
export * from "@/lib/run/fingerprint.ts";
export * from "@/lib/run/frozen_code.ts";
export * from "@/lib/run/job.ts";
export * from "@/lib/run/live_plans.ts";
export * from "@/lib/run/local_pool.ts";
export { machineFacts } from "@/lib/run/machine.ts";
export * from "@/lib/run/plan_watch.ts";
export * from "@/lib/run/progress.ts";
export * from "@/lib/run/runner.ts";
export { underWayOf } from "@/lib/run/under_way.ts";
export * from "@/lib/run/attempts.ts";
export { longestSilence } from "@/lib/run/silence.ts";
export { stepLogPath } from "@/lib/run/step_log.ts";
export * from "@/lib/run/work_plan.ts";
export * from "@/lib/run/worker_note.ts";
export { goesOn, needsTensors } from "@/lib/run/works.ts";
