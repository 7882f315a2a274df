import assert from "node:assert/strict";
import { linear, perClass, type ProbeOptions, trial, untrained } from "@/dsl/mod.ts";
import { fewLabels } from "@/lib/cli/few_labels.ts";
import { conditions, mini } from "@/tests/plan/planned.ts";

function told(...labels: readonly NonNullable<ProbeOptions<object>["labels"]>[]) {
  const trials = labels.map((one) => trial(untrained(), linear("species", { labels: one })));
  return fewLabels("species", {
    trainImages: 1000,
    classes: 300,
    conditions: conditions([...trials, trial(untrained(), linear("scenes", { labels: "50k" }))]),
  });
}

Deno.test("fewLabels() tells that some classes surely have no label of the smallest number", () => {
  const { "10k": few } = mini.labels;
  assert.deepEqual(told("10k", "1M"), [
    `its 10k labels are ${few} images, so that at least ${300 - few} of its 300 classes have none`,
  ]);
  assert.deepEqual(told("1M", "all"), []);
});

Deno.test("fewLabels() tells that not every class has so many labels", () => {
  assert.deepEqual(told(perClass(3), perClass(1), "all"), []);
  assert.deepEqual(told(perClass(1), perClass(5)), [
    "its 1000 training images are too few for 5 of each of its 300 classes: a class with fewer gives all that it has",
  ]);
});
