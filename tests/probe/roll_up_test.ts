import assert from "node:assert/strict";
import { levelAccuracy } from "@/lib/probe/roll_up.ts";

const labels = Uint16Array.of(0, 1, 2, 3);
const predictions = Uint16Array.of(0, 0, 3, 1);

Deno.test("levelAccuracy() at the leaves counts equal leaves", () => {
  const { accuracy, correct } = levelAccuracy(predictions, { labels, classOfLeaf: [0, 1, 2, 3] });
  assert.deepEqual([accuracy, [...correct]], [0.25, [1, 0, 0, 0]]);
});

Deno.test("levelAccuracy() forgives a wrong leaf under the right parent", () => {
  const { accuracy, correct } = levelAccuracy(predictions, { labels, classOfLeaf: [5, 5, 8, 8] });
  assert.deepEqual([accuracy, [...correct]], [0.75, [1, 1, 1, 0]]);
});

Deno.test("levelAccuracy() is 1 at the root", () => {
  const classOfLeaf = Uint16Array.of(0, 0, 0, 0);
  assert.equal(levelAccuracy(predictions, { labels, classOfLeaf }).accuracy, 1);
});

Deno.test("levelAccuracy() refuses unequal counts and a leaf that the tree lacks", () => {
  const few = Uint16Array.of(0, 1);
  assert.throws(() => levelAccuracy(few, { labels, classOfLeaf: [0, 1, 2, 3] }), {
    message: "Cannot score 2 predictions against 4 labels",
  });
  assert.throws(() => levelAccuracy(predictions, { labels, classOfLeaf: [0, 1] }), {
    message: "Cannot roll up leaf 3: the tree has 2",
  });
});
