import assert from "node:assert/strict";
import { randomAt } from "@/lib/base/random.ts";
import { brushOn, paint, place, wash } from "@/lib/worlds/paint/brush.ts";
import { newCanvas } from "@/lib/worlds/paint/canvas.ts";
import { solid } from "@/lib/worlds/paint/fill.ts";
import { box, disc } from "@/lib/worlds/paint/shape.ts";

const flat = { shade: 0, rim: 0 } as const;

function blank() {
  const brush = brushOn(newCanvas(64, randomAt(1, "test")));
  wash(brush, solid([0, 0, 0]));
  return brush;
}

Deno.test("paint() covers as much as the shape's area, wherever it lies between pixels", () => {
  for (const x of [0.5, 0.503, 0.511]) {
    const brush = blank();
    paint(brush, disc([x, 0.5], 0.25), { fill: solid([1, 1, 1]), ...flat });
    const cover = brush.canvas.pixels.reduce((a, b) => a + b) / brush.canvas.pixels.length;
    assert.ok(Math.abs(cover - Math.PI * 0.25 * 0.25) < 0.002, `${cover}`);
  }
});

Deno.test("paint() leaves alone what lies outside the canvas", () => {
  const brush = blank();
  paint(brush, disc([3, 3], 0.5), { fill: solid([1, 1, 1]), ...flat });
  assert.ok(brush.canvas.pixels.every((value) => value === 0));
});

Deno.test("place() moves, scales, turns and mirrors", () => {
  const brush = blank();
  const at = place(brush, { x: 0.5, y: 0.5, scale: 0.5, angle: 0.25, flip: true });
  // the shape is right of the middle; mirrored it is left; a quarter turn clockwise puts it above
  paint(at, box([0.5, 0], [0.25, 0.1]), { fill: solid([1, 1, 1]), ...flat });
  const value = (x: number, y: number) => brush.canvas.pixels[(y * 64 + x) * 3]!;
  assert.ok(value(32, 16) > 0.99);
  assert.ok(value(32, 48) < 0.01 && value(16, 32) < 0.01 && value(48, 32) < 0.01);
});

Deno.test("paint() shades the side away from the light", () => {
  const brush = blank();
  paint(brush, disc([0.5, 0.5], 0.3), { fill: solid([0.5, 0.5, 0.5]), shade: 0.5, rim: 0 });
  const value = (y: number) => brush.canvas.pixels[(y * 64 + 32) * 3]!;
  assert.ok(value(20) > value(44) + 0.05);
});
