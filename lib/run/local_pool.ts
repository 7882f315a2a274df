import type { Lease } from "@/lib/base/lease.ts";
import type { LeaseWatch } from "@/lib/base/lease_watch.ts";
import type { Binding, WorldSize } from "@/lib/data/mod.ts";
import type { Step } from "@/lib/plan/mod.ts";
import { failedSteps, type HowEnded } from "@/lib/run/attempts.ts";
import { makeBlame } from "@/lib/run/blame.ts";
import type { Crew, Executor, Outcome, Task } from "@/lib/run/executor.ts";
import { endsRun, type Failure, failureWith } from "@/lib/run/failure.ts";
import type { Engine, WeightsFile } from "@/lib/run/job.ts";
import type { Order } from "@/lib/run/messages.ts";
import {
  beginAttempt,
  blameHost,
  knownFailure,
  type StepAttempt,
  type Trier,
} from "@/lib/run/step_attempt.ts";
import { isBegunElsewhere } from "@/lib/run/under_way.ts";
import { watchSilence } from "@/lib/run/silence.ts";
import { startWorker, type WorkerOutcome, type WorkerProcess } from "@/lib/run/worker_process.ts";
import { savesCheckpoints } from "@/lib/run/works.ts";
import {
  isStepHeld,
  type Judge,
  leaseStep,
  makeJudge,
  seeAnew,
  type StatusOptions,
  type Store,
  sweepTemporary,
  watchSteps,
} from "@/lib/store/mod.ts";

/** What worker processes have to know. */
export interface PoolOptions extends StatusOptions {
  /** The project's folder. */
  readonly root: string;
  /** Worker processes at a time. */
  readonly jobs: number;
  /** The data set of each identity in the plan. */
  readonly bindings: ReadonlyMap<string, Binding>;
  /** The file of weights of each SHA-256 in the plan; none by default. */
  readonly weights?: ReadonlyMap<string, WeightsFile>;
  readonly world: WorldSize;
  readonly engine: Engine;
  /** The command that the user gave. */
  readonly command: string;
  /** The plan that the steps are of, if one lies in the store. */
  readonly planId?: string;
  /** What this run is called in notes. */
  readonly worker?: string;
  /** Whether steps that failed before are tried again; those that fail later are not. Default: they are. */
  readonly retriesFailed?: boolean;
  /** Whether this machine may be found to be to blame for what fails; by default it is not. */
  readonly blamesHost?: boolean;
  /** After so many seconds without a word a step has failed; by default it may be silent for ever. */
  readonly silence?: (step: Step) => number;
  /** Whether the process that worked a step works others after it; by default it does. What its allocators took, it keeps. */
  readonly keepsProcess?: (step: Step) => boolean;
  /** Whether a step of which a checkpoint of another engine is kept is left to that; by default it is begun anew. */
  readonly leavesOthers?: boolean;
}

/** Worker processes on this machine; this process holds the steps that they work. */
export function localPool(options: PoolOptions): Executor {
  return {
    slots: options.jobs,
    async open(store, steps) {
      const watch = watchSteps(store);
      await sweepTemporary(store);
      await watch.note();
      const { planId = null, worker = crypto.randomUUID(), retriesFailed = true } = options;
      const retries = retriesFailed ? await failedSteps(store) : new Map<string, string>();
      const by = { plan: planId, worker, retries }, forced = new Set(options.forced);
      const { judge } = makeJudge(steps, store, { ...options, forced });
      return crewOf({ store, watch, by, judge, forced }, options);
    },
  };
}

/** What a crew works with. */
interface Tools {
  readonly store: Store;
  readonly watch: LeaseWatch;
  readonly by: Trier;
  readonly judge: Judge["judge"];
  /** Steps that are to be worked though they are fresh. */
  readonly forced: Set<string>;
}

