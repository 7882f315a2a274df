import assert from "node:assert/strict";
import { newHolder } from "@/lib/base/holder.ts";
import { keepNote, livePlans, watchPlan, writeAttempts } from "@/lib/run/mod.ts";
import { artifactFolder, leaseStep } from "@/lib/store/mod.ts";
import { putWorked, stored, withStoredPlan } from "@/tests/run/stored_plan.ts";

const { species, objects, two, three, four } = stored;

/** An attempt that failed. */
const failed = {
  ...{ id: "a", at: "2026-01-01T00:00:00Z", host: "node7", pid: 1, plan: null, worker: null },
  from: 0,
  end: {
    at: "2026-01-01T00:01:00Z",
    how: "failed",
    kind: "out of memory",
    message: "no room",
  },
} as const;

Deno.test("watchPlan() tells what is done, ready and waiting, and looks at nothing twice that is done", () =>
  withStoredPlan(async ({ store, plan }) => {
    const watch = watchPlan(store, plan);
    const stateOf = async (...steps: readonly (typeof species)[]) => {
      const { states } = await watch.look();
      return steps.map(({ key }) => states.get(key));
    };
    assert.deepEqual(await stateOf(species, two), ["ready", "waiting"]);
    await putWorked(store, species);
    assert.deepEqual(await stateOf(species, two, four), ["done", "ready", "waiting"]);
    // By other code than the plan's it is not done.
    await putWorked(store, two, "other code");
    assert.deepEqual(await stateOf(two), ["ready"]);
    await Deno.remove(artifactFolder(store, species.key), { recursive: true });
    assert.deepEqual(await stateOf(species), ["done"]);
  }));

Deno.test("watchPlan() tells who works on what, by the worker's note, and by the claim where no note tells", () =>
  withStoredPlan(async ({ store, plan }) => {
    const note = await keepNote(store, plan.id, { device: "cpu", jobs: 2 });
    note.onEvent({ type: "started", step: species, pid: 77 });
    const other = await leaseStep(store, objects.key);
    await Deno.mkdir(`${store.root}/checkpoints`, { recursive: true });
    await Deno.writeTextFile(
      `${store.root}/checkpoints/${objects.key}.json`,
      JSON.stringify({
        ...{ identity: "i", done: 3, total: 4, seconds: 30 },
        engine: { backend: "tensorflow", device: "cpu", check: false },
      }),
    );
    const watch = watchPlan(store, plan);
    const { running, workers, states } = await watch.look();
    assert.deepEqual(workers.map(({ host, jobs }) => [host, jobs]), [[Deno.hostname(), 2]]);
    assert.equal(states.get(objects.key), "running");
    const held = running.find(({ step }) => step.key === objects.key)!;
    assert.deepEqual([held.pid, held.since, held.done, held.total, held.taken], [
      ...[Deno.pid, undefined, 3, 4, 30],
    ]);
    assert.deepEqual(await livePlans(store), [plan.id]);
    await other!.release();
    await note.end("done");
    const after = await watch.look();
    assert.deepEqual([after.running, after.workers, after.gone.length], [[], [], 1]);
    assert.deepEqual(await livePlans(store), []);
  }));

Deno.test("watchPlan() takes no claim of a process of this machine that is gone for a step under way", () =>
  withStoredPlan(async ({ store, plan }) => {
    const dead = { ...newHolder(), pid: 2 ** 22 + 1 };
    await Deno.writeTextFile(`${store.root}/claims/${species.key}.json`, JSON.stringify(dead));
    assert.deepEqual((await watchPlan(store, plan).look()).running, []);
  }));

Deno.test("watchPlan() tells what failed and why, and what waits for it in vain", () =>
  withStoredPlan(async ({ store, plan }) => {
    await writeAttempts(store, species.key, [failed]);
    const { failed: [first, ...others], states } = await watchPlan(store, plan).look();
    assert.deepEqual(others, []);
    assert.equal(first!.step.key, species.key);
    assert.deepEqual(
      [first!.kind, first!.message, first!.attempts, first!.host, first!.blocks],
      ["out of memory", "no room", 1, "node7", 2],
    );
    assert.deepEqual(
      [species, two, three, objects, four].map(({ key }) => states.get(key)),
      ["failed", "blocked", "blocked", "ready", "waiting"],
    );
    await putWorked(store, species);
    assert.deepEqual((await watchPlan(store, plan).look()).failed, []);
  }));
