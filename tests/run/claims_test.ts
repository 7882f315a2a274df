// What becomes of a step whose worker is asked to leave, or loses its claim.
import assert from "node:assert/strict";
import { newHolder } from "@/lib/base/holder.ts";
import { attemptsAt, type RunEvent, writeAttempts } from "@/lib/run/mod.ts";
import { artifactFolder, findArtifact, type Store } from "@/lib/store/mod.ts";
import { withBench } from "@/tests/run/fixture.ts";
import { withPretraining } from "@/tests/run/small_pretraining.ts";

async function contentOf(store: Store, key: string): Promise<string> {
  const found = await findArtifact(store, key);
  assert.ok(found.state === "cached");
  return found.manifest.content;
}

const claimsIn = ({ root }: Store) => [...Deno.readDirSync(`${root}/claims`)];

Deno.test("run() that is asked to end has a training stop at a checkpoint, and the next goes on to the same bytes", () =>
  withBench(async (bench) => {
    const { store, events, work } = bench, { plan, step } = withPretraining(bench, 150);
    assert.equal((await work({ plan })).worked, 5);
    const alone = await contentOf(store, step.key);
    await Deno.remove(artifactFolder(store, step.key), { recursive: true });

    const drain = new AbortController();
    const asked = await work({
      plan,
      drain: drain.signal,
      onEvent(event) {
        events.push(event);
        if (event.type === "progress" && event.step === step) drain.abort();
      },
    });
    assert.deepEqual([asked.end, asked.worked, asked.failed, asked.unbegun], ["asked", 0, [], [
      step,
    ]]);
    assert.ok(events.some((event) => event.type === "given back" && event.step === step));
    assert.deepEqual((await attemptsAt(store, step.key)).map(({ end }) => end?.how), [
      "given back",
    ]);
    assert.deepEqual(claimsIn(store), []);

    const seen: number[] = [];
    const onEvent = (event: RunEvent) => {
      if (event.type === "progress") seen.push(event.done);
    };
    assert.equal((await work({ plan, onEvent })).worked, 1);
    assert.ok(seen[0]! > 1, `it went on from step ${seen[0]}`);
    assert.equal(await contentOf(store, step.key), alone);
    assert.deepEqual(await attemptsAt(store, step.key), []);
  }));

Deno.test("run() that is asked to end gives back at once what saves no checkpoint", () =>
  withBench(async ({ store, events, work, ingest }) => {
    const drain = new AbortController();
    const { end, worked, failed } = await work({
      jobs: 1,
      drain: drain.signal,
      onEvent(event) {
        events.push(event);
        if (event.type === "started") drain.abort();
      },
    });
    assert.deepEqual([end, worked, failed], ["asked", 0, []]);
    assert.deepEqual(events.map(({ type, step }) => [type, step]), [["started", ingest], [
      "given back",
      ingest,
    ]]);
    assert.deepEqual(claimsIn(store), []);
    assert.equal((await work()).worked, 4);
  }));

Deno.test("a worker whose claim was taken over publishes nothing, and the step is done once", () =>
  withBench(async ({ plan, store, events, work, ingest }) => {
    const [, , eight] = plan.steps;
    const claim = `${store.root}/claims/${eight!.key}.json`;
    const other = { ...newHolder(), host: "elsewhere" };
    const stop = new AbortController();
    let taken = false;
    const { failed } = await work({
      jobs: 1,
      signal: stop.signal,
      onEvent(event) {
        events.push(event);
        if (event.type === "started" && event.step === eight && !taken) {
          taken = true;
          Deno.removeSync(claim);
          Deno.writeTextFileSync(claim, JSON.stringify(other));
        }
        if (event.type === "waiting" && event.step === eight) stop.abort();
      },
    });
    assert.ok(taken);
    assert.deepEqual(failed, []);
    assert.equal((await findArtifact(store, eight!.key)).state, "missing");
    assert.equal((await findArtifact(store, ingest.key)).state, "cached");
    assert.deepEqual([...Deno.readDirSync(`${store.root}/tmp`)], []);
    assert.equal(JSON.parse(await Deno.readTextFile(claim)).nonce, other.nonce, "it stays theirs");
    await Deno.remove(claim);
    await work();
    assert.equal((await findArtifact(store, eight!.key)).state, "cached");
  }));

Deno.test("run() does other things while somebody else works a step, and ends when nothing was to be had for long enough", () =>
  withBench(async ({ plan, store, events, work }) => {
    const [ingest, four] = plan.steps;
    await work({ plan: { ...plan, steps: [ingest!] } });
    const claim = `${store.root}/claims/${four!.key}.json`;
    await Deno.writeTextFile(claim, JSON.stringify({ ...newHolder(), host: "elsewhere" }));
    const { end, worked, unbegun } = await work({ jobs: 1, idle: 2 });
    assert.deepEqual([end, worked, unbegun], ["idle", 2, [four]]);
    const first = events.findIndex(({ type, step }) => type === "waiting" && step === four);
    assert.ok(first >= 0);
    assert.ok(events.slice(first).some(({ type }) => type === "done"));
  }));

Deno.test("run() fails a step with which five workers vanished where it does not try again what failed, and else works it", () =>
  withBench(async ({ store, ingest, events, work }) => {
    const one = { host: "h", pid: 1, plan: null, worker: "w", from: 0 };
    const attempts = Array.from({ length: 5 }, (_, i) => ({
      ...{ ...one, id: `${i}`, at: "t" },
      end: i < 4 ? { at: "t", how: "vanished" as const } : null,
    }));
    await writeAttempts(store, ingest.key, attempts);
    const { worked, failed } = await work({ retriesFailed: false });
    assert.deepEqual([worked, failed], [0, [ingest]]);
    const failure = events.find((event) => event.type === "failed");
    assert.match(
      failure?.type === "failed" ? failure.message : "",
      /^5 workers in turn vanished while they ran it, on h$/,
    );
    await writeAttempts(store, ingest.key, attempts);
    assert.equal((await work()).worked, 4);
  }));
