import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { nearestNeighbours } from "@/lib/probe/nearest_neighbours.ts";
import { liveHandles, loadBackend } from "@/lib/tensor/mod.ts";
import { madeFeatures } from "@/tests/probe/made_features.ts";
import { underTest } from "@/tests/tensor/under_test.ts";

await loadBackend(underTest);

const made = { classes: 3, dim: 5, distance: 1 };
const bank = madeFeatures(70, { ...made, seed: 1 }).features;
const queries = madeFeatures(40, { ...made, seed: 2 }).features;

/** All similarities in float64. */
function cosines(query: number): number[] {
  const vector = (from: Float32Array, row: number) => [...from.subarray(5 * row, 5 * row + 5)];
  const dot = (a: number[], b: number[]) => a.reduce((sum, one, i) => sum + one * b[i]!, 0);
  const q = vector(queries, query);
  return Array.from({ length: 70 }, (_, row) => {
    const v = vector(bank, row);
    return dot(q, v) / Math.sqrt(dot(q, q) * dot(v, v));
  });
}

Deno.test("nearestNeighbours() finds what a search through all finds", async () => {
  const before = [tf.memory().numTensors, liveHandles()];
  const { rows, similarities, count } = await nearestNeighbours(bank, {
    queries,
    dim: 5,
    count: 9,
  });
  assert.equal(count, 9);
  for (let query = 0; query < 40; query++) {
    const all = cosines(query);
    const order = [...all.keys()].sort((a, b) => all[b]! - all[a]!).slice(0, 9);
    assert.deepEqual([...rows.subarray(9 * query, 9 * query + 9)], order);
    order.forEach((row, i) => assert.ok(Math.abs(similarities[9 * query + i]! - all[row]!) < 1e-5));
  }
  assert.deepEqual([tf.memory().numTensors, liveHandles()], before);
});

Deno.test("nearestNeighbours() has the first of equals first, at any length", async () => {
  const vectors = Float32Array.of(0, 1, 3, 0, 1, 0, 0, 0, 2, 0);
  const { rows, similarities } = await nearestNeighbours(vectors, {
    queries: Float32Array.of(5, 0, 0, 0),
    dim: 2,
    count: 5,
  });
  assert.deepEqual([...rows], [1, 2, 4, 0, 3, 0, 1, 2, 3, 4]);
  assert.deepEqual([...similarities], [1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
});

Deno.test("nearestNeighbours() has no more neighbours than vectors", async () => {
  const { count, rows } = await nearestNeighbours(bank.subarray(0, 10), {
    queries,
    dim: 5,
    count: 200,
  });
  assert.deepEqual([count, rows.length], [2, 80]);
});

Deno.test("nearestNeighbours() takes more queries than fit into one block", async () => {
  const many = new Float32Array(60_000).fill(1);
  many[59_999] = -1;
  // 60,000 vectors: 279 queries a block.
  const found = await nearestNeighbours(many, {
    queries: Float32Array.from({ length: 300 }, (_, i) => i < 295 ? 1 : -1),
    dim: 1,
    count: 1,
  });
  assert.deepEqual([...found.rows], Array.from({ length: 300 }, (_, i) => i < 295 ? 0 : 59_999));
});
