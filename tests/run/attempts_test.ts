import assert from "node:assert/strict";
import {
  type Attempt,
  attemptsAt,
  ended,
  failedSteps,
  failureIn,
  type HowEnded,
  withVanished,
  writeAttempts,
} from "@/lib/run/mod.ts";
import { withBench } from "@/tests/run/fixture.ts";

let count = 0;

/** An attempt that ended so, or is under way, of a work that was so far when it began. */
function attempt(how: HowEnded | null, from = 0): Attempt {
  const end = how === null ? null : { at: "t", how, kind: "bug" as const, message: `${how}!` };
  const id = `${count++}`;
  return { id, at: "t", host: "h", pid: 1, plan: null, worker: "w", from, end };
}

const failing = (...all: readonly (HowEnded | null)[]) =>
  failureIn(all.map((how) => attempt(how)), 0)?.message;

Deno.test("failureIn() fails a step whose last attempt failed or that killed two workers, and nothing that was no fault of its", () => {
  assert.equal(failing(), undefined);
  assert.equal(failing("failed"), "failed!");
  assert.equal(failing("killed", "failed"), "failed!");
  assert.equal(failing("killed"), undefined);
  assert.equal(failing("killed", "given back", "killed"), "killed!");
  assert.equal(failing("given back", "host", "host", "host"), undefined);
});

Deno.test("failureIn() fails a step with which five workers vanished in turn, unless it came further meanwhile", () => {
  const vanished = (from: number) => attempt("vanished", from);
  const four = Array.from({ length: 4 }, () => vanished(10));
  assert.equal(failureIn(four, 10), undefined);
  assert.match(failureIn([...four, vanished(10)], 10)!.message, /^5 workers in turn vanished/);
  assert.equal(failureIn([...four, vanished(10)], 20), undefined, "it is further now");
  assert.equal(failureIn([...four, vanished(20)], 20), undefined, "it was further then");
});

Deno.test("withVanished() ends what has no end, and leaves the rest as it is", () => {
  const done = [attempt("killed")], open = [...done, attempt(null)];
  assert.equal(withVanished(done), done);
  assert.deepEqual(withVanished(open).map(({ end }) => end?.how), ["killed", "vanished"]);
  const [first] = ended(open, open[1]!.id, { how: "given back" });
  assert.equal(first, open[0]);
});

Deno.test("attemptsAt() gives what writeAttempts() wrote, and nothing of a damaged file", () =>
  withBench(async ({ store, ingest: { key } }) => {
    assert.deepEqual(await attemptsAt(store, key), []);
    const attempts = [attempt("killed"), attempt("failed")];
    await writeAttempts(store, key, attempts);
    assert.deepEqual(await attemptsAt(store, key), attempts);
    assert.deepEqual(await failedSteps(store), new Map([[key, attempts[1]!.id]]));
    await writeAttempts(store, key, Array.from({ length: 40 }, () => attempt("given back")));
    assert.equal((await attemptsAt(store, key)).length, 30);
    assert.deepEqual(await failedSteps(store), new Map());
    const vanished = [...Array.from({ length: 4 }, () => attempt("vanished")), attempt(null)];
    await writeAttempts(store, key, vanished);
    assert.deepEqual(await failedSteps(store), new Map([[key, vanished[4]!.id]]));
    await Deno.writeTextFile(`${store.root}/attempts/${key}.json`, '{"attempts":');
    assert.deepEqual(await attemptsAt(store, key), []);
    await writeAttempts(store, key, []);
    assert.deepEqual([...Deno.readDirSync(`${store.root}/attempts`)], []);
  }));
