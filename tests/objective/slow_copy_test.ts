import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { slowCopy } from "@/lib/objective/slow_copy.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";

await loadBackend();

const copy = slowCopy({
  parameters: [{ name: "w", kind: "dense", shape: [1, 2] }],
  statistics: [{ name: "m", shape: [1], initial: 0 }],
}, "slow");

Deno.test("slowCopy() names its tensors and begins as a copy", () => {
  assert.deepEqual(copy.tensors, [
    { name: "slow.w", shape: [1, 2], start: { copyOf: "w" } },
    { name: "slow.m", shape: [1], start: { copyOf: "m" } },
  ]);
  tf.tidy(() => {
    const memory = { "slow.w": tf.zeros([1, 2]), "slow.m": tf.zeros([1]) };
    assert.equal(copy.named(memory).w, memory["slow.w"]);
    assert.equal(copy.named(memory).m, memory["slow.m"]);
  });
});

Deno.test("slowCopy() is an exponential moving average of weights and statistics", () => {
  const weights = [[3, -1], [5, 0.5], [-2, 4], [0.25, 1]], means = [1, -4, 2, 8];
  const momenta = [0, 0.9, 0.99, 0.5];
  let memory: Record<string, number[]> = { "slow.w": [7, 7], "slow.m": [0] };
  let plain = [7, 7, 0];
  weights.forEach((weight, step) => {
    const momentum = momenta[step]!;
    memory = tf.tidy(() => {
      const before = {
        "slow.w": tf.tensor2d(memory["slow.w"]!, [1, 2]),
        "slow.m": tf.tensor1d(memory["slow.m"]!),
      };
      const after = copy.follow(before, {
        parameters: { w: tf.tensor2d(weight, [1, 2]) },
        statistics: { m: tf.tensor1d([means[step]!]) },
        share: tf.scalar(1 - momentum),
      });
      return Object.fromEntries(
        Object.entries(after).map(([name, value]) => [name, [...value.dataSync()]]),
      );
    });
    const now = [...weight, means[step]!];
    plain = plain.map((value, i) => momentum * value + (1 - momentum) * now[i]!);
  });
  const ours = [...memory["slow.w"]!, ...memory["slow.m"]!];
  [1.699, 0.09925, 4.2575].forEach((golden, i) => {
    assert.ok(Math.abs(plain[i]! - golden) < 1e-12, `plain ${plain}`);
    assert.ok(Math.abs(ours[i]! - plain[i]!) < 1e-5, `ours ${ours}`);
  });
});
