import assert from "node:assert/strict";
import { balanceOf, groupAccuracies, groupDifferences } from "@/lib/probe/breakdown.ts";

// Leaves 0 and 1 in taxon 0, 2 and 3 in taxon 1, and a taxon without a test image.
const labels = Uint16Array.of(0, 0, 1, 2, 3, 3);
const taxa = { labels, groupOfLeaf: [0, 0, 1, 1, 2], groups: 3 };
const leaves = { labels, groupOfLeaf: [0, 1, 2, 3, 4], groups: 5 };
const first = Uint16Array.of(0, 1, 1, 3, 3, 0);
const second = Uint16Array.of(0, 0, 0, 2, 1, 1);

Deno.test("groupAccuracies() counts per class", () => {
  const counts = groupAccuracies(first, leaves);
  assert.deepEqual(counts.map(({ images }) => images), [2, 1, 1, 2, 0]);
  assert.deepEqual(counts.map(({ rightLeaf }) => rightLeaf), [1, 1, 0, 1, 0]);
  assert.ok(counts.every(({ rightLeaf, rightGroup }) => rightLeaf === rightGroup));
});

Deno.test("groupAccuracies() counts per taxon, right leaves and right taxa", () => {
  assert.deepEqual(groupAccuracies(first, taxa), [
    { images: 3, rightLeaf: 2, rightGroup: 3 },
    { images: 3, rightLeaf: 1, rightGroup: 2 },
    { images: 0, rightLeaf: 0, rightGroup: 0 },
  ]);
});

Deno.test("groupDifferences() counts what only one of two predicts", () => {
  assert.deepEqual(groupDifferences(first, { ...taxa, second }), [
    { images: 3, onlyFirst: 1, onlySecond: 1, both: 1 },
    { images: 3, onlyFirst: 1, onlySecond: 1, both: 0 },
    { images: 0, onlyFirst: 0, onlySecond: 0, both: 0 },
  ]);
});

Deno.test("groupDifferences() agrees with the two accuracies, class by class", () => {
  const [one, other] = [groupAccuracies(first, leaves), groupAccuracies(second, leaves)];
  groupDifferences(first, { ...leaves, second }).forEach((difference, i) => {
    const { onlyFirst, onlySecond, both } = difference;
    assert.equal(onlyFirst + both, one[i]!.rightLeaf);
    assert.equal(onlySecond + both, other[i]!.rightLeaf);
  });
});

Deno.test("balanceOf() counts classes that gain, lose and stay, but those without images", () => {
  const differences = groupDifferences(first, { ...leaves, second });
  assert.deepEqual(balanceOf(differences), { better: 2, worse: 2, equal: 0 });
  assert.deepEqual(balanceOf(groupDifferences(first, { ...leaves, second: first })), {
    better: 0,
    worse: 0,
    equal: 4,
  });
});

Deno.test("groupAccuracies() refuses other counts and unknown leaves", () => {
  assert.throws(() => groupAccuracies(first.subarray(1), taxa), {
    name: "RangeError",
    message: "Cannot break 5 predictions down by 6 labels",
  });
  assert.throws(() => groupAccuracies(Uint16Array.of(0, 1, 1, 3, 9, 0), taxa), {
    name: "RangeError",
    message: "Cannot break down leaf 9: its group is undefined, and there are 3 groups",
  });
});
