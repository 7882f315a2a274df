import assert from "node:assert/strict";
import { estimateCell, estimateDifference, learnSeedNoise } from "@/lib/results/mod.ts";
import { madeCell } from "@/tests/results/made_cells.ts";

const noise = learnSeedNoise([], []);

Deno.test("estimateCell() is the mean over seeds, and its interval ends where accuracies do", () => {
  const cell = madeCell({}, [Uint8Array.of(1, 1, 0, 0), Uint8Array.of(1, 1, 1, 0)]);
  const { value, interval, seeds } = estimateCell(cell, noise).estimate;
  assert.equal(value, 0.625);
  assert.equal(seeds, 2);
  assert.deepEqual(interval, { low: 0, high: 1 });
});

Deno.test("estimateDifference() uses the seeds that both cells have, and says nothing where there are none", () => {
  const first = (right: number) => Uint8Array.from({ length: 20 }, (_, i) => Number(i < right));
  const two = madeCell({}, [first(10), first(16)], [1, 2]);
  const one = madeCell({ pretrain: "scenes" }, [first(8)], [2]);
  const found = estimateDifference(two, one, noise)!;
  assert.ok(Math.abs(found.value - 0.4) < 1e-12);
  assert.equal(found.seeds, 1);
  const other = madeCell({ pretrain: "scenes" }, [first(8)], [3]);
  assert.equal(estimateDifference(two, other, noise), undefined);
});
