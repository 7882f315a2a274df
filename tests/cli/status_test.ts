import assert from "node:assert/strict";
import { summaryOf } from "@/lib/cli/plan_summary.ts";
import { statusLines } from "@/lib/cli/status_lines.ts";
import {
  type HostNote,
  keepNote,
  noteHost,
  watchPlan,
  writeAttempts,
  writePlan,
} from "@/lib/run/mod.ts";
import { command, withFolder } from "@/tests/cli/command.ts";
import { putWorked, stored, withStoredPlan } from "@/tests/run/stored_plan.ts";

const { species, objects, two } = stored;

Deno.test("statusLines() tells by experiment what is done and left, who works, what failed and the time left", () =>
  withStoredPlan(async ({ store, plan }) => {
    await putWorked(store, species);
    await writeAttempts(store, objects.key, [{
      ...{ id: "a", at: "2026-01-01T00:00:00Z", host: "node7", pid: 1, plan: null, worker: null },
      from: 0,
      end: { at: "2026-01-01T00:01:00Z", how: "failed", kind: "bad input", message: "a\nb\nc\nd" },
    }]);
    const note = await keepNote(store, plan.id, { device: "gpu:1", jobs: 1 });
    note.onEvent({ type: "started", step: two, pid: 77 });
    note.onEvent({ type: "progress", step: two, done: 1, total: 4, unit: "images" });
    await note.end("idle");
    await noteHost(store, plan.id, { worker: note.worker, reason: "no GPU" });
    const state = await watchPlan(store, plan).look();
    // As the note told before its end.
    const worker = {
      ...state.gone[0]!,
      ...{ host: "node1", pid: 12, since: "2026-01-01T00:00:00Z", at: "2026-01-01T00:02:30Z" },
      ...{ end: null, failed: 2, slurm: { job: "7", array: "5_1" } },
      steps: [{ key: two.key, since: "2026-01-01T00:02:00Z", pid: 77, done: 1, total: 4 }],
    };
    const running = [{
      ...{ step: two, host: "node1", pid: 77, since: "2026-01-01T00:02:00Z" },
      ...{ done: 1, total: 4, taken: 2.5 },
    }];
    const states = new Map([...state.states, [two.key, "running"] as const]);
    const seen = { ...state, states, workers: [worker], gone: [], running };
    const summary = summaryOf(plan, seen);
    const [{ host, at }] = state.blamed as [HostNote];
    const now = Date.parse("2026-01-01T00:05:00Z");
    assert.deepEqual(statusLines({ plan, state: seen, summary, now }), [
      `plan ${plan.id}: one both at scale smoke, 5 steps`,
      "                    done  running  ready  waiting  failed  blocked  left",
      "  one             1 of 3        1      1        0       0        0  about 18 s on one core",
      "  both            1 of 5        1      1        0       1        1  about 18 s on one core",
      "  all, each once  1 of 5        1      1        0       1        1  about 18 s on one core",
      "worker on node1 (process 12, Slurm job 5_1): 1 process on gpu:1, for 5 min, 0 worked, 2 failed, not heard of for 2 min 30 s",
      "  subset 2 of species [===         ] 25 %, for 3 min",
      `machine ${host} failed whatever it began (${at}): no GPU`,
      "failed, and run again by reproduce or with --retry-failed:",
      "  ingest objects (bad input, 1 attempt, last on node7 2026-01-01T00:01:00Z), and 1 step that needs it",
      "    a",
      "    b",
      "    c",
      `    log ${store.root}/logs/${objects.key}.log`,
      "about 18 s left with the 1 process that is there",
    ]);
  }));

Deno.test("status tells of the plan that was written last, in words and as JSON, and --watch ends when nothing is left", () =>
  withStoredPlan(async ({ store, plan }) => {
    const status = (...words: string[]) => command("status", ...words, "--store", store.root);
    const waiting = await status();
    assert.equal(waiting.code, 0, waiting.stderr);
    assert.ok(waiting.stdout.startsWith(`store: ${store.root}\nplan ${plan.id}: one both`));
    assert.match(waiting.stdout, /^no worker has come yet\nabout 50 s left with one process$/m);
    for (const step of Object.values(stored)) await putWorked(store, step);
    const done = await status("--watch", "--plan", plan.id.slice(0, 6));
    assert.match(done.stdout, /^ {2}one +3 of 3 .*\n {2}both +5 of 5 /m);
    assert.match(done.stdout, /\nall is done\n$/);
    const { plans: [one] } = JSON.parse((await status("--json")).stdout);
    assert.deepEqual([one.id, one.counts.done, one.steps, one.timeLeft], [plan.id, 5, 5, 0]);
    assert.equal((await status("--plan", "zz")).code, 2);
  }));

Deno.test("status says of a store whose only plan cannot be read that it is damaged", () =>
  withStoredPlan(async ({ store, plan: { id } }) => {
    await Deno.writeTextFile(`${store.root}/plans/${id}/plan.jsonl`, "rubbish\n");
    const { code, stdout, stderr } = await command("status", "--store", store.root);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /^error: .*plan\.jsonl: the plan is damaged \(.*\n$/);
  }));

Deno.test("status says of plans that cannot be read why, and tells of those that can", () =>
  withStoredPlan(async ({ store, plan: { id, head, steps } }) => {
    const status = (...words: string[]) => command("status", ...words, "--store", store.root);
    const planOf = async (scale: string) =>
      await writePlan(store, { head: { ...head, scale }, steps });
    const fileOf = (id: string) => `${store.root}/plans/${id}/plan.jsonl`;
    const headless = await planOf("mini"), cut = await planOf("small");
    await Deno.writeTextFile(fileOf(headless), "rubbish\n");
    const whole = await Deno.readTextFile(fileOf(cut));
    // The one that was written last.
    await Deno.writeTextFile(fileOf(cut), whole.slice(0, -20));
    await Deno.utime(fileOf(cut), new Date(), new Date(Date.now() + 60_000));
    const { code, stdout, stderr } = await status();
    assert.deepEqual([code, stderr], [0, ""]);
    const lines = stdout.trim().split("\n");
    assert.ok(lines[1]!.startsWith(`plan ${id}: one both`), stdout);
    for (const [i, broken] of [headless, cut].entries()) {
      assert.ok(lines.at(i - 2)!.startsWith(`${fileOf(broken)}: the plan is damaged (`), stdout);
    }
    assert.ok(!stdout.includes("other plan"), stdout);
    const { plans, unread } = JSON.parse((await status("--json")).stdout);
    assert.deepEqual([plans.length, plans[0].id], [1, id]);
    assert.deepEqual(unread.map((one: { id: string }) => one.id), [headless, cut]);
    assert.match(unread[0].problem, /the plan is damaged/);
  }));

Deno.test("status makes no store, and says that there is no plan", () =>
  withFolder(async (folder) => {
    const { code, stdout } = await command("status", "--store", `${folder}/none`);
    assert.equal(code, 0);
    assert.match(stdout, /, not there yet\nno plan is in it: deno task reproduce writes one\n$/);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), []);
  }));
