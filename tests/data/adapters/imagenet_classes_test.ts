import assert from "node:assert/strict";
import { imagenetClasses } from "@/lib/data/adapters/imagenet_classes.ts";
import { checkHierarchy, classesAt } from "@/lib/data/hierarchy.ts";

Deno.test("imagenetClasses() reads 1,000 classes in a tree of 19 levels", async () => {
  const { hierarchy, numbers } = await imagenetClasses();
  checkHierarchy(hierarchy, "here");
  assert.deepEqual(
    hierarchy.levels,
    Array.from({ length: 19 }, (_, i) => `depth ${18 - i}`),
  );
  const countAt = (depth: number) => classesAt(hierarchy, `depth ${depth}`).names.length;
  assert.deepEqual([0, 3, 6, 9, 12, 15, 18].map(countAt), [1, 10, 83, 500, 755, 918, 1000]);
  const all = Array.from({ length: 19 }, (_, depth) => countAt(depth));
  assert.deepEqual(all, all.toSorted((a, b) => a - b));
  // The classes are numbered in the order of their ids.
  assert.deepEqual([...numbers.keys()], [...numbers.keys()].sort());
  assert.deepEqual([...numbers.values()], Array.from({ length: 1000 }, (_, i) => i));
  for (const [id, number] of numbers) {
    assert.ok(hierarchy.leaves[number]!.name.startsWith(`${id} `));
  }
});

Deno.test("imagenetClasses() keeps apart siblings that share a name", async () => {
  const { hierarchy } = await imagenetClasses();
  const { names } = classesAt(hierarchy, "depth 3");
  assert.deepEqual(names.filter((name) => name.includes("substance")).sort(), [
    "n00019613 substance",
    "n00020090 substance",
  ]);
});
