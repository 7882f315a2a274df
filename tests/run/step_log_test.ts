import assert from "node:assert/strict";
import { stepLogPath } from "@/lib/run/mod.ts";
import { openStepLog } from "@/lib/run/step_log.ts";
import { withBench } from "@/tests/run/fixture.ts";

Deno.test("openStepLog() keeps what each attempt wrote, the newest where there is no room for all, and tells the end", () =>
  withBench(async ({ store, ingest: { key } }) => {
    const path = stepLogPath(store, key);
    await openStepLog(store, { key, head: "# silent" }).close();
    await assert.rejects(Deno.stat(path), Deno.errors.NotFound, "nothing was written");

    const first = openStepLog(store, { key, head: "# first" });
    first.take("one\n");
    first.take("two");
    assert.equal(first.end(), "one\ntwo");
    await first.close();
    const second = openStepLog(store, { key, head: "# second" });
    second.take(Array.from({ length: 30 }, (_, i) => `line ${i}\n`).join(""));
    assert.deepEqual(second.end().split("\n").length, 20);
    assert.match(second.end(), /line 29$/);
    await second.close();
    assert.match(await Deno.readTextFile(path), /^# first\none\ntwo\n# second\nline 0\n/);

    const long = openStepLog(store, { key, head: "# long" });
    for (let i = 0; i < 100; i++) long.take("x".repeat(5000));
    await long.close();
    assert.equal((await Deno.readTextFile(path)).length, 64_000);
  }));
