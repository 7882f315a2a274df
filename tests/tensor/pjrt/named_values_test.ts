import assert from "node:assert/strict";
import { textAt, wordsAt } from "@/lib/tensor/c_memory.ts";
import { NAMED_VALUE } from "@/lib/tensor/pjrt/header.ts";
import { namedValues } from "@/lib/tensor/pjrt/named_values.ts";

Deno.test("namedValues() lays values out one after the other, as C's struct has them", () => {
  const made = namedValues({ a: false, bc: 0.5, d: 7n, e: [3n, -1n] });
  assert.equal(made.count, 4);
  assert.equal(made.words.length, 4 * 7);
  const rows = Array.from({ length: 4 }, (_, i) => made.words.subarray(7 * i, 7 * i + 7));
  assert.deepEqual(rows.map(([size]) => size), [56n, 56n, 56n, 56n]);
  assert.deepEqual(rows.map((row) => textAt(row[2]!, Number(row[3]))), ["a", "bc", "d", "e"]);
  const { boolean, float, integer, integers } = NAMED_VALUE;
  assert.deepEqual(rows.map((row) => Number(row[4])), [boolean, float, integer, integers]);
  // 0.5 as float32.
  assert.deepEqual(rows.slice(0, 3).map((row) => row[5]), [0n, 0x3f000000n, 7n]);
  assert.deepEqual([...new BigInt64Array(wordsAt(rows[3]![5]!, 2).buffer)], [3n, -1n]);
  assert.deepEqual(rows.map((row) => row[6]), [1n, 1n, 1n, 2n]);
});
