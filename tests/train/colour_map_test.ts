import assert from "node:assert/strict";
import { colourMap } from "@/lib/train/colour_map.ts";

const still = { brightness: 1, contrast: 1, saturation: 1, hue: 0, grey: false };

/** The colour that a map makes of one, in a view whose mean grey value is `meanGrey`. */
function mapped(map: Float32Array, colour: number[], meanGrey = 0): number[] {
  return [0, 1, 2].map((to) =>
    colour.reduce((sum, value, from) => sum + value * map[3 * from + to]!, map[9]! * meanGrey)
  );
}

function near(actual: number[], wanted: number[]): void {
  wanted.forEach((value, i) =>
    assert.ok(Math.abs(actual[i]! - value) < 1e-6, `${actual} is not ${wanted}`)
  );
}

Deno.test("colourMap() without change is the identity", () => {
  near(mapped(colourMap(still), [0.2, 0.5, 0.9], 0.4), [0.2, 0.5, 0.9]);
});

Deno.test("colourMap() multiplies by the brightness", () => {
  near(mapped(colourMap({ ...still, brightness: 1.5 }), [0.2, 0.4, 0.6]), [0.3, 0.6, 0.9]);
});

Deno.test("colourMap() pulls towards the mean grey value at low contrast, after the brightness", () => {
  const map = colourMap({ ...still, brightness: 2, contrast: 0.5 });
  near(mapped(map, [0.1, 0.2, 0.3], 0.2), [0.3, 0.4, 0.5]);
});

Deno.test("colourMap() at saturation 0 leaves the grey value", () => {
  near(mapped(colourMap({ ...still, saturation: 0 }), [1, 0, 0]), [0.299, 0.299, 0.299]);
});

Deno.test("colourMap() turns red into green into blue at a third of a turn", () => {
  const third = colourMap({ ...still, hue: 1 / 3 });
  near(mapped(third, [1, 0, 0]), [0, 1, 0]);
  near(mapped(third, [0, 1, 0]), [0, 0, 1]);
});

Deno.test("colourMap() leaves grey as it is under saturation and hue", () => {
  near(mapped(colourMap({ ...still, saturation: 1.4, hue: 0.1 }), [0.5, 0.5, 0.5]), [
    0.5,
    0.5,
    0.5,
  ]);
});

Deno.test("colourMap() makes grey last", () => {
  const [red, green, blue] = mapped(colourMap({ ...still, hue: 0.07, grey: true }), [
    0.9,
    0.1,
    0.4,
  ]);
  near([red!, green!], [green!, blue!]);
});
