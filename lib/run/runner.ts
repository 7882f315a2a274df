import { explaining } from "@/lib/base/system_errors.ts";
import type { Binding } from "@/lib/data/bindings.ts";
import type { WorldSize } from "@/lib/data/facts.ts";
import type { Plan, Step } from "@/lib/plan/mod.ts";
import type { Engine, Order } from "@/lib/run/job.ts";
import { endsRun, type Failure, failureOf } from "@/lib/run/failure.ts";
import { type Outcome, startWorker, type WorkerProcess } from "@/lib/run/worker_process.ts";
import {
  type Claim,
  claimStep,
  findArtifact,
  statusOf,
  type StatusOptions,
  type StepStatus,
  type Store,
  sweepTemporary,
  watchClaims,
} from "@/lib/store/mod.ts";

/** What happens while a plan is worked. */
export type RunEvent =
  | { readonly type: "started"; readonly step: Step; readonly pid: number }
  | {
    readonly type: "progress";
    readonly step: Step;
    readonly done: number;
    readonly total: number;
    readonly unit: string;
  }
  | { readonly type: "waiting"; readonly step: Step }
  | { readonly type: "done"; readonly step: Step; readonly seconds: number }
  /** Somebody else has made it meanwhile, or its inputs came out as they were. */
  | { readonly type: "found"; readonly step: Step }
  /** The steps that need it, and are skipped, follow as events of their own. */
  | ({ readonly type: "failed"; readonly step: Step; readonly skips: number } & Failure)
  | { readonly type: "skipped"; readonly step: Step; readonly because: Step };

/** What the runner needs beside the plan. */
export interface RunOptions extends StatusOptions {
  /** The project's folder. */
  readonly root: string;
  /** Worker processes at a time. */
  readonly jobs: number;
  /** The data set of each identity in the plan. */
  readonly bindings: ReadonlyMap<string, Binding>;
  readonly world: WorldSize;
  readonly engine: Engine;
  /** The status of every step, if it is known already. */
  readonly status: ReadonlyMap<string, StepStatus>;
  /** Expected seconds of each step: long chains go first. */
  readonly expected: ReadonlyMap<string, number>;
  /** Steps with a lower number go first; by default all have 0. */
  readonly order?: ReadonlyMap<string, number>;
  readonly command: string;
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
 * Works every step that is not fresh, each after what it needs, on local worker processes.
 *
 * A step is claimed before it is worked, so that several runners can share a store; a failed step fails what needs it and
 * nothing else, unless its failure is the machine's, which ends the run.
 */
export async function run(plan: Plan, store: Store, options: RunOptions): Promise<RunSummary> {
  const { onEvent, signal } = options;
  const watch = watchClaims(store);
  await explaining(store.root, async () => {
    await sweepTemporary(store);
    await watch.note();
  });
  const byKey = new Map(plan.steps.map((step) => [step.key, step]));
  const waiting = new Set(
    plan.steps.filter((step) => options.status.get(step.key)?.freshness !== "cached"),
  );
  const urgency = urgencies(plan.steps, options.expected);
  const place = ({ key }: Step) => options.order?.get(key) ?? 0;
  const under = new Set<Step>();
  const failed: Step[] = [];
  const skipped: Step[] = [];
  const idle: WorkerProcess[] = [];
  const all = new Set<WorkerProcess>();
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

  /** One slot: works a step, whatever becomes of it. */
  const work = async (step: Step): Promise<void> => {
    let outcome: Outcome | null;
    try {
      outcome = await outcomeOf(step);
    } catch (error) {
      const failure = failureOf(error, store.root);
      // A bug of the runner's own is no step's failure.
      if (failure.kind === "bug") throw error;
      outcome = { type: "failed", ...failure };
    }
    if (outcome === null || signal?.aborted) return;
    if (outcome.type === "done") {
      worked++;
      onEvent({ type: "done", step, seconds: outcome.seconds });
    } else fail(step, outcome);
  };

  /** Claims a step and has it worked; `null` where there is nothing to do, or no more. */
  const outcomeOf = async (step: Step): Promise<Outcome | null> => {
    const claim = await awaitClaim(step);
    if (claim === null) return null;
    try {
      if (await isFresh(step, byKey, store, options)) {
        onEvent({ type: "found", step });
        return null;
      }
      if (isOver()) return null;
      let worker = idle.pop();
      if (worker === undefined || !worker.alive()) {
        worker = startWorker(options.root);
        all.add(worker);
      }
      onEvent({ type: "started", step, pid: worker.pid });
      const outcome = await worker.work(
        orderOf(step, store, options),
        (done, total, unit) => onEvent({ type: "progress", step, done, total, unit }),
      );
      if (worker.alive()) idle.push(worker);
      return outcome;
    } finally {
      await claim.release();
    }
  };

  /** The claim of a step, waited for while another runner works it. */
  const awaitClaim = async (step: Step): Promise<Claim | null> => {
    for (let told = false; !isOver();) {
      const claim = await claimStep(store, step.key, watch);
      if (claim !== null) return claim;
      if (!told) {
        // One wait serves for all that a machine may have left.
        await watch.note();
        onEvent({ type: "waiting", step });
      }
      told = true;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    return null;
  };

  const stop = () => all.forEach((worker) => void worker.stop());
  signal?.addEventListener("abort", stop);
  const running = new Set<Promise<void>>();
  try {
    while (!isOver() && (waiting.size > 0 || running.size > 0)) {
      const ready = [...waiting].filter(isReady)
        .sort((a, b) => place(a) - place(b) || urgency.get(b.key)! - urgency.get(a.key)!);
      for (const step of ready.slice(0, options.jobs - running.size)) {
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
    await Promise.all([...all].map((worker) => worker.stop()));
    await Promise.allSettled(running);
  }
  return { worked, failed, skipped, unbegun: [...waiting] };
}

/** Whether a step's artifact has become good since the status was taken. */
async function isFresh(
  step: Step,
  byKey: ReadonlyMap<string, Step>,
  store: Store,
  options: RunOptions,
): Promise<boolean> {
  const found = await findArtifact(store, step.key);
  if (found.state !== "cached") return false;
  const reached = new Set<Step>();
  const reach = (one: Step): void => {
    for (const key of Object.values(one.needs)) reach(byKey.get(key)!);
    reached.add(one);
  };
  reach(step);
  return (await statusOf([...reached], store, options)).get(step.key)?.freshness === "cached";
}

function orderOf(step: Step, store: Store, options: RunOptions): Order {
  return {
    step,
    store: store.root,
    code: options.code[step.kind],
    command: options.command,
    binding: options.bindings.get(String(step.spec.dataset)) ?? null,
    world: options.world,
    engine: options.engine,
  };
}

/** Expected seconds from the start of each step to the end of the longest chain after it. */
function urgencies(
  steps: readonly Step[],
  expected: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const after = new Map<string, number>();
  for (const step of steps.toReversed()) {
    const urgency = (after.get(step.key) ?? 0) + (expected.get(step.key) ?? 0);
    after.set(step.key, urgency);
    for (const key of Object.values(step.needs)) {
      after.set(key, Math.max(after.get(key) ?? 0, urgency));
    }
  }
  return after;
}
