import assert from "node:assert/strict";
import {
  clean,
  type Condition,
  domain,
  each,
  type Experiment,
  experiment,
  figure,
  grid,
  images,
  jpeg,
  linear,
  perClass,
  simclr,
  untrained,
} from "@/dsl/mod.ts";
import {
  amountAxis,
  estimateMean,
  type ExperimentResults,
  type FigureRow,
  figureRows,
  readStudy,
} from "@/lib/results/mod.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

const source = domain("species");
const own = experiment({
  id: "own",
  title: "t",
  question: "q",
  reference: "none",
  trials: grid(
    [simclr(source), simclr(source, { corruption: jpeg(10) }), untrained()],
    [linear("species", { labels: perClass(1) }), linear("species", { labels: perClass(10) })],
  ),
});

async function resultsOf(
  one: Experiment,
  leaveOut: (condition: Condition) => boolean = () => false,
): Promise<ExperimentResults> {
  const accuracy = ({ encoders: [encoder], probe }: Condition) =>
    (encoder!.method === "none" ? 0.2 : 0.5) + ("perClass" in probe.labels ? 0.02 : 0);
  await using input = await syntheticStudy([one], { accuracy, leaveOut, seeds: 2 });
  return (await readStudy(input)).experiments[0]!;
}

const wordsOf = (rows: readonly FigureRow[]) =>
  rows.map(({ place }) => [...place.x, ...place.y, ...place.color].join(" | "));

Deno.test("figureRows() has a row for each place, in the order of the trials, with its cell's accuracy", async () => {
  const results = await resultsOf(own);
  const rows = figureRows(figure.lines({ x: "labels", color: ["method", "corruption"] }), results);
  assert.deepEqual(wordsOf(rows), [
    "1 a class | simclr | clean",
    "10 a class | simclr | clean",
    "1 a class | simclr | jpeg-10",
    "10 a class | simclr | jpeg-10",
    "1 a class | none | clean",
    "10 a class | none | clean",
  ]);
  for (const { cells, estimate } of rows) assert.deepEqual(estimate, cells[0]!.estimate);
});

Deno.test("figureRows() takes the mean of what is said to be taken together, with an interval of the mean", async () => {
  const results = await resultsOf(own);
  const rows = figureRows(
    figure.lines({ x: "labels", where: { method: "simclr", corruption: each } }),
    results,
  );
  assert.deepEqual(rows.map(({ cells }) => cells.length), [2, 2]);
  for (const { cells, estimate } of rows) {
    const [a, b] = cells.map((cell) => cell.estimate);
    assert.ok(Math.abs(estimate!.value - (a!.value + b!.value) / 2) < 1e-12);
    assert.deepEqual(estimate, estimateMean(cells, results.noise));
    const { low, high } = estimate!.interval;
    assert.ok(low < estimate!.value && estimate!.value < high);
  }
});

Deno.test("figureRows() keeps the places of what was not measured, and has no mean of a part", async () => {
  const isLeftOut = ({ encoders: [encoder], probe }: Condition) =>
    encoder!.corruption.kind === "jpeg" && "perClass" in probe.labels &&
    probe.labels.perClass === 10;
  const results = await resultsOf(own, isLeftOut);
  const rows = figureRows(
    figure.lines({ x: "labels", where: { method: "simclr", corruption: each } }),
    results,
  );
  assert.deepEqual(rows.map(({ estimate }) => estimate === undefined), [false, true]);
});

Deno.test("amountAxis() counts labels a class where all are, and images where they are known by number", async () => {
  const results = await resultsOf(own);
  const rows = figureRows(
    figure.lines({ x: "labels", color: "method", where: { corruption: clean() } }),
    results,
  );
  const labels = amountAxis("labels", rows)!;
  assert.equal(labels.title, "labels a class");
  assert.deepEqual(rows.map(labels.amountOf), [1, 10, 1, 10]);
  const sizes = amountAxis("size", rows)!;
  assert.deepEqual(rows.map(sizes.amountOf), [4400, 4400, null, null]);
  assert.equal(amountAxis("method", rows), null);
  const mixed = await resultsOf(experiment({
    ...own,
    trials: grid([simclr(domain("species", images(300)))], [
      linear("species", { labels: perClass(1) }),
      linear("species", { labels: "10k" }),
    ]),
  }));
  const counted = figureRows(figure.lines({ x: "labels" }), mixed);
  const axis = amountAxis("labels", counted)!;
  assert.equal(axis.title, "labelled images");
  assert.deepEqual(
    counted.map(axis.amountOf),
    counted.map(({ cells }) => cells[0]!.rows[0]!.labels),
  );
  assert.deepEqual(counted.map(amountAxis("size", counted)!.amountOf), [300, 300]);
});

Deno.test("amountAxis() has no amount of a quality for what is clean", async () => {
  const results = await resultsOf(own);
  const rows = figureRows(
    figure.lines({ x: "corruption.quality", where: { method: "simclr", labels: perClass(1) } }),
    results,
  );
  const axis = amountAxis("corruption.quality", rows)!;
  assert.deepEqual(rows.map(axis.amountOf), [null, 10]);
  assert.deepEqual(rows.map(({ place }) => place.x), [["clean"], ["10"]]);
});
