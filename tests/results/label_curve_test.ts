import assert from "node:assert/strict";
import { type Random, randomAt } from "@/lib/base/random.ts";
import { type Cell, fitLabelCurve, learnSeedNoise, sourceOfCell } from "@/lib/results/mod.ts";
import { madeCell } from "@/tests/results/made_cells.ts";

const noNoise = learnSeedNoise([], []);
const counts = [50, 100, 200, 400, 800];

/** A cell of so many labels. */
function cellOf(labels: number, correct: readonly Uint8Array[]): Cell {
  const { rows, ...cell } = madeCell(
    { condition: `${labels}`, labels: `${labels} images` },
    correct,
  );
  return { ...cell, rows: rows.map((row) => ({ ...row, labels })) };
}

/** Exactly as many of 10,000 images right. */
function exact(truth: (labels: number) => number): readonly Cell[] {
  return counts.map((labels) => {
    const right = Math.round(10_000 * truth(labels));
    return cellOf(labels, [Uint8Array.from({ length: 10_000 }, (_, i) => Number(i < right))]);
  });
}

const power = (labels: number) => 1 - 2 * labels ** -0.3;
const logarithm = (labels: number) => 0.1 + 0.07 * Math.log(labels);
/** They level off, at a ceiling that no number of labels passes. */
const ceiling = (labels: number) => 0.85 - 3 * labels ** -0.6;
const lowCeiling = (labels: number) => 0.7 - 1.2 * labels ** -0.3;
const soon = (labels: number) => 0.8 - 15 / labels;
/** It grows up to 200 labels, and no further. */
const stopped = (labels: number) => Math.min(0.65, 0.1 + 0.29 * Math.log(labels / 30));
const truths = { power, logarithm, ceiling, lowCeiling, soon, stopped };

Deno.test("fitLabelCurve() spans what accuracies give that go on growing and that level off", () => {
  for (const truth of Object.values(truths)) {
    const curve = fitLabelCurve(exact(truth), noNoise)!;
    assert.equal(curve.most, 800);
    const { interval: { low, high } } = curve.at(8000);
    assert.ok(low <= truth(8000) && truth(8000) <= high, `${low} to ${high}`);
    const gained = curve.gain(8000).interval, gain = truth(8000) - truth(800);
    assert.ok(gained.low <= gain && gain <= gained.high, `${gained.low} to ${gained.high}`);
    const isSmooth = truth === power || truth === logarithm;
    if (isSmooth) assert.ok(Math.abs(curve.at(200).value - truth(200)) < 0.02);
  }
  // They lie further apart the further they go.
  const curve = fitLabelCurve(exact(power), noNoise)!;
  const [near, far] = [1600, 16_000].map((labels) => curve.at(labels).interval);
  assert.ok(far!.high - far!.low > near!.high - near!.low);
});

Deno.test("fitLabelCurve() says nothing of two numbers of labels, nor where accuracy does not grow", () => {
  const cells = exact(power);
  assert.equal(fitLabelCurve(cells.slice(0, 2), noNoise), undefined);
  assert.equal(fitLabelCurve([], noNoise), undefined);
  assert.equal(fitLabelCurve(exact(() => 0.5), noNoise), undefined);
  assert.equal(fitLabelCurve(exact((labels) => 1 - power(labels)), noNoise), undefined);
});

Deno.test("fitLabelCurve() expects no accuracy beyond 100 %, however many labels there were", () => {
  const curve = fitLabelCurve(exact((labels) => 0.6 + 0.055 * Math.log(labels)), noNoise)!;
  for (const labels of [8000, 80_000]) {
    const { value, interval: { low, high } } = curve.at(labels);
    assert.ok(low <= value && value <= high && high <= 1, `${low} to ${high}`);
    const gain = curve.gain(labels).interval;
    assert.ok(gain.high <= 1 - curve.at(800).interval.low, `${gain.high} more`);
  }
});

/** Accuracies at two seeds: images that are easy or hard at every number of labels, and seeds that are lucky or not. */
function drawn(truth: (labels: number) => number, random: Random): readonly Cell[] {
  const images = 400, luck = 0.02;
  const ease = Array.from({ length: images }, () => random.uniform());
  return counts.map((labels) =>
    cellOf(
      labels,
      [1, 2].map(() => {
        const p = truth(labels) + luck * random.normal();
        return Uint8Array.from(ease, (own) =>
          // Half of what decides is the image's own.
          Number((random.uniform() < 0.5 ? own : random.uniform()) < p));
      }),
    )
  );
}

Deno.test("the intervals of what ten times more labels give cover the truth as often as they say", () => {
  for (const [name, truth] of Object.entries({ ...truths, flat: () => 0.5 })) {
    const studies = 100;
    let at = 0, gained = 0;
    for (let study = 0; study < studies; study++) {
      const cells = drawn(truth, randomAt(5, name, study));
      const noise = learnSeedNoise(cells.map(sourceOfCell), []);
      const curve = fitLabelCurve(cells, noise);
      if (curve === undefined) {
        // It says nothing, and so nothing wrong.
        at++;
        gained++;
        continue;
      }
      const expected = curve.at(8000).interval, more = curve.gain(8000).interval;
      const gain = truth(8000) - truth(800);
      at += Number(expected.low <= truth(8000) && truth(8000) <= expected.high);
      gained += Number(more.low <= gain && gain <= more.high);
    }
    // Two standard errors of so many studies below 95 %.
    const least = 0.95 - 2 * Math.sqrt(0.95 * 0.05 / studies);
    assert.ok(at / studies >= least, `${name}: ${at} of ${studies}`);
    assert.ok(gained / studies >= least, `${name}, gain: ${gained} of ${studies}`);
  }
});
