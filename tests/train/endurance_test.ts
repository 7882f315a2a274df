import assert from "node:assert/strict";
import { resolve } from "node:path";
import type { Held } from "@/tests/train/endurance_process.ts";

const root = resolve(import.meta.dirname!, "../..");

/** What a training of a method held after every tenth step. */
async function endure(method: string, steps: number, device = "cpu"): Promise<Held[]> {
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--frozen", "--config", `${root}/deno.json`, "-A"],
      "--v8-flags=--expose-gc",
      ...[`${root}/tests/train/endurance_process.ts`, method, String(steps), device],
    ],
    stderr: "inherit",
  }).output();
  assert.equal(code, 0);
  const held: Held[] = JSON.parse(new TextDecoder().decode(stdout));
  assert.deepEqual([held[0]!.step, held.at(-1)!.step, held.length], [10, steps, steps / 10]);
  return held;
}

for (const device of ["cpu", "xla-cpu"]) {
  Deno.test(`1,000 steps hold as many tensors and handles as 10, and no more memory than 100, on ${device}`, async () => {
    const held = await endure("simclr", 1000, device);
    assert.ok(held[0]!.tensors > 50, "the state is among them");
    assert.equal(held[0]!.buffers > 50, device === "xla-cpu");
    sameCounts(held);
    const early = median(held.slice(5, 15)), late = median(held.slice(-10));
    assert.ok(late < 1.02 * early, `${early} bytes around step 100, ${late} around step 1,000`);
  });
}

for (const method of ["moco", "byol", "supervised"]) {
  Deno.test(`500 steps of ${method} hold as many tensors and handles as 10`, async () => {
    sameCounts(await endure(method, 500));
  });
}

function sameCounts(held: readonly Held[]): void {
  const counts = held.map(({ tensors, handles, buffers }) => [tensors, handles, buffers]);
  for (const count of counts) assert.deepEqual(count, counts[0]);
}

function median(held: readonly Held[]): number {
  const sorted = held.map(({ memory }) => memory).sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
