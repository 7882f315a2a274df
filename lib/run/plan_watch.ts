import { namesIn } from "@/lib/base/files.ts";
import { orderedMap } from "@/lib/base/ordered_map.ts";
import { attemptsAt, attemptsFolder, failureIn } from "@/lib/run/attempts.ts";
import type { Failure } from "@/lib/run/failure.ts";
import { isAtWork } from "@/lib/run/live_plans.ts";
import { stepLogPath } from "@/lib/run/step_log.ts";
import { readNote } from "@/lib/run/under_way.ts";
import type { PlannedStep, StoredPlan } from "@/lib/run/work_plan.ts";
import { blamedHosts, type HostNote, type WorkerNote, workersOf } from "@/lib/run/worker_note.ts";
import { heldSteps, type Holding, type Made, readStanding, type Store } from "@/lib/store/mod.ts";

/**
 * What a step of a plan is at: done by the code of the plan; worked now; failed, or needing one that has; ready to be taken; or
 * waiting for what it needs.
 */
export type StepState = "done" | "running" | "failed" | "blocked" | "ready" | "waiting";

/** A step that somebody works. */
export interface RunningStep {
  readonly step: PlannedStep["step"];
  readonly host: string;
  readonly pid: number;
  /** ISO 8601; absent where no worker of the plan tells of it, and its claim alone does. */
  readonly since?: string | undefined;
  readonly done?: number | undefined;
  readonly total?: number | undefined;
  readonly unit?: string | undefined;
  /** Seconds that what is done took, over all legs. */
  readonly taken?: number | undefined;
}

/** A step that is not tried again by itself. */
export interface FailedStep extends Failure {
  readonly step: PlannedStep["step"];
  readonly attempts: number;
  /** The host of its last attempt. */
  readonly host: string;
  /** When that ended, ISO 8601. */
  readonly at: string;
  /** The file of its log, be it there or not. */
  readonly logFile: string;
  /** How many steps wait for it. */
  readonly blocks: number;
}

/** Where a plan stands. */
export interface PlanState {
  readonly states: ReadonlyMap<string, StepState>;
  /** Of the steps that are done. */
  readonly made: ReadonlyMap<string, Made>;
  readonly running: readonly RunningStep[];
  readonly failed: readonly FailedStep[];
  /** Those that may be at work, in the order in which they began. */
  readonly workers: readonly WorkerNote[];
  /** Those that left or are gone. */
  readonly gone: readonly WorkerNote[];
  /** Machines that fail whatever they begin. */
  readonly blamed: readonly HostNote[];
}

// Looks in flight: a network file system answers many at once.
const limit = 64;

/**
 * Watches a plan: each look tells where it stands now. What was once found done is not looked at again, and no artifact's bytes are
 * read, so that anyone may look often, from anywhere that sees the store.
 */
export function watchPlan(store: Store, plan: StoredPlan): { look(): Promise<PlanState> } {
  const made = new Map<string, Made>();
  const isDone = async (one: PlannedStep): Promise<void> => {
    const standing = await readStanding(store, one.step.key);
    const manifest = standing?.manifest;
    if (typeof manifest !== "object") return;
    if (plan.head.trustCode || manifest.code === one.code) made.set(one.step.key, manifest.made);
  };
  return {
    async look() {
      const left = plan.steps.filter(({ step }) => !made.has(step.key));
      for await (const _ of orderedMap(left, { limit, map: isDone }));
      const notes = (await workersOf(store, plan.id))
        .toSorted((a, b) => a.since < b.since ? -1 : 1);
      const workers = notes.filter(isAtWork), gone = notes.filter((one) => !isAtWork(one));
      const atWork = runningIn(plan, { made, workers, held: await heldSteps(store) });
      const running = await Promise.all(atWork.map(async (one): Promise<RunningStep> => {
        const note = await readNote(store, one.step.key);
        if (note === undefined) return one;
        const { done, total, seconds: taken } = note;
        return { done, total, ...one, taken };
      }));
      const failures = await failuresOf(store, plan, {
        made,
        running: new Set(running.map(({ step }) => step.key)),
      });
      const states = statesOf(plan, { made, running, failures });
      const failed = failures.map((one) => ({ ...one, blocks: blockedBy(one.step.key, plan) }));
      const blamed = await blamedHosts(store, plan.id);
      return { states, made, running, failed, workers, gone, blamed };
    },
  };
}

/** Steps that workers tell of, and those that are claimed by somebody who tells nothing in this plan. */
function runningIn(
  { steps }: StoredPlan,
  { made, workers, held }: {
    readonly made: ReadonlyMap<string, Made>;
    readonly workers: readonly WorkerNote[];
    readonly held: ReadonlyMap<string, Holding>;
  },
): readonly RunningStep[] {
  const told = new Map(
    workers.flatMap(({ host, steps }) => steps.map((one) => [one.key, { ...one, host }])),
  );
  return steps.flatMap(({ step }): RunningStep[] => {
    if (made.has(step.key)) return [];
    const { key: _, ...one } = told.get(step.key) ?? { key: "", ...held.get(step.key) };
    return one.host === undefined || one.pid === undefined
      ? []
      : [{ step, ...one, host: one.host, pid: one.pid }];
  });
}

/** The steps that have failed and that nobody tries again just now. */
async function failuresOf(
  store: Store,
  { steps }: StoredPlan,
  { made, running }: {
    readonly made: ReadonlyMap<string, Made>;
    readonly running: ReadonlySet<string>;
  },
): Promise<readonly Omit<FailedStep, "blocks">[]> {
  const tried = new Set(await namesIn(attemptsFolder(store)));
  const asked = steps.filter(({ step: { key } }) =>
    tried.has(`${key}.json`) && !made.has(key) && !running.has(key)
  );
  const found = await Promise.all(asked.map(async ({ step }) => {
    const attempts = await attemptsAt(store, step.key), last = attempts.at(-1);
    const failure = failureIn(attempts, 0);
    if (failure === undefined || last === undefined) return [];
    return [{
      ...{ step, ...failure, attempts: attempts.length, host: last.host },
      at: last.end?.at ?? last.at,
      logFile: stepLogPath(store, step.key),
    }];
  }));
  return found.flat();
}

function statesOf(
  { steps }: StoredPlan,
  { made, running, failures }: {
    readonly made: ReadonlyMap<string, Made>;
    readonly running: readonly RunningStep[];
    readonly failures: readonly { readonly step: PlannedStep["step"] }[];
  },
): ReadonlyMap<string, StepState> {
  const atWork = new Set(running.map(({ step }) => step.key));
  const failed = new Set(failures.map(({ step }) => step.key));
  const states = new Map<string, StepState>();
  // Each stands after all that it needs.
  for (const { step: { key, needs } } of steps) {
    const of = Object.values(needs).map((need) => states.get(need));
    const state = made.has(key)
      ? "done"
      : atWork.has(key)
      ? "running"
      : failed.has(key)
      ? "failed"
      : of.some((one) => one === "failed" || one === "blocked")
      ? "blocked"
      : of.every((one) => one === "done")
      ? "ready"
      : "waiting";
    states.set(key, state);
  }
  return states;
}

/** How many steps need one, near or far. */
function blockedBy(key: string, { steps }: StoredPlan): number {
  const reached = new Set([key]);
  for (const { step } of steps) {
    if (Object.values(step.needs).some((need) => reached.has(need))) reached.add(step.key);
  }
  return reached.size - 1;
}
