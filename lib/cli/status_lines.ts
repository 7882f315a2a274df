import { duration } from "@/lib/base/duration.ts";
import { plural } from "@/lib/base/plural.ts";
import type { Part, PlanSummary } from "@/lib/cli/plan_summary.ts";
import { textTable } from "@/lib/cli/text_table.ts";
import { isQuestionId } from "@/lib/question/mod.ts";
import {
  barText,
  type FailedStep,
  type PlanState,
  type RunningStep,
  type StoredPlan,
  type WorkerNote,
} from "@/lib/run/mod.ts";

/** What is told of a plan. */
export interface Told {
  readonly plan: StoredPlan;
  readonly state: PlanState;
  readonly summary: PlanSummary;
  /** Milliseconds since 1970. */
  readonly now: number;
}

// Failures that are named, and lines of each.
const mostFailed = 5, mostLines = 3;

/** Where a plan stands, in lines: by experiment, who works on what, what failed and why, and the time left. */
export function statusLines(told: Told): readonly string[] {
  const { plan: { id, head, steps }, state, summary } = told;
  const { ids } = head.options;
  const name = Array.isArray(ids) ? ids.join(" ") : head.experiments.map((one) => one.id).join(" ");
  return [
    `plan ${id}: ${name} at scale ${head.scale}, ${plural(steps.length, "step")}`,
    ...head.experiments.some(({ id }) => isQuestionId(id)) ? [`asked by: ${head.command}`] : [],
    ...tableOf(summary),
    ...workerLines(told),
    ...state.blamed.map(({ host, at, reason }) =>
      `machine ${host} failed whatever it began (${at}): ${reason}`
    ),
    ...failureLines(state.failed),
    endLine(summary),
  ];
}

function tableOf(summary: PlanSummary): readonly string[] {
  const experiments = summary.experiments.map((one): readonly [string, Part] => [one.id, one]);
  const parts = experiments.length > 1
    ? [...experiments, ["all, each once", summary] as const]
    : [["all", summary] as const];
  const numbers = ["done", "running", "ready", "waiting", "failed", "blocked"];
  const rows = parts.map(([name, { steps, counts, secondsLeft }]) => [
    name,
    `${numberText(counts.done)} of ${numberText(steps)}`,
    ...[counts.running, counts.ready, counts.waiting, counts.failed, counts.blocked].map(
      numberText,
    ),
    secondsLeft === 0 ? "" : `about ${duration(secondsLeft)} on one core`,
  ]);
  return textTable(["", ...numbers, "left"], rows, { numbers });
}

function numberText(value: number): string {
  return value.toLocaleString("en-US");
}

function workerLines({ state: { workers, running, gone }, now }: Told): readonly string[] {
  const ofWorker = Map.groupBy(running, ({ step: { key }, host, pid }) =>
    // What it has just begun its note does not tell yet, but its claim does.
    workers.find((worker) =>
      worker.steps.some((one) => one.key === key) || (worker.host === host && worker.pid === pid)
    ));
  const others = ofWorker.get(undefined) ?? [];
  return [
    ...workers.flatMap((worker) => [
      workerLine(worker, now),
      ...(ofWorker.get(worker) ?? []).map((one) => runningLine(one, now)),
    ]),
    ...others.length === 0 ? [] : [
      "held by processes that tell nothing in this plan:",
      ...others.map((one) => `${runningLine(one, now)} (process ${one.pid} on ${one.host})`),
    ],
    ...workers.length === 0 ? [noWorker(gone)] : [],
  ];
}

// Milliseconds. A worker writes every half a minute.
const silent = 120_000;

function workerLine(worker: WorkerNote, now: number): string {
  const { host, pid, device, jobs, since, at, worked, failed, slurm } = worker;
  const job = slurm === null ? "" : `, Slurm job ${slurm.array ?? slurm.job}`;
  const heard = now - Date.parse(at) > silent ? `, not heard of for ${agoText(at, now)}` : "";
  const failures = failed === 0 ? "" : `, ${failed} failed`;
  return `worker on ${host} (process ${pid}${job}): ${plural(jobs, "process")} on ${device}, for ${
    agoText(since, now)
  }, ${worked} worked${failures}${heard}`;
}

function noWorker(gone: readonly WorkerNote[]): string {
  const last = gone.toSorted((a, b) => a.at < b.at ? 1 : -1)[0];
  if (last === undefined) return "no worker has come yet";
  return `no worker is there; the last left ${last.at} on ${last.host}${
    last.end === null ? ", without a word" : `: ${last.end.why}`
  }`;
}

function runningLine({ step, since, done, total }: RunningStep, now: number): string {
  const share = done === undefined || !total ? undefined : Math.min(done / total, 1);
  const far = share === undefined ? "" : ` ${barText(share)} ${Math.floor(100 * share)} %`;
  const long = since === undefined ? "" : `, for ${agoText(since, now)}`;
  return `  ${step.kind} ${step.label}${far}${long}`;
}

/** How long ago a time was, by clocks that may differ. */
function agoText(time: string, now: number): string {
  return duration(Math.max(0, now - Date.parse(time)) / 1000);
}

function failureLines(failed: readonly FailedStep[]): readonly string[] {
  if (failed.length === 0) return [];
  const more = failed.length - mostFailed;
  return [
    "failed, and run again by reproduce or with --retry-failed:",
    ...failed.slice(0, mostFailed).flatMap(
      ({ step: { kind, label }, kind: why, message, attempts, host, at, logFile, blocks }) => [
        `  ${kind} ${label} (${why}, ${plural(attempts, "attempt")}, last on ${host} ${at})${
          blocks === 0
            ? ""
            : `, and ${plural(blocks, "step")} that ${blocks === 1 ? "needs" : "need"} it`
        }`,
        ...message.split("\n").slice(0, mostLines).map((line) => `    ${line}`),
        `    log ${logFile}`,
      ],
    ),
    ...more > 0 ? [`  and ${plural(more, "more step")}`] : [],
  ];
}

function endLine({ steps, counts, jobs, timeLeft }: PlanSummary): string {
  if (counts.done === steps) return "all is done";
  if (counts.running + counts.ready + counts.waiting === 0) {
    return "nothing is left but what failed";
  }
  const by = jobs === 0
    ? "one process"
    : `the ${plural(jobs, "process")} that ${jobs === 1 ? "is" : "are"} there`;
  return `about ${duration(timeLeft)} left with ${by}`;
}
