import { explaining } from "@/lib/base/system_errors.ts";
import { makeFrontier, type Plan, type Step } from "@/lib/plan/mod.ts";
import { makeAside } from "@/lib/run/aside.ts";
import type { RunEvent, WorkEvent } from "@/lib/run/events.ts";
import type { Crew, Executor, Outcome, Task } from "@/lib/run/executor.ts";
import { endsRun, type Failure, failureOf } from "@/lib/run/failure.ts";
import type { StepStatus, Store } from "@/lib/store/mod.ts";

/** What a run needs beside plan, store and executor. */
export interface RunOptions {
  /** The status of steps as far as it is known: those that are fresh are not even looked at. */
  readonly status?: ReadonlyMap<string, StepStatus>;
  /** Expected seconds of each step: long chains go first. */
  readonly expected: ReadonlyMap<string, number>;
  /** Steps with a lower number go first; by default all have 0. */
  readonly order?: ReadonlyMap<string, number>;
  readonly onEvent: (event: RunEvent) => void;
  /** Which steps may be worked here now; by default all. */
  readonly takes?: (step: Step) => boolean;
  /**
   * Whether a step may be worked while others are under way; by default each may. The one that is to go first waits until it may,
   * and is overtaken by none, so that it does not wait for ever.
   */
  readonly beside?: (step: Step, others: readonly Step[]) => boolean;
  /** What becomes of steps that may not be worked here: others work them (the default), or nobody does. */
  readonly others?: "work" | "rest";
  /** Ends the run when nothing was to be had for so many seconds; by default it waits as long as others work. */
  readonly idle?: number;
  /** Ends it when for so many seconds (60) nobody was at what is for others and what may be worked here needs. */
  readonly patience?: number;
  /** Whether the first failure ends the run: nothing more is begun. */
  readonly failFast?: boolean;
  /** Has the run end in order: what is under way stops at its next checkpoint. */
  readonly drain?: AbortSignal;
  /** Stops the run; steps under way are lost, finished ones kept. */
  readonly signal?: AbortSignal;
}

/** Why a run ended. */
export type RunEnd =
  /** Nothing is left that could be worked here. */
  | "nothing left"
  /** It was asked to. */
  | "asked"
  /** Nothing was to be had for too long. */
  | "idle"
  /** What could be worked here needs what is for others, and nobody is at it. */
  | "deserted"
  /** A failure was of a kind that lets nothing else be worked, or the first of a run that none is allowed in. */
  | "failure"
  /** This machine fails whatever it begins. */
  | "host";

/** How a run ended. */
export interface RunSummary {
  readonly worked: number;
  readonly failed: readonly Step[];
  readonly skipped: readonly Step[];
  /** Steps that are neither there nor failed nor skipped. */
  readonly unbegun: readonly Step[];
  readonly end: RunEnd;
  /** Steps for others that others need first, and that nobody was at when they were looked at last. */
  readonly deserted: readonly Step[];
  /** What is to say of the end, of a machine that is to blame. */
  readonly reason?: string;
}

/**
 * Has every step worked that is not fresh, each after what it needs, by an executor.
 *
 * Several runs can share a store, on one machine or on many, because who works a step takes its claim first. What somebody else
 * works is not waited for while there is something else to do; it is looked at again. A failed step fails what needs it and
 * nothing else, unless its failure is the machine's, which ends the run.
 */
