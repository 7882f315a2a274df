import assert from "node:assert/strict";

interface Held {
  readonly step: number;
  readonly tensors: number;
  readonly handles: number;
  readonly memory: number;
}

Deno.test("1,000 steps hold as many tensors and handles as 10, and no more memory than 100", async () => {
  const root = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--frozen", "--config", `${root}/deno.json`, "-A"],
      ...["--v8-flags=--expose-gc", `${root}/tests/train/endurance_process.ts`],
    ],
    stderr: "inherit",
  }).output();
  assert.equal(code, 0);
  const held: Held[] = JSON.parse(new TextDecoder().decode(stdout));
  assert.equal(held.length, 100);
  const [first, last] = [held[0]!, held.at(-1)!];
  assert.deepEqual([first.step, last.step], [10, 1000]);
  assert.ok(first.tensors > 50, "the state is among them");
  assert.deepEqual([last.tensors, last.handles], [first.tensors, first.handles]);
  const early = median(held.slice(5, 15)), late = median(held.slice(-10));
  assert.ok(late < 1.02 * early, `${early} bytes around step 100, ${late} around step 1,000`);
});

function median(held: readonly Held[]): number {
  const sorted = held.map(({ memory }) => memory).sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
