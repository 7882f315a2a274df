import assert from "node:assert/strict";
import {
  estimateCell,
  estimateDifference,
  estimateMean,
  learnSeedNoise,
} from "@/lib/results/mod.ts";
import { madeCell } from "@/tests/results/made_cells.ts";

const noise = learnSeedNoise([], []);

Deno.test("estimateCell() is the mean over seeds, and its interval ends where accuracies do", () => {
  const cell = madeCell({}, [Uint8Array.of(1, 1, 0, 0), Uint8Array.of(1, 1, 1, 0)]);
  const { value, interval, seeds } = estimateCell(cell, noise).estimate;
  assert.equal(value, 0.625);
  assert.equal(seeds, 2);
  assert.deepEqual(interval, { low: 0, high: 1 });
});

Deno.test("estimateCell() leaves an accuracy of 100 % or 0 % an interval, and none that goes beyond", () => {
  for (const right of [1, 0]) {
    const bytes = Uint8Array.from({ length: 50 }, () => right);
    const { value, interval: { low, high } } = estimateCell(madeCell({}, [bytes]), noise).estimate;
    assert.equal(value, right);
    // Of 50 images all right, exactly: 92.9 %.
    const [inner, outer] = right === 1 ? [low, high] : [1 - high, 1 - low];
    assert.equal(outer, 1);
    assert.ok(inner > 0.9 && inner < 0.93, `${inner}`);
  }
});

Deno.test("estimates of the best of some are less sure on the side to which luck has moved them", () => {
  const cellOf = (right: number, pretrain: string) =>
    madeCell({ pretrain }, [Uint8Array.from({ length: 200 }, (_, i) => Number(i < right))]);
  const [left, right] = [cellOf(120, "scenes"), cellOf(90, "aerial")];
  const by = (options: Parameters<typeof estimateDifference>[3]) =>
    estimateDifference(left, right, noise, options)!.interval;
  const [alone, ofLeft, ofRight] = [by({}), by({ leftOf: 8 }), by({ rightOf: 8 })];
  assert.ok(ofLeft.low < alone.low && ofLeft.high === alone.high);
  assert.ok(ofRight.high > alone.high && ofRight.low === alone.low);
  assert.deepEqual(by({ comparisons: 8 }), { low: ofLeft.low, high: ofRight.high });
  const best = estimateMean([left], noise, { bestOf: 8 })!.interval;
  const own = estimateMean([left], noise)!.interval;
  assert.ok(best.low < own.low && best.high === own.high);
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
