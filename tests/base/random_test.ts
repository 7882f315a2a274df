import assert from "node:assert/strict";
import { philox } from "@/lib/base/philox.ts";
import { permutation, randomAt } from "@/lib/base/random.ts";

// Known answers published with the generator (Random123, kat_vectors, philox4x32 10).
Deno.test("philox() gives the published words", () => {
  const out = new Uint32Array(4);
  philox([0, 0], [0, 0, 0, 0], out);
  assert.deepEqual([...out], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
  philox([0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], out);
  assert.deepEqual([...out], [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]);
  philox([0xa4093822, 0x299f31d0], [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], out);
  assert.deepEqual([...out], [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]);
});

Deno.test("randomAt() has a uniform mean and variance, and a normal mean and variance", () => {
  const random = randomAt(3, "test");
  const n = 20_000;
  const draws = Array.from({ length: n }, () => random.uniform());
  const mean = draws.reduce((a, b) => a + b) / n;
  const variance = draws.reduce((a, b) => a + (b - mean) ** 2, 0) / n;
  assert.ok(Math.abs(mean - 0.5) < 0.01, `mean ${mean}`);
  assert.ok(Math.abs(variance - 1 / 12) < 0.005, `variance ${variance}`);
  const normals = Array.from({ length: n }, () => random.normal());
  const spread = normals.reduce((a, b) => a + b * b, 0) / n;
  assert.ok(Math.abs(spread - 1) < 0.05, `spread ${spread}`);
});

Deno.test("permutation() holds every index once and depends on its address", () => {
  const order = permutation(1000, randomAt(1, "order"));
  assert.deepEqual([...order].sort((a, b) => a - b), Array.from({ length: 1000 }, (_, i) => i));
  assert.notDeepEqual(order, permutation(1000, randomAt(2, "order")));
  assert.deepEqual(order, permutation(1000, randomAt(1, "order")));
});
