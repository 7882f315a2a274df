import assert from "node:assert/strict";
import { dataDomain } from "@/experiments/data_domain.ts";
import { methods } from "@/experiments/methods.ts";
import { readStudy, varianceComponents } from "@/lib/results/mod.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

async function componentsOf(testImages: number, bySeed: number, seeds = 3) {
  await using input = await syntheticStudy([dataDomain, methods], {
    accuracy: ({ seed }) => 0.5 + bySeed * (seed - 2),
    testImages,
    seeds,
  });
  const { experiments } = await readStudy(input);
  const cells = experiments.flatMap((one) => one.cells);
  return varianceComponents(cells);
}

Deno.test("varianceComponents() tells the images' part from the seeds' part, by kind, of numbers and differences", async () => {
  const parts = await componentsOf(400, 0.1);
  assert.deepEqual(
    parts.map(({ kind, of }) => `${kind} ${of}`).sort(),
    ["frozen accuracy", "frozen difference", "trained accuracy"],
  );
  const frozen = parts.find(({ kind, of }) => kind === "frozen" && of === "accuracy")!;
  // The seeds are 0.1 apart.
  assert.ok(Math.abs(frozen.ofOneSeed - 0.1) < 0.03, `${frozen.ofOneSeed}`);
  assert.ok(frozen.seedsShare > 0.8, `${frozen.seedsShare}`);
  const still = await componentsOf(400, 0);
  const own = still.find(({ kind, of }) => kind === "frozen" && of === "accuracy")!;
  assert.ok(own.seedsShare < frozen.seedsShare);
  assert.ok(own.ofOneSeed < 0.05, `${own.ofOneSeed}`);
});

Deno.test("varianceComponents() knows nothing from one seed", async () => {
  assert.deepEqual(await componentsOf(60, 0, 1), []);
});
