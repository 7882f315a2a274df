import assert from "node:assert/strict";
import { isGone } from "@/lib/base/holder.ts";
import { holderOf, keepNote, noteHost, workersOf } from "@/lib/run/mod.ts";
import { withBench } from "@/tests/run/fixture.ts";

Deno.test("keepNote() tells who works what and how far, and at the end why it left", () =>
  withBench(async ({ store, plan }) => {
    const [, four, eight] = plan.steps;
    assert.deepEqual(await workersOf(store, "p"), []);
    const note = await keepNote(store, "p", { device: "cpu", jobs: 2 });
    const [begun] = await workersOf(store, "p");
    assert.equal(begun!.worker, note.worker);
    assert.deepEqual([begun!.steps, begun!.end, begun!.jobs], [[], null, 2]);
    assert.equal(isGone(holderOf(begun!)), false);

    note.onEvent({ type: "started", step: four!, pid: 7 });
    note.onEvent({ type: "started", step: eight!, pid: 8 });
    note.onEvent({ type: "progress", step: eight!, done: 3, total: 9, unit: "images" });
    note.onEvent({ type: "done", step: four!, seconds: 1 });
    await note.end("asked to leave");
    const [left] = await workersOf(store, "p");
    assert.deepEqual([left!.worked, left!.failed, left!.steps], [1, 0, []]);
    assert.equal(left!.end?.why, "asked to leave");
  }));

Deno.test("keepNote() rewrites the note while steps are under way", () =>
  withBench(async ({ store, plan }) => {
    const [, four] = plan.steps;
    const note = await keepNote(store, "p", { device: "cpu", jobs: 1 });
    note.onEvent({ type: "started", step: four!, pid: 7 });
    for (let i = 0; i < 100; i++) {
      note.onEvent({ type: "progress", step: four!, done: 3, total: 9, unit: "images" });
      const [one] = (await workersOf(store, "p"))[0]!.steps;
      if (one !== undefined) {
        assert.deepEqual([one.key, one.pid, one.done, one.total], [four!.key, 7, 3, 9]);
        break;
      }
      assert.notEqual(i, 99, "it was never written");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await note.end("nothing left");
    await noteHost(store, "p", { worker: note.worker, reason: "no reason" });
    const path = `${store.root}/plans/p/hosts/${Deno.hostname()}.json`;
    assert.equal(JSON.parse(await Deno.readTextFile(path)).reason, "no reason");
  }));
