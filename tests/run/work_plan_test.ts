import assert from "node:assert/strict";
import {
  planFolder,
  planForm,
  type PlanHead,
  type PlannedStep,
  plansIn,
  readPlan,
  writePlan,
} from "@/lib/run/mod.ts";
import { type Bench, code, root, withBench } from "@/tests/run/fixture.ts";

const head: PlanHead = {
  form: planForm,
  experiments: [{ id: "own", title: "Own" }],
  scale: "smoke",
  options: { ids: ["own"] },
  command: "test",
  engine: { backend: "tensorflow", check: false, device: null },
  trustCode: false,
  world: { train: 1, test: 1, seed: 0 },
  bindings: { d: { dataset: "image-folder", path: "/images" } },
  project: root,
};

function stepsOf({ plan }: Bench): readonly PlannedStep[] {
  return plan.steps.map((step, i) => ({
    ...{
      step,
      code: code(step),
      seconds: 1 + i,
      place: 1,
      bytes: 10,
      memory: { host: 1, device: 2, divided: 3 },
      of: [0],
    },
  }));
}

Deno.test("readPlan() reads what writePlan() wrote, by the whole name of the plan or its first digits", () =>
  withBench(async (bench) => {
    const { store } = bench, steps = stepsOf(bench);
    const id = await writePlan(store, { head, steps });
    assert.match(id, /^[0-9a-f]{16}$/);
    assert.deepEqual(await readPlan(store, id), { id, head, steps });
    assert.equal((await readPlan(store, id.slice(0, 6))).id, id);
    assert.deepEqual((await plansIn(store)).plans.map((one) => [one.id, one.head]), [[id, head]]);
  }));

Deno.test("writePlan() gives the same plan the same name, another one another, and mends one that is damaged", () =>
  withBench(async (bench) => {
    const { store } = bench, steps = stepsOf(bench);
    const id = await writePlan(store, { head, steps });
    assert.equal(await writePlan(store, { head: { ...head }, steps }), id);
    const other = await writePlan(store, { head: { ...head, command: "other" }, steps });
    assert.notEqual(other, id);
    assert.deepEqual(
      [...Deno.readDirSync(`${store.root}/plans`)].map(({ name }) => name).sort(),
      [
        id,
        other,
      ].sort(),
    );

    const path = `${planFolder(store, id)}/plan.jsonl`, whole = await Deno.readTextFile(path);
    const damages = [whole.slice(0, -20), whole.replace('"seconds":2', '"seconds":3'), ""];
    for (const text of damages) {
      await Deno.writeTextFile(path, text);
      await assert.rejects(readPlan(store, id), /the plan is damaged/);
      assert.equal(await writePlan(store, { head, steps }), id);
      assert.deepEqual((await readPlan(store, id)).steps, steps);
    }
  }));

Deno.test("readPlan() says which plans there are where it finds none of that name, or of another form", () =>
  withBench(async (bench) => {
    const { store } = bench, steps = stepsOf(bench);
    await assert.rejects(readPlan(store, "abc"), /there is no plan "abc" .*reproduce writes one/);
    const id = await writePlan(store, { head, steps });
    await assert.rejects(readPlan(store, "x"), new RegExp(`no plan "x".* Name one of ${id}`));
    const later = await writePlan(store, { head: { ...head, form: 3 }, steps });
    await assert.rejects(
      readPlan(store, later),
      /its format is 3, and this version reads format 2/,
    );
    const { plans, unread } = await plansIn(store);
    assert.deepEqual(plans.map((one) => one.id), [id]);
    assert.deepEqual([...unread.keys()], [later]);
    const path = `${planFolder(store, id)}/plan.jsonl`;
    await Deno.writeTextFile(path, "");
    assert.match(
      (await plansIn(store)).unread.get(id)!.message,
      /the plan is damaged \(it is empty\)/,
    );
    // As while it is being written.
    await Deno.remove(path);
    assert.deepEqual([...(await plansIn(store)).unread.keys()], [later]);
  }));
