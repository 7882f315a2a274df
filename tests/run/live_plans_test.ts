import assert from "node:assert/strict";
import { keepNote, livePlans, planFolder } from "@/lib/run/mod.ts";
import { withStoredPlan } from "@/tests/run/stored_plan.ts";

/** Lets what lies at a path be of so many days ago. */
async function age(path: string, days: number): Promise<void> {
  const then = Date.now() / 1000 - days * 24 * 60 * 60;
  await Deno.utime(path, then, then);
}

Deno.test("livePlans() has plans that wait for workers, for a month, and those that a worker is at", () =>
  withStoredPlan(async ({ store, plan: { id } }) => {
    assert.deepEqual(await livePlans(store), [id]);
    await age(`${planFolder(store, id)}/plan.jsonl`, 40);
    assert.deepEqual(await livePlans(store), []);
    const note = await keepNote(store, id, { device: "cpu", jobs: 1 });
    assert.deepEqual(await livePlans(store), [id]);
    await note.end("nothing left");
    assert.deepEqual(await livePlans(store), []);
  }));

Deno.test("livePlans() takes no worker for alive that is gone from this machine, or has been silent for a day", () =>
  withStoredPlan(async ({ store, plan: { id } }) => {
    const note = await keepNote(store, id, { device: "cpu", jobs: 1 });
    await note.end("nothing left");
    const path = `${planFolder(store, id)}/workers/${note.worker}.json`;
    const told = { ...JSON.parse(await Deno.readTextFile(path)), end: null };
    const noteOf = (change: object) =>
      Deno.writeTextFile(path, JSON.stringify({ ...told, ...change }));
    await noteOf({ pid: 2 ** 22 + 1 });
    assert.deepEqual(await livePlans(store), []);
    await noteOf({ host: "elsewhere" });
    assert.deepEqual(await livePlans(store), [id]);
    await noteOf({ host: "elsewhere", at: new Date(Date.now() - 25 * 3600 * 1000).toISOString() });
    assert.deepEqual(await livePlans(store), []);
  }));

Deno.test("livePlans() has plans of which jobs were submitted, though their workers have left", () =>
  withStoredPlan(async ({ store, plan: { id } }) => {
    await (await keepNote(store, id, { device: "cpu", jobs: 1 })).end("its time is over");
    const jobs = `${planFolder(store, id)}/jobs`;
    await Deno.mkdir(jobs);
    assert.deepEqual(await livePlans(store), [id]);
    await age(jobs, 40);
    assert.deepEqual(await livePlans(store), []);
  }));
