import { explaining } from "@/lib/base/system_errors.ts";
import { type Plan, type Step, urgencies } from "@/lib/plan/mod.ts";
import type { RunEvent } from "@/lib/run/events.ts";
import type { Crew, Executor, Outcome, Task } from "@/lib/run/executor.ts";
import { endsRun, type Failure, failureOf } from "@/lib/run/failure.ts";
import type { StepStatus, Store } from "@/lib/store/mod.ts";

/** What a run needs beside plan, store and executor. */
export interface RunOptions {
  /** The status of every step. */
  readonly status: ReadonlyMap<string, StepStatus>;
  /** Expected seconds of each step: long chains go first. */
  readonly expected: ReadonlyMap<string, number>;
  /** Steps with a lower number go first; by default all have 0. */
  readonly order?: ReadonlyMap<string, number>;
  readonly onEvent: (event: RunEvent) => void;
  /** Stops the run; steps under way are lost, finished ones kept. */
  readonly signal?: AbortSignal;
}

/** How a run ended. */
export interface RunSummary {
  readonly worked: number;
  readonly failed: readonly Step[];
  readonly skipped: readonly Step[];
  /** Steps that were not begun, because what failed would have failed them all: see {@linkcode endsRun}. */
  readonly unbegun: readonly Step[];
}

/**
 * Has every step worked that is not fresh, each after what it needs, by an executor.
 *
 * Several runs can share a store, because who works a step takes its lease first; a failed step fails what needs it and nothing
 * else, unless its failure is the machine's, which ends the run.
 */
export async function run(
  plan: Plan,
  store: Store,
  executor: Executor,
  options: RunOptions,
): Promise<RunSummary> {
  const { onEvent, signal } = options;
  const crew = await explaining(store.root, () => executor.open(store));
  const byKey = new Map(plan.steps.map((step) => [step.key, step]));
  const waiting = new Set(
    plan.steps.filter((step) => options.status.get(step.key)?.freshness !== "cached"),
  );
  const urgency = urgencies(plan.steps, options.expected);
  const place = ({ key }: Step) => options.order?.get(key) ?? 0;
  const under = new Set<Step>();
  const failed: Step[] = [];
  const skipped: Step[] = [];
  let worked = 0, ended = false;

  const isOver = (): boolean => ended || (signal?.aborted ?? false);
  const isReady = (step: Step): boolean =>
    Object.values(step.needs).every((key) => {
      const need = byKey.get(key)!;
      return !waiting.has(need) && !under.has(need);
    });
  /** Takes what needs a step, near or far, from what waits: each with the step that it lacks. */
  const takeDescendants = (of: Step): readonly (readonly [Step, Step])[] => {
    const near = [...waiting].filter((step) => Object.values(step.needs).includes(of.key));
    return near.flatMap((step) =>
      waiting.delete(step) ? [[step, of] as const, ...takeDescendants(step)] : []
    );
  };
  const fail = (step: Step, failure: Failure): void => {
    failed.push(step);
    const lost = takeDescendants(step);
    onEvent({ type: "failed", step, ...failure, skips: lost.length });
    for (const [step, because] of lost) {
      skipped.push(step);
      onEvent({ type: "skipped", step, because });
    }
    ended ||= endsRun(failure);
  };

  /** One slot: has a step worked, whatever becomes of it. */
  const work = async (step: Step): Promise<void> => {
    const task = { step, lineage: () => lineageOf(step, byKey), isOver, onEvent };
    const outcome = await outcomeOf(crew, task, store);
    if (outcome.type === "found") onEvent({ type: "found", step });
    if (signal?.aborted) return;
    if (outcome.type === "done") {
      worked++;
      onEvent({ type: "done", step, seconds: outcome.seconds });
    } else if (outcome.type === "failed") fail(step, outcome);
  };

  const stop = () => void crew.stop();
  signal?.addEventListener("abort", stop);
  const running = new Set<Promise<void>>();
  try {
    while (!isOver() && (waiting.size > 0 || running.size > 0)) {
      const ready = [...waiting].filter(isReady)
        .sort((a, b) => place(a) - place(b) || urgency.get(b.key)! - urgency.get(a.key)!);
      for (const step of ready.slice(0, executor.slots - running.size)) {
        waiting.delete(step);
        under.add(step);
        const task = work(step).finally(() => {
          under.delete(step);
          running.delete(task);
        });
        running.add(task);
      }
      await Promise.race(running);
    }
    await Promise.all(running);
  } finally {
    signal?.removeEventListener("abort", stop);
    await crew.stop();
    await Promise.allSettled(running);
  }
  return { worked, failed, skipped, unbegun: [...waiting] };
}

/** How the work of a step ends; what the system refuses is a failure too. */
async function outcomeOf(crew: Crew, task: Task, store: Store): Promise<Outcome> {
  try {
    return await crew.work(task);
  } catch (error) {
    const failure = failureOf(error, store.root);
    // A bug of the runner's own is no step's failure.
    if (failure.kind === "bug") throw error;
    return { type: "failed", ...failure };
  }
}

/** All that a step stands on and itself, each after what it needs. */
function lineageOf(step: Step, byKey: ReadonlyMap<string, Step>): readonly Step[] {
  const reached = new Set<Step>();
  const reach = (one: Step): void => {
    for (const key of Object.values(one.needs)) reach(byKey.get(key)!);
    reached.add(one);
  };
  reach(step);
  return [...reached];
}
