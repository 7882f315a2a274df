import assert from "node:assert/strict";
import { holdOut } from "@/lib/probe/hold_out.ts";

Deno.test("holdOut() parts the images, the same way for the same seed", () => {
  const { kept, heldOut } = holdOut(50, { part: 0.2, seed: 1 });
  assert.deepEqual([kept.length, heldOut.length], [40, 10]);
  assert.deepEqual([...kept, ...heldOut].sort((a, b) => a - b), [...Array(50).keys()]);
  assert.deepEqual(holdOut(50, { part: 0.2, seed: 1 }).heldOut, heldOut);
  assert.notDeepEqual(holdOut(50, { part: 0.2, seed: 2 }).heldOut, heldOut);
});

Deno.test("holdOut() holds out at least one image and keeps at least one", () => {
  const sizes = ([count, part]: readonly [number, number]) => {
    const { kept, heldOut } = holdOut(count, { part, seed: 1 });
    return [kept.length, heldOut.length];
  };
  assert.deepEqual(([[2, 0.01], [2, 0.99], [3, 0]] as const).map(sizes), [[1, 1], [1, 1], [2, 1]]);
});

Deno.test("holdOut() refuses a single image", () => {
  assert.throws(() => holdOut(1, { part: 0.2, seed: 1 }), {
    name: "InputError",
    message: "probe.labels: 1 labelled image(s), of which none can be held out. Give at least 2",
  });
});
