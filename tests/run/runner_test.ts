import assert from "node:assert/strict";
import { newHolder } from "@/lib/base/holder.ts";
import { readWords } from "@/lib/run/arrays.ts";
import type { Step } from "@/lib/plan/mod.ts";
import { attemptsAt, type RunEvent, stepLogPath } from "@/lib/run/mod.ts";
import { writeNote } from "@/lib/run/under_way.ts";
import { artifactFolder, leaseStep, openStore, statusOf } from "@/lib/store/mod.ts";
import { code, engine, withBench } from "@/tests/run/fixture.ts";
import { canMount, fillDisk, withSmallDisk } from "@/tests/run/small_disk.ts";

function kinds(events: readonly RunEvent[], type: RunEvent["type"]): string[] {
  return events.filter((event) => event.type === type).map((event) => event.step.label).sort();
}

async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
}

Deno.test("run() works every step once, then nothing", () =>
  withBench(async ({ plan, store, events, work }) => {
    const nothing = { failed: [], skipped: [], unbegun: [], deserted: [] };
    assert.deepEqual(await work(), { worked: 4, ...nothing, end: "nothing left" });
    assert.deepEqual(kinds(events, "done"), ["eight", "four", "ingest", "sheet"]);
    assert.equal(events.find((event) => event.type === "done")?.step.label, "ingest");
    const [four, eight] = await Promise.all(
      [1, 2].map((i) => readWords(`${artifactFolder(store, plan.steps[i]!.key)}/indices.u32`)),
    );
    assert.deepEqual([...four!], [...eight!.subarray(0, 4)]);
    assert.equal((await work()).worked, 0);
    assert.deepEqual(events, []);
  }));

Deno.test("run() takes what is first in order first", () =>
  withBench(async ({ plan, events, work }) => {
    const [, four, eight, sheet] = plan.steps;
    const order = new Map([[sheet!.key, 1], [eight!.key, 2], [four!.key, 3]]);
    await work({ jobs: 1, order });
    const done = events.filter(({ type }) => type === "done").map(({ step }) => step.label);
    assert.deepEqual(done, ["ingest", "sheet", "eight", "four"]);
  }));

/** Kills the process that works a step of this label, as often as said. */
function killing(events: RunEvent[], label: string, times: number): (event: RunEvent) => void {
  let left = times;
  return (event) => {
    events.push(event);
    if (event.type !== "started" || event.step.label !== label || left-- <= 0) return;
    Deno.kill(event.pid, "SIGKILL");
  };
}

Deno.test("run() works a step again whose worker was killed, and remembers nothing of it when it is done", () =>
  withBench(async ({ plan, store, events, work }) => {
    const { worked, failed } = await work({ jobs: 1, onEvent: killing(events, "eight", 1) });
    assert.deepEqual([worked, failed], [4, []]);
    const again = events.find((event) => event.type === "again");
    assert.ok(again?.type === "again" && again.kind === "killed", JSON.stringify(again));
    assert.match(again.message, /ended with SIGKILL/);
    assert.deepEqual(await attemptsAt(store, plan.steps[2]!.key), []);
  }));

Deno.test("run() fails a step that killed two workers and works the rest; the next run works it and nothing else", () =>
  withBench(async ({ plan, store, events, work }) => {
    const first = await work({ jobs: 1, onEvent: killing(events, "eight", 2) });
    assert.deepEqual(first.failed.map(({ label }) => label), ["eight"]);
    const failure = events.find((event) => event.type === "failed");
    assert.ok(failure?.type === "failed" && failure.kind === "killed", JSON.stringify(failure));
    assert.match(failure.message, /ended with SIGKILL/);
    assert.equal(first.worked, 3, "a new process worked the rest");
    const attempts = await attemptsAt(store, plan.steps[2]!.key);
    assert.deepEqual(attempts.map(({ end }) => end?.how), ["killed", "killed"]);

    const without = await work({ retriesFailed: false });
    assert.deepEqual([without.worked, without.failed.length], [0, 1], "not unless it is asked to");
    assert.equal((await work()).worked, 1);
    assert.deepEqual(kinds(events, "done"), ["eight"]);
    assert.deepEqual(await attemptsAt(store, plan.steps[2]!.key), []);
  }));