function crewOf({ store, watch, by, judge, forced }: Tools, options: PoolOptions): Crew {
  const idle: WorkerProcess[] = [];
  const all = new Set<WorkerProcess>();
  const busy = new Map<WorkerProcess, Step>();
  const blame = makeBlame();
  let isLeaving = false, isNoted = false;

  const isFresh = async (step: Step): Promise<boolean> =>
    (await judge(step)).freshness === "cached";

  /** Has a process work a step, and ends that if its claim is lost. */
  const order = async (
    { step, onEvent }: Task,
    { claim, attempt }: { readonly claim: Lease; readonly attempt: StepAttempt },
  ): Promise<WorkerOutcome> => {
    // It was asked to leave while the attempt was noted.
    if (isLeaving) return { type: "given back" };
    let worker = idle.pop();
    if (worker === undefined || !worker.alive()) {
      worker = startWorker(options.root);
      all.add(worker);
    }
    const { kill, pid } = worker;
    busy.set(worker, step);
    claim.lost.addEventListener("abort", kill);
    const watchdog = watchSilence(options.silence?.(step) ?? Infinity, kill);
    onEvent({ type: "started", step, pid });
    try {
      const outcome = await worker.work(orderOf(step, { store, claim }, options), {
        onProgress(done, total, unit) {
          watchdog.heard();
          onEvent({ type: "progress", step, done, total, unit });
        },
        onWritten: attempt.log.take,
      });
      return watchdog.failure() ?? outcome;
    } finally {
      watchdog.end();
      claim.lost.removeEventListener("abort", kill);
      busy.delete(worker);
      if (worker.alive() && (options.keepsProcess?.(step) ?? true)) idle.push(worker);
      else {
        await worker.stop();
        all.delete(worker);
      }
    }
  };

  /** Tries a step that is claimed, and notes how that ended. */
  const tryStep = async (task: Task, claim: Lease): Promise<Outcome> => {
    const attempt = await beginAttempt(store, task.step, { claim, by });
    if (!("done" in attempt)) return { type: "failed", ...attempt };
    const began = performance.now();
    const outcome = await order(task, { claim, attempt });
    const seconds = (performance.now() - began) / 1000;
    // Whoever has it now notes what becomes of it.
    if (claim.lost.aborted || outcome.type === "lost") return { type: "held" };
    if (outcome.type === "done") {
      blame.done();
      forced.delete(task.step.key);
      await attempt.done();
      return outcome;
    }
    if (outcome.type === "given back" || (outcome.type === "died" && isLeaving)) {
      await attempt.end({ how: "given back" });
      return { type: "given back" };
    }
    const failure = failureWith(outcome, attempt.log.end());
    const how = howOf(failure);
    const verdict = await attempt.end({ how, ...failure });
    if (options.blamesHost) {
      blame.failed(task.step.key, failure, seconds);
      const blamed = blame.blamed();
      if (blamed.length > 0) {
        await takeOff(blamed, task.step.key);
        return { type: "blamed", message: blame.reason() };
      }
    }
    if (verdict === undefined && outcome.type === "died") return { ...failure, type: "died" };
    return { type: "failed", ...failure };
  };

  /** Takes failures off the steps that this machine failed; one is claimed already. */
  const takeOff = async (keys: readonly string[], claimed: string): Promise<void> => {
    for (const key of keys) {
      const lease = key === claimed ? null : await leaseStep(store, key, watch);
      // Who holds it tries it again anyhow.
      if (key === claimed || lease !== null) await blameHost(store, key, by.worker);
      await lease?.release();
    }
  };

  return {
    async work(task) {
      const { step, mayTake } = task, { key } = step;
      if (await isFresh(step)) return { type: "found" };
      if (task.isOver()) return { type: "unbegun" };
      if (!mayTake) {
        const failure = await knownFailure(store, key);
        if (failure !== undefined) return { type: "failed", ...failure };
        return { type: await isStepHeld(store, key, watch) ? "held" : "deserted" };
      }
      if (options.leavesOthers && await isBegunElsewhere(store, key, options.engine)) {
        return { type: "unfit" };
      }
      const claim = await leaseStep(store, key, watch);
      if (claim === null) {
        // One wait serves for all that a machine may have left.
        if (!isNoted) await watch.note();
        isNoted = true;
        return { type: "held" };
      }
      try {
        await seeAnew(store, key);
        if (await isFresh(step)) return { type: "found" };
        return task.isOver() ? { type: "unbegun" } : await tryStep(task, claim);
      } finally {
        await claim.release();
      }
    },
    drain() {
      isLeaving = true;
      for (const [worker, step] of busy) {
        if (savesCheckpoints(step)) void worker.askToStop();
        else worker.kill();
      }
    },
    async stop() {
      isLeaving = true;
      await Promise.all([...all].map((worker) => worker.stop()));
    },
  };
}

/** How an attempt ended that failed: by what it was no fault of the step's, it is tried again by whoever comes next. */
function howOf(failure: Failure): HowEnded {
  // A process that ended with an error of its own would again.
  if (failure.kind === "killed") return "killed";
  if (failure.kind === "input gone") return "given back";
  return endsRun(failure) ? "host" : "failed";
}

function orderOf(
  step: Step,
  { store, claim: { path, nonce } }: { readonly store: Store; readonly claim: Lease },
  options: PoolOptions,
): Order {
  const { bindings, weights, world, engine, command } = options;
  return {
    step,
    store: store.root,
    claim: { path, nonce },
    code: options.code(step),
    command,
    binding: step.kind === "ingest" ? bindings.get(step.spec.dataset) ?? null : null,
    weights: step.kind === "import" ? weights?.get(step.spec.sha256) ?? null : null,
    world,
    engine,
  };
}
