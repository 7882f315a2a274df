import assert from "node:assert/strict";
import { randomAt } from "@/lib/base/random.ts";
import { brushOn, paint, place } from "@/lib/worlds/paint/brush.ts";
import { newCanvas } from "@/lib/worlds/paint/canvas.ts";
import { colours } from "@/lib/worlds/paint/colour.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { disc } from "@/lib/worlds/paint/shape.ts";
import { around, dome, mirrored } from "@/lib/worlds/species/parts.ts";

const flat = { fill: solid(colours.white), shade: 0, rim: 0 };

function emptyBrush() {
  return place(brushOn(newCanvas(64, randomAt(1, "canvas"))), { x: 0.5, y: 0.5, scale: 0.5 });
}

Deno.test("mirrored() draws a part and its mirror image", () => {
  const brush = emptyBrush();
  mirrored(brush, (half) => paint(half, disc([0.5, 0.2], 0.2), flat));
  const { pixels } = brush.canvas;
  const at = (x: number, y: number) => pixels[(y * 64 + x) * 3]!;
  assert.ok(at(48, 38) > 0.5 && at(16, 38) > 0.5);
  for (let y = 0; y < 64; y++) {
    for (let x = 0; x < 32; x++) assert.ok(Math.abs(at(x, y) - at(63 - x, y)) < 1e-5);
  }
});

Deno.test("around() draws as many parts as asked, evenly", () => {
  const brush = emptyBrush();
  around(brush, { count: 4 }, (part) => paint(part, disc([0.6, 0], 0.1), flat));
  const { pixels } = brush.canvas;
  for (const [x, y] of [[51, 32], [32, 51], [12, 32], [32, 12]] as const) {
    assert.ok(pixels[(y * 64 + x) * 3]! > 0.5);
  }
  assert.equal(pixels[(32 * 64 + 32) * 3], 0);
});

Deno.test("dome() is the upper half of an ellipse", () => {
  const { distance, bounds } = dome([0, 0.5], [0.8, 0.4]);
  assert.ok(distance(0, 0.3) < 0 && distance(0, 0.6) > 0 && distance(0, 0.05) > 0);
  assert.ok(distance(0.7, 0.48) < 0 && distance(0.9, 0.48) > 0);
  assert.deepEqual(bounds.map((value) => Math.round(value * 100)), [-80, 10, 80, 50]);
});
