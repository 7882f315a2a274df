import assert from "node:assert/strict";
import { attemptsAt, longestSilence } from "@/lib/run/mod.ts";
import { withBench } from "@/tests/run/fixture.ts";

Deno.test("longestSilence() is many times what is expected, and hours in any case", () => {
  assert.deepEqual([longestSilence(1), longestSilence(3600)], [7200, 180_000]);
});

Deno.test("run() ends a process that tells nothing for too long, and its step fails for that", () =>
  withBench(async ({ plan, store, ingest, events, work }) => {
    await work({ plan: { ...plan, steps: [ingest] } });
    const { worked, failed } = await work({
      jobs: 1,
      silence: ({ label }) => label === "eight" ? 0.001 : Infinity,
    });
    assert.deepEqual([worked, failed.map(({ label }) => label)], [2, ["eight"]]);
    const failure = events.find((event) => event.type === "failed");
    assert.ok(failure?.type === "failed" && failure.kind === "timeout", JSON.stringify(failure));
    const [attempt] = await attemptsAt(store, plan.steps[2]!.key);
    assert.deepEqual([attempt!.end?.how, attempt!.end?.kind], ["failed", "timeout"]);
    assert.equal((await work()).worked, 1);
  }));
