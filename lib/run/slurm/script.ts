import { shellWord } from "@/lib/base/shell_word.ts";
import type { ResourceClass } from "@/lib/run/slurm/settings.ts";
import { timeLimit } from "@/lib/run/slurm/time_limit.ts";

/** A job array to be submitted. */
export interface JobArray {
  readonly of: ResourceClass;
  /** How many workers it has. */
  readonly workers: number;
  /** The plan that they work. */
  readonly plan: string;
  /** The folder of its logs. */
  readonly logs: string;
  /** The program that starts a worker, and its arguments. */
  readonly command: readonly string[];
}

/** Seconds before the end of its time at which a job is told of it. */
export function noticeSeconds({ time }: Pick<ResourceClass, "time">): number {
  // Of a job of a few minutes five would be all.
  return Math.min(300, time * 15);
}

/** The batch script of a job array. Each element is one worker; what becomes of it is no matter to the others. */
export function batchScript({ of, workers, plan, logs, command }: JobArray): string {
  const options = [
    `--job-name=wc-${of.name}-${plan.slice(0, 8)}`,
    `--array=0-${workers - 1}`,
    `--output=${shellWord(`${logs.replaceAll("%", "%%")}/%A_%a.log`)}`,
    // A job that is put back into the queue goes on in its log.
    "--open-mode=append",
    "--nodes=1",
    "--ntasks=1",
    `--cpus-per-task=${of.cpus}`,
    `--time=${timeLimit(of.time)}`,
    ...of.memory === undefined ? [] : [`--mem=${of.memory}`],
    ...of.gpus === undefined ? [] : [`--gres=gpu:${of.gpus === 1 ? 1 : `${of.gpus}:1`}`],
    ...of.partition === undefined ? [] : [`--partition=${of.partition}`],
    ...of.account === undefined ? [] : [`--account=${of.account}`],
    ...of.qos === undefined ? [] : [`--qos=${of.qos}`],
    `--signal=B:USR1@${noticeSeconds(of)}`,
    "--requeue",
    ...of.sbatch,
  ];
  return [
    "#!/bin/bash",
    ...options.map((option) => `#SBATCH ${option}`),
    "",
    // Until the worker listens: without it the shell would die of the notice.
    "trap '' USR1",
    ...of.prelude,
    // In the shell's place, so that Slurm's signals reach it.
    `exec ${command.map(shellWord).join(" ")}`,
    "",
  ].join("\n");
}