Deno.test("run() blames the machine where it may and three steps die at once, and takes nothing off them", () =>
  withBench(async ({ plan, store, events, work }) => {
    const [ingest, ...others] = plan.steps;
    await work({ plan: { ...plan, steps: [ingest!] } });
    const { end, reason, worked } = await work({
      jobs: 1,
      blamesHost: true,
      onEvent(event) {
        events.push(event);
        if (event.type === "started") Deno.kill(event.pid, "SIGKILL");
      },
    });
    assert.deepEqual([end, worked], ["host", 0]);
    assert.match(reason!, /^3 steps failed here .*SIGKILL/);
    for (const { key } of others) {
      const ends = (await attemptsAt(store, key)).map(({ end }) => end?.how);
      assert.ok(ends.length > 0 && ends.every((how) => how === "host"), `${ends}`);
    }
    const again = await work({ retriesFailed: false });
    assert.deepEqual([again.worked, again.failed], [3, []]);
  }));

Deno.test("run() begins nothing more after a failure where it is told so, and finishes what is under way", () =>
  withBench(async ({ plan, events, work }) => {
    const [ingest, ...others] = plan.steps;
    await work({ plan: { ...plan, steps: [ingest!] } });
    const { end, failed, unbegun } = await work({
      jobs: 1,
      failFast: true,
      onEvent: killing(events, "four", 2),
    });
    assert.deepEqual([end, failed.length], ["failure", 1]);
    assert.equal(unbegun.length, others.length - 1);
  }));

Deno.test("run() works steps at once only where they may be, the first of them first", () =>
  withBench(async ({ plan, events, work }) => {
    const [, four, eight, sheet] = plan.steps;
    const order = new Map([[sheet!.key, 1], [eight!.key, 2], [four!.key, 3]]);
    const asked: string[] = [];
    const { worked } = await work({
      ...{ jobs: 2, order },
      beside(step, others) {
        asked.push(`${step.label} beside ${others.map(({ label }) => label)}`);
        return step !== eight;
      },
    });
    assert.equal(worked, 4);
    // What comes after it does not overtake the one that has to wait.
    const told = events.filter(({ type }) => type === "started" || type === "done")
      .map(({ type, step }) => `${type} ${step.label}`);
    const before = told.slice(0, told.indexOf("done sheet"));
    assert.deepEqual(before.filter((one) => one.startsWith("started")), [
      "started ingest",
      "started sheet",
    ]);
    assert.deepEqual(asked.filter((text) => text.startsWith("eight")), ["eight beside sheet"]);
  }));

Deno.test("localPool() ends the process of a step that is not to work others, and keeps all other processes", () =>
  withBench(async ({ events, work }) => {
    const pids = () => events.flatMap((event) => event.type === "started" ? [event.pid] : []);
    await work({ jobs: 1, keepsProcess: ({ label }) => label === "sheet" || label === "four" });
    const labels = events.filter(({ type }) => type === "started").map(({ step }) => step.label);
    // After the ingest and after the eight another process goes on.
    const ends = labels.slice(0, -1).filter((label) => label === "ingest" || label === "eight");
    assert.equal(new Set(pids()).size, 1 + ends.length);
  }));

Deno.test("run() works what it may take alone, and leaves the rest to others or to nobody", () =>
  withBench(async ({ plan, work }) => {
    const [ingest, four, eight, sheet] = plan.steps;
    const takes = ({ kind }: Step) => kind === "ingest" || kind === "sheet";
    const rest = await work({ takes, others: "rest" });
    assert.deepEqual([rest.worked, rest.end, new Set(rest.unbegun)], [
      2,
      "nothing left",
      new Set([four, eight]),
    ]);
    // Nothing that it may take is left, so that it waits for nobody.
    const left = await work({ takes });
    assert.deepEqual([left.worked, left.end], [0, "nothing left"]);
    // What it may take needs what others are to make: it waits for that.
    const waits = await work({
      plan: { ...plan, steps: [ingest!, sheet!] },
      forced: new Set([ingest!.key]),
      takes: ({ kind }) => kind === "sheet",
      idle: 1.5,
    });
    assert.deepEqual([waits.worked, waits.end], [0, "idle"]);
  }));

