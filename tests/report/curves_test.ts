import assert from "node:assert/strict";
import { curveFigure } from "@/lib/report/mod.ts";
import type { Curve } from "@/lib/results/mod.ts";
import { readTags } from "@/tests/report/markup.ts";

const curve = (method: string, seed: number, losses: readonly number[]): Curve => ({
  key: `${method}${seed}`,
  method,
  images: "species (1M)",
  seed,
  epochs: losses.map((loss, i) => ({
    epoch: i + 1,
    loss,
    accuracy: 0,
    learningRate: 0.1,
    featureNorm: 8,
    effectiveRank: 21.4,
    viewsPerSecond: 900,
    peakMemory: 8e8,
  })),
});

Deno.test("curveFigure() has a chart for what was trained on what, a line for each seed", async () => {
  const curves = [
    curve("simclr", 1, [4, 3, 2]),
    curve("simclr", 2, [4, 3, 2.5]),
    curve("supervised", 1, [2, 1]),
  ];
  const { markup } = await curveFigure(
    { experiment: { id: "e" }, curves },
    (name) => name.toUpperCase(),
  ).draw();
  const charts = readTags(markup).filter(({ name }) => name === "svg");
  assert.deepEqual(
    charts.map(({ attributes }) => [attributes.get("id"), attributes.get("aria-label")]),
    [
      ["e-loss-simclr-species-1m", "SIMCLR on species (1M): loss over 3 epochs, 2 seeds"],
      ["e-loss-supervised-species-1m", "SUPERVISED on species (1M): loss over 2 epochs, 1 seed"],
    ],
  );
  assert.ok(markup.includes("ends at 2.00 and 2.50"));
  const lines = [...markup.matchAll(/<path d="(M[^"]+L[^"]+)" stroke="currentColor"/g)];
  assert.equal(lines.length, 3);
});

Deno.test("curveFigure() draws a training of one epoch", async () => {
  const one = { experiment: { id: "e" }, curves: [curve("simclr", 1, [4])] };
  const { markup } = await curveFigure(one, (name) => name).draw();
  assert.doesNotMatch(markup, /NaN|Infinity/);
});

Deno.test("curveFigure() saves the losses that it draws, and says for figures.csv where each training ended", async () => {
  const curves = [curve("simclr", 1, [4, 3, 2]), curve("simclr", 2, [4, 3.5])];
  const made = curveFigure({ experiment: { id: "e" }, curves }, (name) => name);
  const { markup } = await made.draw();
  const href = /download="e-training\.csv" href="(data:[^"]+)"/.exec(markup)?.[1];
  assert.equal(
    await (await fetch(href!)).text(),
    "training,seed,epoch 1,epoch 2,epoch 3\n" +
      "simclr on species (1M),1,4,3,2\nsimclr on species (1M),2,4,3.5,\n",
  );
  const ends = made.numbers.filter(({ what }) => what.startsWith("loss"));
  assert.deepEqual(ends.map(({ value }) => value), [2, 3.5]);
});
