import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { ntXent } from "@/lib/objective/nt_xent.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";

await loadBackend();

function run(projections: number[][], temperature: number): { loss: number; accuracy: number } {
  return tf.tidy(() => {
    const { loss, accuracy } = ntXent(tf.tensor2d(projections), temperature);
    return { loss: loss.dataSync()[0]!, accuracy: accuracy.dataSync()[0]! };
  });
}

Deno.test("ntXent() gives the loss worked out by hand for two pairs", () => {
  // Rows 0 and 2 are a pair that agrees, rows 1 and 3 one that disagrees; lengths do not matter.
  const projections = [[2, 0], [0, 3], [0.5, 0], [0, -1]];
  // Cosines over 0.5. Row 0 sees its partner at 2 and two others at 0; row 1 its partner at -2 and two others at 0.
  const agreeing = Math.log(Math.exp(2) + 2) - 2;
  const disagreeing = Math.log(Math.exp(-2) + 2) + 2;
  const { loss, accuracy } = run(projections, 0.5);
  assert.ok(Math.abs(loss - (2 * agreeing + 2 * disagreeing) / 4) < 1e-5);
  assert.equal(accuracy, 0.5);
});

Deno.test("ntXent() is the log of the number of candidates when all rows are equal", () => {
  const { loss } = run([[1, 1], [1, 1], [1, 1], [1, 1], [1, 1], [1, 1]], 0.1);
  assert.ok(Math.abs(loss - Math.log(5)) < 1e-4);
});

Deno.test("ntXent() stays finite at a zero row and at a low temperature", () => {
  assert.ok(Number.isFinite(run([[0, 0], [1, 0], [0, 1], [1, 0]], 0.01).loss));
});
