import type { Lease } from "@/lib/base/lease.ts";
import type { LeaseWatch } from "@/lib/base/lease_watch.ts";
import type { Binding, WorldSize } from "@/lib/data/mod.ts";
import type { Step } from "@/lib/plan/mod.ts";
import type { Crew, Executor, Outcome, Task } from "@/lib/run/executor.ts";
import type { Engine } from "@/lib/run/job.ts";
import type { Order } from "@/lib/run/messages.ts";
import { startWorker, type WorkerProcess } from "@/lib/run/worker_process.ts";
import {
  findArtifact,
  leaseStep,
  statusOf,
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
  readonly world: WorldSize;
  readonly engine: Engine;
  /** The command that the user gave. */
  readonly command: string;
}

/** Worker processes on this machine; this process holds the steps that they work. */
export function localPool(options: PoolOptions): Executor {
  return {
    slots: options.jobs,
    async open(store) {
      const watch = watchSteps(store);
      await sweepTemporary(store);
      await watch.note();
      return crewOf(store, watch, options);
    },
  };
}

function crewOf(store: Store, watch: LeaseWatch, options: PoolOptions): Crew {
  const idle: WorkerProcess[] = [];
  const all = new Set<WorkerProcess>();

  const order = async ({ step, onEvent }: Task): Promise<Outcome> => {
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
  };

  return {
    async work(task) {
      const lease = await awaitLease(task, store, watch);
      if (lease === null) return { type: "unbegun" };
      try {
        if (await isFresh(task, store, options)) return { type: "found" };
        return task.isOver() ? { type: "unbegun" } : await order(task);
      } finally {
        await lease.release();
      }
    },
    async stop() {
      await Promise.all([...all].map((worker) => worker.stop()));
    },
  };
}

/** The lease of a step, waited for while another runner works it; `null` where the run is over first. */
async function awaitLease(
  { step, isOver, onEvent }: Task,
  store: Store,
  watch: LeaseWatch,
): Promise<Lease | null> {
  for (let told = false; !isOver();) {
    const lease = await leaseStep(store, step.key, watch);
    if (lease !== null) return lease;
    if (!told) {
      // One wait serves for all that a machine may have left.
      await watch.note();
      onEvent({ type: "waiting", step });
    }
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  return null;
}

/** Whether a step's artifact has become good since the run's status was taken. */
async function isFresh(task: Task, store: Store, options: StatusOptions): Promise<boolean> {
  const { key } = task.step;
  const found = await findArtifact(store, key);
  if (found.state !== "cached") return false;
  return (await statusOf(task.lineage(), store, options)).get(key)?.freshness === "cached";
}

function orderOf(step: Step, store: Store, options: PoolOptions): Order {
  const { bindings, world, engine, command } = options;
  return {
    step,
    store: store.root,
    code: options.code(step),
    command,
    binding: step.kind === "ingest" ? bindings.get(step.spec.dataset) ?? null : null,
    world,
    engine,
  };
}