Deno.test("run() leaves when nobody is at what it needs of others, names that, and waits while somebody is", () =>
  withBench(async ({ plan, store, ingest, work }) => {
    const takes = ({ kind }: Step) => kind !== "ingest";
    const left = await work({ takes, patience: 0 });
    assert.deepEqual([left.worked, left.end, left.deserted], [0, "deserted", [ingest]]);
    assert.equal(left.unbegun.length, plan.steps.length);

    const lease = await leaseStep(store, ingest.key);
    const waits = await work({ takes, patience: 0, idle: 1.5 });
    assert.deepEqual([waits.end, waits.deserted], ["idle", []]);
    await lease!.release();

    // Its holder was killed.
    const gone = JSON.stringify({ ...newHolder(), pid: 2 ** 22 + 1 });
    await Deno.writeTextFile(`${store.root}/claims/${ingest.key}.json`, gone);
    assert.equal((await work({ takes, patience: 0 })).end, "deserted");
  }));

Deno.test("run() leaves what another engine has begun to it where it is told so, and waits for it no longer than for other things", () =>
  withBench(async ({ store, ingest, work }) => {
    const gpu = { ...engine, device: "gpu:1" };
    const note = { identity: "i", engine: gpu, done: 3, total: 9, seconds: 1 };
    await writeNote(store, ingest.key, note);
    const left = await work({ leavesOthers: true });
    assert.deepEqual([left.worked, left.end, left.unbegun.length], [0, "nothing left", 4]);
    assert.equal((await work()).worked, 4);
  }));

Deno.test("run() works a forced step though it is fresh, and finds what stands on it", () =>
  withBench(async ({ ingest, events, work }) => {
    await work();
    assert.equal((await work({ forced: new Set([ingest.key]) })).worked, 1);
    assert.deepEqual(kinds(events, "done"), ["ingest"]);
    assert.deepEqual(kinds(events, "found"), ["eight", "four", "sheet"]);
    assert.equal((await work()).worked, 0);
  }));

Deno.test("run() tells what a failed step's process wrote, and its log has it", () =>
  withBench(async ({ plan, store, images, events, work }) => {
    await Deno.truncate(`${images}/train/a/0.png`, 20);
    await work();
    const path = stepLogPath(store, plan.steps[0]!.key);
    assert.match(await Deno.readTextFile(path), /^# \d{4}-.*\n(.*\n)*.*train\/a\/0\.png/);
    const failure = events.find((event) => event.type === "failed");
    assert.ok(failure?.type === "failed" && failure.kind === "bad input");
  }));

Deno.test("run() fails a step whose input was damaged meanwhile, and the next run makes that anew without being told to", () =>
  withBench(async ({ plan, store, ingest, events, work }) => {
    const status = await statusOf(plan.steps, store, { code });
    await work({ plan: { ...plan, steps: [ingest] } });
    await Deno.truncate(`${artifactFolder(store, ingest.key)}/train.labels`, 3);
    const known = new Map([...status].map(([key, one]) => [
      key,
      key === ingest.key ? { ...one, freshness: "cached" as const } : one,
    ]));
    const { failed } = await work({ status: known });
    assert.equal(failed.length, 3);
    const failure = events.find((event) => event.type === "failed");
    assert.ok(failure?.type === "failed" && failure.kind === "input gone", JSON.stringify(failure));
    assert.equal((await work({ retriesFailed: false })).worked, 4);
  }));

Deno.test("run() tells of a worker that ends with an error as a bug, once and with the first place of it, and tries no other", () =>
  withBench(async ({ store, ingest, events, work }) => {
    const project = await Deno.makeTempDir();
    try {
      await Deno.mkdir(`${project}/lib/run`, { recursive: true });
      await Deno.writeTextFile(`${project}/deno.json`, "{}");
      await Deno.writeTextFile(
        `${project}/lib/run/worker.ts`,
        `const broken = () => { throw new TypeError("an objective is broken"); };\nbroken();\n`,
      );
      const summary = await work({ root: project });
      assert.deepEqual([summary.failed.length, summary.worked], [1, 0]);
    } finally {
      await Deno.remove(project, { recursive: true });
    }
    const [failure, ...others] = events.filter(({ type }) => type === "failed" || type === "again");
    assert.ok(failure?.type === "failed" && others.length === 0, JSON.stringify(failure));
    assert.deepEqual([failure.kind, failure.log], ["bug", undefined]);
    assert.match(
      failure.message,
      /^its worker process ended: Uncaught .*TypeError: an objective is broken\n(?:.*\n)* +at broken .*worker\.ts:1:\d+\)$/,
    );
    const attempts = await attemptsAt(store, ingest.key);
    assert.deepEqual(attempts.map(({ end }) => end?.how), ["failed"]);
  }));

