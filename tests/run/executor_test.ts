import assert from "node:assert/strict";
import type { Step } from "@/lib/plan/mod.ts";
import { type Executor, type Outcome, run, type RunEvent, type Task } from "@/lib/run/mod.ts";
import { leaseStep, statusOf } from "@/lib/store/mod.ts";
import { code, withBench } from "@/tests/run/fixture.ts";

/** An executor that works nothing, and tells who asked it for what. */
function madeUp(slots: number, outcomeOf: (task: Task) => Outcome) {
  const tasks: Task[] = [], opened: Step[] = [];
  let stops = 0, most = 0, now = 0;
  const executor: Executor = {
    slots,
    open: (_, steps) => {
      opened.push(...steps);
      return Promise.resolve({
        async work(task) {
          tasks.push(task);
          most = Math.max(most, ++now);
          await Promise.resolve();
          now--;
          return outcomeOf(task);
        },
        drain: () => {},
        stop: () => Promise.resolve(void stops++),
      });
    },
  };
  return { executor, tasks, opened, told: () => ({ stops, most }) };
}

Deno.test("run() gives an executor what is ready, as many at a time as it takes, and ends it", () =>
  withBench(async ({ plan, store, ingest }) => {
    const { executor, tasks, opened, told } = madeUp(2, () => ({ type: "done", seconds: 1 }));
    const events: RunEvent[] = [];
    const { worked } = await run(plan, store, executor, {
      status: await statusOf(plan.steps, store, { code }),
      expected: new Map(),
      onEvent: (event) => events.push(event),
    });
    assert.equal(worked, 4);
    assert.equal(tasks[0]!.step, ingest);
    assert.deepEqual(opened, plan.steps);
    assert.deepEqual(told(), { stops: 1, most: 2 });
    assert.deepEqual(events.map(({ type }) => type), ["done", "done", "done", "done"]);
  }));

Deno.test("run() holds no step itself: an executor may work a step elsewhere", () =>
  withBench(async ({ plan, store, ingest }) => {
    const lease = await leaseStep(store, ingest.key);
    const { executor } = madeUp(
      1,
      ({ step }) =>
        step === ingest ? { type: "found" } : { type: "failed", kind: "killed", message: "gone" },
    );
    const events: RunEvent[] = [];
    const summary = await run(plan, store, executor, {
      status: new Map(),
      expected: new Map(),
      onEvent: (event) => events.push(event),
    });
    assert.deepEqual([summary.worked, summary.failed.length], [0, 3]);
    assert.deepEqual(events.map(({ type }) => type), ["found", "failed", "failed", "failed"]);
    await lease!.release();
  }));
