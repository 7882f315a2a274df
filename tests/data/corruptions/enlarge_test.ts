import assert from "node:assert/strict";
import { randomAt } from "@/lib/base/random.ts";
import { enlarge } from "@/lib/data/corruptions/enlarge.ts";

/** The first channel of each pixel of a row. */
function row(pixels: Uint8Array, y: number, side: number): number[] {
  return Array.from({ length: side }, (_, x) => pixels[(y * side + x) * 3]!);
}

Deno.test("enlarge() mixes the nearest two by their distance, in both directions, as reckoned by hand", () => {
  // Rows 0, 80 and 160, 240; each channel the same.
  const pixels = Uint8Array.from([0, 80, 160, 240].flatMap((value) => [value, value, value]));
  const larger = enlarge(pixels, { from: 2, to: 4 });
  // Centres of the larger pixels lie at -0.25 (kept at 0), 0.25, 0.75 and 1.25 (kept at 1) of the smaller.
  assert.deepEqual(row(larger, 0, 4), [0, 20, 60, 80]);
  assert.deepEqual(row(larger, 1, 4), [40, 60, 100, 120]);
  assert.deepEqual(row(larger, 3, 4), [160, 180, 220, 240]);
});

Deno.test("enlarge() keeps channels apart, and repeats a single pixel", () => {
  const larger = enlarge(Uint8Array.from([10, 20, 30]), { from: 1, to: 3 });
  assert.deepEqual([...larger], Array.from({ length: 9 }, () => [10, 20, 30]).flat());
});

Deno.test("enlarge() commutes with mirroring and stays within the values it is given", () => {
  const random = randomAt(1, "test image");
  for (const [from, to] of [[5, 7], [8, 32], [22, 32]] as const) {
    const pixels = Uint8Array.from({ length: from * from * 3 }, () => 50 + random.integer(150));
    const got = enlarge(pixels, { from, to });
    assert.ok(Math.min(...got) >= Math.min(...pixels) && Math.max(...got) <= Math.max(...pixels));
    const mirrored = mirror(enlarge(mirror(pixels, from), { from, to }), to);
    // Halves are rounded up on both sides.
    assert.ok(got.every((value, i) => Math.abs(value - mirrored[i]!) <= 1));
  }
});

function mirror(pixels: Uint8Array, side: number): Uint8Array {
  return pixels.map((_, i) => {
    const place = Math.floor(i / 3);
    const x = side - 1 - place % side;
    return pixels[(Math.floor(place / side) * side + x) * 3 + i % 3]!;
  });
}