Deno.test("run() fails what needs a failed step, by kind and with its message, and a mended input is worked", () =>
  withBench(async ({ images, events, work }) => {
    const broken = `${images}/train/a/0.png`;
    const whole = await Deno.readFile(broken);
    await Deno.writeFile(broken, whole.subarray(0, 20));
    const summary = await work();
    assert.deepEqual(summary.failed.map(({ label }) => label), ["ingest"]);
    assert.deepEqual(summary.skipped.map(({ label }) => label).sort(), ["eight", "four", "sheet"]);
    const failure = events.find((event) => event.type === "failed");
    assert.ok(failure?.type === "failed");
    assert.equal(failure.kind, "bad input");
    assert.match(failure.message, /train\/a\/0\.png/);
    assert.equal(failure.skips, 3);
    assert.doesNotMatch(failure.message, /^ +at /m);
    await Deno.writeFile(broken, whole);
    assert.equal((await work()).worked, 4);
  }));

Deno.test("run() makes a damaged artifact again, and keeps what stands on it when it comes out the same", () =>
  withBench(async ({ store, ingest, events, work }) => {
    await work();
    const path = `${artifactFolder(store, ingest.key)}/train.images`;
    const bytes = await Deno.readFile(path);
    bytes[100]! ^= 1;
    await Deno.writeFile(path, bytes);
    assert.equal((await work()).worked, 1);
    assert.deepEqual(kinds(events, "done"), ["ingest"]);
    assert.deepEqual(kinds(events, "found"), ["eight", "four", "sheet"]);
    assert.equal((await work()).worked, 0);
  }));

Deno.test("run() waits for a step that another process works, and does not work it again", () =>
  withBench(async ({ plan, ingest, store, events, work }) => {
    const lease = await leaseStep(store, ingest.key);
    assert.ok(lease);
    // The status of before the other's work: this run does not know that it was done.
    const status = await statusOf(plan.steps, store, { code });
    const running = work({
      status,
      onEvent(event) {
        events.push(event);
        if (event.type !== "waiting") return;
        // The other finishes while this one waits.
        events.length = 0;
        void lease.release();
      },
    });
    const { worked } = await running;
    assert.equal(worked, 4);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(`${store.root}/claims`)), []);
    // Two runs side by side on one store: together each step is worked once.
    await Deno.remove(`${store.root}/artifacts`, { recursive: true });
    const counts: number[] = [];
    const together = await Promise.all([work({ status }), work({ status })]);
    for (const one of together) counts.push(one.worked);
    assert.equal(counts[0]! + counts[1]!, 4);
    assert.deepEqual(together.flatMap((one) => one.failed), []);
  }));

Deno.test({
  name:
    "run() begins nothing more on a full disk, leaves nothing half made, and goes on when there is room",
  ignore: !canMount,
  fn: () =>
    withBench(async ({ plan, store, events, work }) => {
      // Without room for a lease, and with room for that and no images.
      for (const pages of [0, 2]) {
        await withSmallDisk(store.root, 2 ** 20, async () => {
          await openStore(store.root);
          const status = await statusOf(plan.steps, store, { code });
          await fillDisk(`${store.root}/full`, pages);
          const { worked, failed, skipped, unbegun } = await work({ jobs: 1, status });
          assert.deepEqual([worked, failed.length, skipped.length + unbegun.length], [0, 1, 3]);
          const failure = events.find((event) => event.type === "failed");
          assert.ok(failure?.type === "failed");
          assert.equal(failure.kind, "disk full");
          assert.match(failure.message, /: no space left on the disk\. Make room, or .*--store/);
          assert.equal(failure.message.split(": ")[0], store.root);
          for (const folder of ["tmp", "claims"]) {
            assert.deepEqual(await namesIn(`${store.root}/${folder}`), []);
          }
          await Deno.remove(`${store.root}/full`);
          if (pages > 0) assert.equal((await work()).worked, 4);
        });
      }
    }),
});

Deno.test("run() stops when asked, leaves no lease, and keeps what was finished", () =>
  withBench(async ({ store, events, work }) => {
    const abort = new AbortController();
    await work({
      jobs: 1,
      signal: abort.signal,
      onEvent(event) {
        events.push(event);
        if (event.type === "done" && event.step.label === "ingest") abort.abort();
      },
    });
    assert.deepEqual(kinds(events, "done"), ["ingest"]);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(`${store.root}/claims`)), []);
    assert.equal((await work()).worked, 3);
  }));
