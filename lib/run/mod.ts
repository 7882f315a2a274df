/**
 * Steps become work: claims, worker processes, progress.
 *
 * @module
 */

export * from "@/lib/run/fingerprint.ts";
export * from "@/lib/run/job.ts";
export { machineFacts } from "@/lib/run/machine.ts";
export * from "@/lib/run/progress.ts";
export * from "@/lib/run/runner.ts";
export { tensorKinds } from "@/lib/run/works.ts";
