import assert from "node:assert/strict";
import { type Field, noise } from "@/lib/worlds/paint/noise.ts";
import { bricks, checks, net, patches, slope, spots, stripes } from "@/lib/worlds/paint/texture.ts";

function share(field: Field): number {
  let sum = 0;
  for (let i = 0; i < 200; i++) {
    for (let j = 0; j < 200; j++) {
      const value = field(i / 20 - 5, j / 20 - 5);
      assert.ok(value >= 0 && value <= 1, `${value}`);
      sum += value;
    }
  }
  return sum / 40000;
}

Deno.test("textures stay within [0, 1] and cover about what they should", () => {
  const cases: readonly [string, Field, number, number][] = [
    ["noise", noise({ seed: 1, cell: 0.5, octaves: 3 }), 0.4, 0.6],
    ["stripes", stripes({ period: 0.3, share: 0.3 }), 0.2, 0.35],
    ["spots", spots({ period: 0.5, radius: 0.3, seed: 2 }), 0.2, 0.4],
    ["rings", spots({ period: 0.5, radius: 0.3, hole: 0.6, seed: 2 }), 0.08, 0.25],
    ["patches", patches({ period: 0.5, share: 0.4, seed: 3 }), 0.2, 0.5],
    ["checks", checks({ side: 0.25 }), 0.45, 0.55],
    ["bricks", bricks({ width: 0.6, height: 0.3 }), 0.7, 0.98],
    ["net", net({ period: 0.5, seed: 4 }), 0.1, 0.5],
    ["slope", slope({ from: -5, to: 5 }), 0.45, 0.55],
  ];
  for (const [name, field, least, most] of cases) {
    const covered = share(field);
    assert.ok(covered > least && covered < most, `${name} covers ${covered}`);
  }
});

Deno.test("noise() depends on its seed and joins smoothly from cell to cell", () => {
  const one = noise({ seed: 1 }), other = noise({ seed: 2 });
  assert.notEqual(one(0.5, 0.5), other(0.5, 0.5));
  for (let x = -3; x < 3; x += 0.01) {
    assert.ok(Math.abs(one(x, 0.3) - one(x + 0.01, 0.3)) < 0.03, `a step at ${x}`);
  }
});
