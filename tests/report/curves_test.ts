import assert from "node:assert/strict";
import { curveFigures } from "@/lib/report/mod.ts";
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

Deno.test("curveFigures() has a chart for what was trained on what, a line for each seed", async () => {
  const curves = [
    curve("simclr", 1, [4, 3, 2]),
    curve("simclr", 2, [4, 3, 2.5]),
    curve("supervised", 1, [2, 1]),
  ];
  const { markup } = await curveFigures("e", { curves, methodName: (name) => name.toUpperCase() });
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

Deno.test("curveFigures() draws a training of one epoch", async () => {
  const { markup } = await curveFigures("e", {
    curves: [curve("simclr", 1, [4])],
    methodName: (name) => name,
  });
  assert.doesNotMatch(markup, /NaN|Infinity/);
});
