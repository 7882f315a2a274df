// Each loss against its paper's formula in plain arithmetic, and against numbers that must not change.
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { agreement } from "@/lib/objective/agreement.ts";
import { infoNce } from "@/lib/objective/info_nce.ts";
import { ntXent } from "@/lib/objective/nt_xent.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";
import {
  cosine,
  nearby,
  plainByolLoss,
  plainInfoNce,
  plainNtXent,
  someRows,
} from "@/tests/objective/plain_losses.ts";

await loadBackend();

const near = (actual: number, wanted: number) =>
  assert.ok(Math.abs(actual - wanted) < 1e-5 * Math.max(1, wanted), `${actual}, wanted ${wanted}`);
const unit = (rows: number[][]) =>
  rows.map((row) => row.map((value) => value / Math.hypot(...row)));

/** Runs a loss and reads what it gives. */
function read(run: () => { loss: tf.Scalar; accuracy: tf.Scalar }) {
  return tf.tidy(() => {
    const { loss, accuracy } = run();
    return { loss: loss.dataSync()[0]!, accuracy: accuracy.dataSync()[0]! };
  });
}

const first = someRows(5, 4, 1);
const second = nearby(first, 2);
const strangers = someRows(7, 4, 3);

Deno.test("ntXent() is equation 1 of SimCLR", () => {
  const rows = [...first, ...second];
  for (const [temperature, golden] of [[0.5, 1.4288934744], [0.1, 1.4223284613]] as const) {
    const ours = read(() => ntXent(tf.tensor2d(rows), temperature));
    const plain = plainNtXent(rows, temperature);
    near(plain.loss, golden);
    near(ours.loss, plain.loss);
    assert.equal(plain.accuracy, 0.4);
    near(ours.accuracy, plain.accuracy);
  }
});

Deno.test("ntXent() agrees with plain arithmetic on batches of 2 to 24 pairs", () => {
  for (const pairs of [2, 7, 24]) {
    const one = someRows(pairs, 6, pairs);
    const rows = [...one, ...nearby(one, pairs + 100)];
    const [ours, plain] = [read(() => ntXent(tf.tensor2d(rows), 0.2)), plainNtXent(rows, 0.2)];
    near(ours.loss, plain.loss);
    near(ours.accuracy, plain.accuracy);
  }
});

Deno.test("infoNce() is equation 1 of MoCo", () => {
  const [keys, negatives] = [unit(second), unit(strangers)];
  const plain = plainInfoNce(first, keys, negatives, 0.2);
  const ours = read(() =>
    infoNce(tf.tensor2d(first), tf.tensor2d(keys), {
      negatives: tf.tensor2d(negatives),
      temperature: 0.2,
    })
  );
  near(plain.loss, 0.9020923996);
  near(ours.loss, plain.loss);
  assert.equal(plain.accuracy, 0.6);
  near(ours.accuracy, plain.accuracy);
});

Deno.test("infoNce() is the log of the number of candidates when all are equal, and finds none of them", () => {
  const one = [[3, 4]];
  const { loss, accuracy } = read(() =>
    infoNce(tf.tensor2d(one), tf.tensor2d(unit(one)), {
      negatives: tf.tensor2d(unit([[3, 4], [6, 8], [9, 12]])),
      temperature: 0.07,
    })
  );
  near(loss, Math.log(4));
  assert.equal(accuracy, 0);
});

Deno.test("agreement() is BYOL's equation 2, and 2 - 2 cos", () => {
  const ours = read(() => agreement(tf.tensor2d(first), tf.tensor2d(second)));
  const plain = plainByolLoss(first, second);
  near(plain, 0.5273093369);
  near(ours.loss, plain);
  const cosines = first.map((row, i) => cosine(row, second[i]!));
  near(ours.loss, 2 - 2 * cosines.reduce((sum, value) => sum + value, 0) / cosines.length);
});

Deno.test("agreement() tells how many predictions are nearest to their own target", () => {
  const targets = [[1, 0], [0, 1], [-1, 0]];
  const of = (predictions: number[][]) =>
    read(() => agreement(tf.tensor2d(predictions), tf.tensor2d(targets)));
  near(of([[2, 1], [1, 2], [-5, 0]]).accuracy, 1);
  near(of([[2, 1], [2, 1], [0, 1]]).accuracy, 1 / 3);
  near(of([[-3, 0], [0, -1], [1, 0]]).loss, 4);
});

Deno.test("no loss is harmed by a row of zeros", () => {
  const zero = [[0, 0], [1, 0]];
  const losses = [
    read(() => agreement(tf.tensor2d(zero), tf.tensor2d(zero))),
    read(() =>
      infoNce(tf.tensor2d(zero), tf.tensor2d([[1, 0], [0, 1]]), {
        negatives: tf.tensor2d([[0, 1]]),
        temperature: 0.01,
      })
    ),
  ];
  assert.ok(losses.every(({ loss }) => Number.isFinite(loss)), JSON.stringify(losses));
});
