import assert from "node:assert/strict";
import { resolve } from "node:path";

interface Held {
  readonly step: number;
  readonly tensors: number;
  readonly handles: number;
  readonly memory: number;
}

const root = resolve(import.meta.dirname!, "../..");

/** What a training of a method held after every tenth step. */
async function endure(method: string, steps: number): Promise<Held[]> {
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--frozen", "--config", `${root}/deno.json`, "-A"],
      "--v8-flags=--expose-gc",
      ...[`${root}/tests/train/endurance_process.ts`, method, String(steps)],
    ],
    stderr: "inherit",
  }).output();
  assert.equal(code, 0);
  const held: Held[] = JSON.parse(new TextDecoder().decode(stdout));
  assert.deepEqual([held[0]!.step, held.at(-1)!.step, held.length], [10, steps, steps / 10]);
  return held;
}

Deno.test("1,000 steps hold as many tensors and handles as 10, and no more memory than 100", async () => {
  const held = await endure("simclr", 1000);
  assert.ok(held[0]!.tensors > 50, "the state is among them");
  sameCounts(held);
  const early = median(held.slice(5, 15)), late = median(held.slice(-10));
  assert.ok(late < 1.02 * early, `${early} bytes around step 100, ${late} around step 1,000`);
});

for (const method of ["moco", "byol", "supervised"]) {
  Deno.test(`500 steps of ${method} hold as many tensors and handles as 10`, async () => {
    sameCounts(await endure(method, 500));
  });
}

function sameCounts(held: readonly Held[]): void {
  const counts = held.map(({ tensors, handles }) => [tensors, handles]);
  for (const count of counts) assert.deepEqual(count, counts[0]);
}

function median(held: readonly Held[]): number {
  const sorted = held.map(({ memory }) => memory).sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
