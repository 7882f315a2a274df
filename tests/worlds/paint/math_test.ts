import assert from "node:assert/strict";
import { clamp, cosine, length, sine, smooth } from "@/lib/worlds/paint/math.ts";

Deno.test("sine() and cosine() agree with the engine's to seven digits, over many turns", () => {
  for (let i = -400; i <= 400; i++) {
    const turns = i / 97;
    assert.ok(Math.abs(sine(turns) - Math.sin(2 * Math.PI * turns)) < 1e-7, `sine(${turns})`);
    assert.ok(Math.abs(cosine(turns) - Math.cos(2 * Math.PI * turns)) < 1e-7, `cosine(${turns})`);
  }
});

Deno.test("sine() gives pinned bits", () => {
  assert.deepEqual([sine(0), sine(0.1), cosine(0.3)], [0, 0.5877852522920918, -0.3090169943749476]);
});

Deno.test("smooth() and clamp() stay within [0, 1] and reach both ends", () => {
  assert.deepEqual([-1, 0, 0.5, 1, 2].map(smooth), [0, 0, 0.5, 1, 1]);
  assert.deepEqual([-1, 0, 0.5, 1, 2].map(clamp), [0, 0, 0.5, 1, 1]);
  assert.equal(length(3, 4), 5);
});
