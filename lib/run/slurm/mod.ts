/**
 * Workers as jobs of Slurm: what they ask for, their batch scripts, and how many a cluster takes.
 *
 * @module
 */

export * from "@/lib/run/slurm/arrays.ts";
export * from "@/lib/run/slurm/batch.ts";
export * from "@/lib/run/slurm/job_notes.ts";
export * from "@/lib/run/slurm/limits.ts";
export * from "@/lib/run/slurm/script.ts";
export * from "@/lib/run/slurm/settings.ts";
