import assert from "node:assert/strict";
import { curve, path, union, within, without } from "@/lib/worlds/paint/combine.ts";
import {
  box,
  capsule,
  disc,
  ellipse,
  polygon,
  ring,
  type Shape,
} from "@/lib/worlds/paint/shape.ts";

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-6, `${actual} is not ${expected}`);
}

Deno.test("shapes give signed distances: negative inside, 0 on the edge", () => {
  near(disc([1, 0], 2).distance(5, 0), 2);
  near(disc([1, 0], 2).distance(1, 0), -2);
  near(box([0, 0], [1, 2]).distance(3, 0), 2);
  near(box([0, 0], [1, 2]).distance(4, 6), 5);
  near(box([0, 0], [1, 2], { angle: 0.25 }).distance(0, 0.5), -0.5);
  near(capsule([0, 0], [2, 0], { width: 0.5 }).distance(1, 2), 1.5);
  near(capsule([0, 0], [2, 0], { width: 1, to: 0 }).distance(1, 0), -0.5);
  near(ellipse([0, 0], [2, 1]).distance(2, 0), 0);
  near(ellipse([0, 0], [2, 1], { angle: 0.25 }).distance(0, 2), 0);
  const square = polygon([[0, 0], [2, 0], [2, 2], [0, 2]]);
  near(square.distance(1, 0.5), -0.5);
  near(square.distance(3, 1), 1);
});

Deno.test("ring() is open where it is said to be", () => {
  near(ring([0, 0], 1, { width: 0.1 }).distance(-1, 0), -0.1);
  const half = ring([0, 0], 1, { width: 0.1, open: 0.5, angle: 0 });
  near(half.distance(1, 0), -0.1);
  assert.ok(half.distance(-1, 0) > 1);
  const most = ring([0, 0], 1, { width: 0.1, open: 0.9, angle: 0 });
  near(most.distance(0, 1), -0.1);
  assert.ok(most.distance(-1, 0) > 0.1);
});

Deno.test("union(), without() and within() combine what is inside", () => {
  const left = disc([-1, 0], 1), right = disc([0.5, 0], 1);
  const inside = (shape: Shape, x: number) => shape.distance(x, 0) < 0;
  assert.deepEqual([-1.5, -0.2, 1].map((x) => inside(union([left, right]), x)), [true, true, true]);
  assert.deepEqual([-1.5, -0.2, 1].map((x) => inside(without(left, right), x)), [
    true,
    false,
    false,
  ]);
  assert.deepEqual([-1.5, -0.2, 1].map((x) => inside(within(left, right), x)), [
    false,
    true,
    false,
  ]);
  assert.ok(
    union([left, right], { soft: 0.5 }).distance(-0.25, 0.8) <
      union([left, right]).distance(-0.25, 0.8),
  );
});

Deno.test("curve() starts and ends where it is told to, and path() follows it", () => {
  const points = curve([[0, 0], [1, 2], [2, 0]], { count: 4 });
  assert.deepEqual(points[0], [0, 0]);
  assert.deepEqual(points[4], [2, 0]);
  assert.deepEqual(points[2], [1, 1]);
  near(path(points, { width: 0.1 }).distance(1, 1), -0.1);
});

Deno.test("bounds hold everything inside a shape", () => {
  const shapes = [
    ellipse([0.2, -0.1], [0.7, 0.2], { angle: 0.1 }),
    box([0, 0.2], [0.6, 0.1], { angle: 0.37, round: 0.05 }),
    polygon([[-0.5, 0], [0.3, -0.6], [0.6, 0.5]], { round: 0.1 }),
    capsule([-0.4, -0.4], [0.5, 0.1], { width: 0.2, to: 0.05 }),
    ring([0, 0], 0.5, { width: 0.1, open: 0.6, angle: 0.2 }),
    union([disc([-0.2, 0], 0.3), disc([0.3, 0], 0.3)], { soft: 0.3 }),
  ];
  for (const [i, { distance, bounds: [left, top, right, bottom] }] of shapes.entries()) {
    for (let y = -1; y <= 1; y += 0.02) {
      for (let x = -1; x <= 1; x += 0.02) {
        const held = x >= left && x <= right && y >= top && y <= bottom;
        assert.ok(held || distance(x, y) > -1e-6, `shape ${i} at ${x}, ${y}`);
      }
    }
  }
});
