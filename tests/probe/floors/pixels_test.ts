import assert from "node:assert/strict";
import { describePixels } from "@/lib/probe/floors/pixels.ts";

/** A square image whose channels are all alike. */
function grey(side: number, values: readonly number[]) {
  return { side, values: Float64Array.from(values.flatMap((value) => [value, value, value])) };
}

const near = (found: Float32Array, wanted: readonly number[]) => {
  assert.equal(found.length, 3 * wanted.length);
  found.forEach((value, i) =>
    assert.ok(Math.abs(value - wanted[Math.floor(i / 3)]!) < 1e-6, `${i}: ${value}`)
  );
};

Deno.test("describePixels() takes the mean of the area that a pixel covers, from -2 to 2", () => {
  const image = grey(4, [0, 1, 0, 0, 1, 0, 0, 0, 1, 1, 0.5, 0.5, 1, 1, 0.5, 0.5]);
  near(describePixels(image, { family: "pixels", side: 2 }), [0, -2, 2, 0]);
  // Three pixels a side in two: each covers one whole and half of the middle.
  const [first = 0, second = 0] = [(1 + 0.5 * 0.4) / 1.5, (0.1 + 0.5 * 0.4) / 1.5];
  const rows = grey(3, [1, 1, 1, 0.4, 0.4, 0.4, 0.1, 0.1, 0.1]);
  near(
    describePixels(rows, { family: "pixels", side: 2 }),
    [first, first, second, second].map((value) => 4 * (value - 0.5)),
  );
});

Deno.test("describePixels() keeps channels apart, and an image that is no larger as it is", () => {
  const image = {
    side: 2,
    values: Float64Array.from([0, 0.25, 0.5, 1, 1, 1, 0, 0, 0, 0.5, 0.5, 0.5]),
  };
  assert.deepEqual(
    [...describePixels(image, { family: "pixels", side: 16 })],
    [-2, -1, 0, 2, 2, 2, -2, -2, -2, 0, 0, 0],
  );
  assert.deepEqual(
    [...describePixels(image, { family: "pixels", side: 1 })],
    [-0.5, -0.25, 0],
  );
});
