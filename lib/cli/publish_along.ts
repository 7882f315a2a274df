import { experimentSteps } from "@/lib/cli/experiment_steps.ts";
import type { Study } from "@/lib/cli/study.ts";
import type { Outstanding } from "@/lib/results/mod.ts";
import type { RunEvent } from "@/lib/run/mod.ts";

/** What of a study is complete, and what is outstanding. */
export type StudySoFar = Study & { readonly outstanding: Outstanding };

/** Publishes a study's report while it is worked. */
export interface PublishingAlong {
  /** Takes what the runner reports. */
  onEvent(event: Pick<RunEvent, "type" | "step">): void;
  /** Ends it: nothing is published any more, and nothing is under way. */
  close(): Promise<void>;
}

/** How a study is published along. */
export interface AlongOptions {
  /** Worker processes. */
  readonly jobs: number;
  /** Writes the report of what is complete. What fails here fails, and is told, when the report is written at the end. */
  readonly publish: (soFar: StudySoFar) => Promise<unknown>;
  /** Milliseconds; a clock that tests can set. */
  readonly now?: () => number;
}

/**
 * Publishes the experiments that are complete whenever another is; one publication at a time, and none after the last, which the
 * run ends with by itself.
 */
export function publishAlong(
  study: Study,
  { jobs, publish, now = () => performance.now() }: AlongOptions,
): PublishingAlong {
  const { plan, status, expected: { seconds } } = study;
  const waiting = new Set(
    plan.steps.map(({ key }) => key).filter((key) => status.get(key)?.freshness !== "cached"),
  );
  const steps = experimentSteps(plan);
  const isComplete = (id: string) => [...steps.get(id) ?? []].every((key) => !waiting.has(key));
  const costOf = (keys: Iterable<string>) =>
    [...keys].reduce((sum, key) => sum + (seconds.get(key) ?? 0), 0);
  const whole = costOf(waiting), began = now();
  let published = study.experiments.filter(({ id }) => isComplete(id)).length;
  let isClosed = false, isWanted = false;
  let work: Promise<void> | undefined;

  const soFar = (): StudySoFar => {
    const done = study.experiments.filter(({ id }) => isComplete(id));
    const ids = new Set(done.map(({ id }) => id));
    const rest = costOf(waiting), worked = whole - rest;
    // By the pace so far, once there is one.
    const left = worked < 0.02 * whole ? rest / jobs : (now() - began) / 1000 * rest / worked;
    return {
      ...study,
      experiments: done,
      plan: {
        ...plan,
        conditions: plan.conditions.filter(({ condition }) => ids.has(condition.experiment)),
      },
      outstanding: {
        experiments: study.experiments.filter(({ id }) => !ids.has(id)),
        seconds: left,
      },
    };
  };
  const publishAll = async (): Promise<void> => {
    while (isWanted && !isClosed) {
      isWanted = false;
      try {
        await publish(soFar());
      } catch {
        // The run goes on: the report at its end meets the same, and says so.
      }
    }
    work = undefined;
  };

  return {
    onEvent({ type, step }) {
      if (!["done", "found", "failed", "skipped"].includes(type)) return;
      waiting.delete(step.key);
      const complete = study.experiments.filter(({ id }) => isComplete(id)).length;
      if (complete === published || complete === study.experiments.length) return;
      published = complete;
      isWanted = true;
      work ??= publishAll();
    },
    async close() {
      isClosed = true;
      await work;
    },
  };
}
