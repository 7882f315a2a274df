import assert from "node:assert/strict";
import { expand, scaleOf } from "@/dsl/mod.ts";
import { dataQuantity } from "@/experiments/data_quantity.ts";
import { dataDomain } from "@/experiments/data_domain.ts";
import { experiments } from "@/experiments/mod.ts";
import { claimsNeeding } from "@/lib/results/mod.ts";

const conditionsOf = (experiment: typeof dataQuantity) =>
  expand(experiment, scaleOf("mini"), { seeds: 1 });

Deno.test("claimsNeeding() tells what claims need from what figures alone show", () => {
  const needed = new Map(
    conditionsOf(dataQuantity).map((condition) => [
      condition.name,
      claimsNeeding(condition, dataQuantity).map(({ number }) => number),
    ]),
  );
  assert.deepEqual(needed.get("simclr species (1M) -> finetune species (1M)"), [4, 5]);
  assert.deepEqual(needed.get("simclr species (125k) -> linear species (250k)"), []);
  const figures = [...needed.values()].filter((claims) => claims.length === 0).length;
  assert.ok(figures > needed.size / 2, `${figures} of ${needed.size}`);
});

Deno.test("claimsNeeding() needs the untrained encoder that others must beat", () => {
  const floors = conditionsOf(dataDomain).filter(({ encoders }) => encoders[0]!.method === "none");
  assert.ok(floors.length > 0);
  for (const floor of floors) {
    assert.ok(claimsNeeding(floor, dataDomain).length > 0, floor.name);
  }
});

Deno.test("claimsNeeding() is of no claim for what goes beyond the paper", () => {
  let seen = 0;
  for (const one of experiments) {
    const all = expand(one, scaleOf("mini"), { seeds: 1, beyond: true });
    for (const condition of all.slice(one.trials.length)) {
      assert.deepEqual(claimsNeeding(condition, one), [], condition.name);
      seen++;
    }
  }
  assert.ok(seen > 0);
});
