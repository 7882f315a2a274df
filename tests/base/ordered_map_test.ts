import assert from "node:assert/strict";
import { orderedMap } from "@/lib/base/ordered_map.ts";
import { randomAt } from "@/lib/base/random.ts";

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

Deno.test("orderedMap() keeps the order and bounds the calls in flight", async () => {
  const items = Array.from({ length: 60 }, (_, i) => i);
  for (const limit of [1, 3, 100]) {
    const random = randomAt(limit, "test");
    let inFlight = 0, most = 0;
    const map = async (item: number): Promise<number> => {
      most = Math.max(most, ++inFlight);
      await wait(random.integer(3));
      inFlight--;
      return item * 2;
    };
    const results = await Array.fromAsync(orderedMap(items, { limit, map }));
    assert.deepEqual(results, items.map((item) => item * 2));
    assert.equal(most, Math.min(limit, items.length));
  }
});

Deno.test("orderedMap() waits for the calls in flight when its reader stops", async () => {
  let inFlight = 0;
  const map = async (item: number): Promise<number> => {
    inFlight++;
    await wait(item);
    inFlight--;
    return item;
  };
  for await (const _ of orderedMap([0, 5, 10, 15], { limit: 4, map })) break;
  assert.equal(inFlight, 0);
});
