import assert from "node:assert/strict";
import { decays, initialWeights } from "@/lib/model/parameters.ts";
import type { ParameterSpec } from "@/lib/network/mod.ts";

const conv: ParameterSpec = { name: "conv", kind: "conv", shape: [3, 3, 32, 64] };
const dense: ParameterSpec = { name: "dense", kind: "dense", shape: [400, 50] };
const scale: ParameterSpec = { name: "scale", kind: "scale", shape: [3] };
const offset: ParameterSpec = { name: "offset", kind: "offset", shape: [3] };

function deviation(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

Deno.test("initialWeights() draws convolutions and dense layers with their deviations", () => {
  const weights = initialWeights({ parameters: [conv, dense, scale, offset], statistics: [] }, 3);
  const wantedConv = Math.sqrt(2 / (9 * 64));
  assert.ok(Math.abs(deviation(weights.conv!) / wantedConv - 1) < 0.03);
  assert.ok(Math.abs(deviation(weights.dense!) / Math.sqrt(1 / 400) - 1) < 0.03);
  assert.deepEqual([...weights.scale!, ...weights.offset!], [1, 1, 1, 0, 0, 0]);
});

Deno.test("initialWeights() starts running means at 0 and variances at 1", () => {
  const statistics = [
    { name: "mean", shape: [2], initial: 0 },
    { name: "var", shape: [2], initial: 1 },
  ] as const;
  const weights = initialWeights({ parameters: [], statistics }, 3);
  assert.deepEqual([...weights.mean!, ...weights.var!], [0, 0, 1, 1]);
});

Deno.test("initialWeights() leaves earlier parameters alone when one is appended", () => {
  const alone = initialWeights({ parameters: [conv], statistics: [] }, 3);
  const followed = initialWeights({ parameters: [conv, dense], statistics: [] }, 3);
  assert.deepEqual(followed.conv, alone.conv);
});

Deno.test("initialWeights() differs between seeds and between parameters", () => {
  const twin = { ...dense, name: "twin" };
  const first = initialWeights({ parameters: [dense, twin], statistics: [] }, 3);
  const second = initialWeights({ parameters: [dense, twin], statistics: [] }, 4);
  assert.notDeepEqual(first.dense, second.dense);
  assert.notDeepEqual(first.dense, first.twin);
});

Deno.test("decays() spares batch normalisation and biases", () => {
  assert.deepEqual([conv, dense, scale, offset].map(decays), [true, true, false, false]);
});
