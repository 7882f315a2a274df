import assert from "node:assert/strict";
import { describeColours } from "@/lib/probe/floors/colours.ts";

Deno.test("describeColours() has the root of each joint bin's share of the pixels, wherever they lie", () => {
  const black = [0, 0, 0], white = [1, 1, 1], blue = [0, 0.4, 0.6];
  const of = (...pixels: readonly (readonly number[])[]) =>
    describeColours({ side: 2, values: Float64Array.from(pixels.flat()) }, {
      family: "colours",
      bins: 2,
    });
  const features = of(black, white, blue, white);
  // Red counts most, then green: black is the first bin, blue the second, white the last.
  const wanted = [0.5, 0.5, 0, 0, 0, 0, 0, Math.SQRT1_2];
  features.forEach((value, i) => assert.ok(Math.abs(value - wanted[i]!) < 1e-7, `${i} ${value}`));
  assert.deepEqual(of(white, white, black, blue), features);
  assert.ok(Math.abs(features.reduce((sum, value) => sum + value * value, 0) - 1) < 1e-6);
});

Deno.test("describeColours() puts each of 256 values into a bin of as many", () => {
  for (let byte = 0; byte < 256; byte++) {
    const values = Float64Array.from([byte / 255, 0, 0]);
    const features = describeColours({ side: 1, values }, { family: "colours", bins: 4 });
    assert.equal(features.indexOf(1), 16 * Math.floor(byte / 64), `${byte}`);
  }
});