export async function run(
  plan: Pick<Plan, "steps">,
  store: Store,
  executor: Executor,
  options: RunOptions,
): Promise<RunSummary> {
  const { onEvent, takes = () => true, beside, others = "work", drain, signal } = options;
  const { idle = Infinity, patience = 60 } = options;
  const crew = await explaining(store.root, () => executor.open(store, plan.steps));
  const frontier = makeFrontier(
    plan.steps.filter(({ key }) => options.status?.get(key)?.freshness !== "cached"),
    { seconds: options.expected, place: (key) => options.order?.get(key) ?? 0 },
  );
  const aside = makeAside<Step>();
  const resting = new Set<Step>(), unfit = new Set<Step>(), deserted = new Set<Step>();
  const failed: Step[] = [];
  const skipped: Step[] = [];
  /** Steps that processes of this run are at. */
  const busy = new Set<Step>();
  let worked = 0, active = performance.now(), attended = active;
  let end: RunEnd | undefined, reason: string | undefined;
  let wake = () => {};

  const isOver = (): boolean => end !== undefined;
  const close = (why: RunEnd) => {
    end ??= why;
    wake();
  };
  const fail = (step: Step, failure: Failure): void => {
    failed.push(step);
    const lost = frontier.lose(step);
    onEvent({ type: "failed", step, ...failure, skips: lost.length });
    for (const [one, because] of lost) {
      skipped.push(one);
      onEvent({ type: "skipped", step: one, because });
    }
    if (endsRun(failure) || options.failFast) close("failure");
  };
  const onWork = (event: WorkEvent): void => {
    if (event.type === "started") busy.add(event.step);
    onEvent(event);
  };
  const heldSteps = () => [...aside.all()].filter((step) => !unfit.has(step));
  /** Whether nobody has been at what it waits for, for so long that nobody will come. */
  const isDeserted = (): boolean =>
    heldSteps().every((step) => deserted.has(step)) &&
    performance.now() - attended >= 1000 * patience;
  /** Whether something may still become of this run: others are at what it waits for, and it may take something then. */
  const isHopeful = (): boolean => {
    const held = heldSteps();
    return running.size > 0 ||
      (held.length > 0 && [...held, ...frontier.waiting].some((step) => takes(step)));
  };

  /** One slot: has a step worked, whatever becomes of it. */
  const work = async (step: Step): Promise<void> => {
    const task: Task = { step, mayTake: takes(step), isOver, onEvent: onWork };
    const outcome = await outcomeOf(crew, task, store);
    if (busy.delete(step)) active = performance.now();
    if (outcome.type === "deserted") deserted.add(step);
    else {
      deserted.delete(step);
      attended = performance.now();
    }
    if (outcome.type === "done") {
      worked++;
      onEvent({ type: "done", step, seconds: outcome.seconds });
      return frontier.finish(step);
    }
    if (outcome.type === "found") {
      onEvent({ type: "found", step });
      return frontier.finish(step);
    }
    // Of a run that is stopped at once nothing else is told.
    if (signal?.aborted) return frontier.putBack(step);
    switch (outcome.type) {
      case "failed":
        return fail(step, outcome);
      case "unfit":
        unfit.add(step);
        return aside.put(step);
      case "deserted":
      case "held":
        if (!task.mayTake && others === "rest") return void resting.add(step);
        if (task.mayTake && !aside.knows(step)) onEvent({ type: "waiting", step });
        return aside.put(step);
      case "died":
        onEvent({ ...outcome, type: "again", step });
        return frontier.putBack(step);
      case "blamed":
        reason = outcome.message;
        close("host");
        return frontier.putBack(step);
      case "given back":
        onEvent({ type: "given back", step });
        return frontier.putBack(step);
      case "unbegun":
        return frontier.putBack(step);
    }
  };

  const running = new Map<Promise<void>, Step>();
  /** Whether there is room for a step beside those under way; of one that is only looked at nothing is held. */
  const hasRoom = (step: Step): boolean => {
    const others = [...running.values()].filter((one) => takes(one));
    return others.length === 0 || !takes(step) || (beside?.(step, others) ?? true);
  };
  const onDrain = () => {
    close("asked");
    crew.drain();
  };
  const onStop = () => {
    close("asked");
    void crew.stop();
  };
  const signals = [[drain, onDrain], [signal, onStop]] as const;
  for (const [one, listener] of signals) {
    if (one?.aborted) listener();
    one?.addEventListener("abort", listener);
  }
  let broken: { readonly error: unknown } | undefined;
  try {
    for (;;) {
      aside.due().forEach(frontier.putBack);
      while (!isOver() && running.size < executor.slots) {
        const step = frontier.take();
        if (step === undefined) break;
        if (!hasRoom(step)) {
          frontier.putBack(step);
          break;
        }
        const task: Promise<void> = work(step).catch((error) => {
          broken ??= { error };
        }).finally(() => {
          running.delete(task);
          wake();
        });
        running.set(task, step);
      }
      if (broken !== undefined) throw broken.error;
      if (running.size === 0 && (isOver() || !isHopeful())) break;
      if (running.size === 0 && isDeserted()) {
        close("deserted");
        break;
      }
      const isIdle = busy.size === 0 && !isOver();
      const rest = isIdle ? 1000 * idle - (performance.now() - active) : Infinity;
      if (rest <= 0) close("idle");
      else await new Promise<void>((resolve) => wake = waking(resolve, waitOf(rest)));
    }
  } finally {
    for (const [one, listener] of signals) one?.removeEventListener("abort", listener);
    await crew.stop();
    await Promise.allSettled(running.keys());
  }
  const unbegun = [...frontier.waiting, ...aside.all(), ...resting];
  return {
    ...{ worked, failed, skipped, unbegun },
    end: end ?? "nothing left",
    deserted: [...deserted],
    ...reason !== undefined && { reason },
  };

  /** Milliseconds until there is something to see to, if nothing wakes the run before. */
  function waitOf(rest: number): number {
    const isFree = running.size < executor.slots && !isOver();
    return Math.min(rest, isFree ? aside.wait() : Infinity);
  }
}

/** Resolves when it is called, or after so many milliseconds. */
function waking(resolve: () => void, milliseconds: number): () => void {
  if (milliseconds === Infinity) return resolve;
  // Longer than any timer can be set for.
  const timer = setTimeout(resolve, Math.min(milliseconds, 2 ** 31 - 1));
  return () => {
    clearTimeout(timer);
    resolve();
  };
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
