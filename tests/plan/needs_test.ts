import assert from "node:assert/strict";
import { flatten, gather } from "@/lib/plan/needs.ts";

const counts = { images: "many", subset: "optional", encoder: "one" } as const;

Deno.test("gather() gives back what flatten() named, many in their order beyond ten as well", () => {
  for (const count of [0, 1, 2, 12]) {
    const images = Array.from({ length: count }, (_, i) => `key ${i}`);
    const flat = flatten({ images, encoder: "e" });
    assert.equal(new Set(Object.values(flat)).size, count + 1);
    const shuffled = Object.fromEntries(Object.entries(flat).sort());
    assert.deepEqual(gather(counts, shuffled), { images, encoder: "e" });
  }
  assert.deepEqual(flatten({ images: ["a"] }), { images: "a" });
  assert.deepEqual(flatten({ images: ["a", "b"] }), { images0: "a", images1: "b" });
});

Deno.test("gather() refuses an input that is missing, and one that its kind does not know", () => {
  assert.throws(() => gather(counts, { images: "a" }), /The input encoder is missing/);
  assert.throws(
    () => gather(counts, { encoder: "e", images0: "a", images2: "c" }),
    /The input images2 has no use/,
  );
});
