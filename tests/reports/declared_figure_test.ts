import assert from "node:assert/strict";
import {
  clean,
  type Condition,
  type DeclaredFigure,
  domain,
  each,
  experiment,
  figure,
  grid,
  jpeg,
  linear,
  moco,
  simclr,
  untrained,
} from "@/dsl/mod.ts";
import type { Html } from "@/lib/report/mod.ts";
import { readStudy } from "@/lib/results/mod.ts";
import { declaredFigures } from "@/reports/declared_figure.ts";
import { derivedNumbers } from "@/reports/files.ts";
import { readTags } from "@/tests/report/markup.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

const source = domain("species"), probe = linear("species");
const qualities = [5, 10, 60];
const ladder = experiment({
  id: "ladder",
  title: "A ladder",
  question: "Where does it break?",
  reference: "none",
  trials: grid(
    [simclr, moco].flatMap((method) => [
      method(source),
      ...qualities.map((quality) => method(source, { corruption: jpeg(quality) })),
    ]),
    [linear("species", { labels: "10k" }), probe],
    { granularity: "all" },
  ).concat(grid([untrained()], [probe])),
});

const accuracy = ({ encoders: [encoder] }: Condition) =>
  encoder!.corruption.kind === "jpeg" ? 0.3 + encoder!.corruption.quality / 400 : 0.5;

async function drawn(figures: readonly DeclaredFigure[]) {
  await using input = await syntheticStudy([{ ...ladder, figures }], { accuracy, seeds: 2 });
  const study = await readStudy(input);
  const made = declaredFigures(figures, study.experiments[0]!);
  return {
    titles: made.map(({ title }) => title),
    ids: made.map(({ id }) => id),
    numbers: derivedNumbers(study),
    pages: await Promise.all(made.map((one) => one.draw())),
  };
}

/** The specification of a picture, as vega has it. */
const specOf = ({ charts }: Html, i = 0) => JSON.stringify(charts[i]!.spec);
const csvOf = ({ markup }: Html) => {
  const [, csv] = /href="data:text\/csv;charset=utf-8,([^"]*)"/.exec(markup)!;
  return decodeURIComponent(csv!).trim().split("\n").map((line) => line.split(","));
};
const keyOf = ({ markup }: Html) =>
  [...markup.matchAll(
    /<li><span class="swatch([^"]*)" style="color: ([^"]+)"[^>]*><\/span>([^<]*)/g,
  )]
    .map(([, dashed, colour, name]) => [name, colour, dashed!.trim()]);

Deno.test("lines stand along numbers, with a level line for what has none, as methods look everywhere", async () => {
  const { pages: [page], titles } = await drawn([
    figure.lines({
      x: "corruption.quality",
      color: "method",
      where: { labels: "all", method: ["simclr", "moco"] },
    }),
  ]);
  assert.deepEqual(titles, ["Accuracy by JPEG quality and method: labels all"]);
  readTags(page!.markup);
  assert.deepEqual(keyOf(page!), [
    ["SimCLR, clean", "#3b6fd4", "dashed"],
    ["SimCLR", "#3b6fd4", ""],
    ["MoCo, clean", keyOf(page!)[3]![1], "dashed"],
    ["MoCo", keyOf(page!)[3]![1], ""],
  ]);
  const spec = specOf(page!);
  assert.match(spec, /"title":"JPEG quality"/);
  assert.match(spec, /"type":"log","domain":\[5,60\]/);
  assert.match(spec, /"low":/);
  const [head, ...lines] = csvOf(page!);
  assert.deepEqual(head, ["corruption.quality", "method", "seeds", "top1", "low", "high"]);
  assert.deepEqual(lines.map((line) => line.slice(0, 3)), [
    ["clean", "simclr", "2"],
    ["5", "simclr", "2"],
    ["10", "simclr", "2"],
    ["60", "simclr", "2"],
    ["clean", "moco", "2"],
    ["5", "moco", "2"],
    ["10", "moco", "2"],
    ["60", "moco", "2"],
  ]);
  assert.match(page!.markup, /<th scope="row">SimCLR<\/th>/);
});

Deno.test("every number of a declared figure is in figures.csv, with the cells that it is worked out of", async () => {
  const means = figure.lines({
    x: "labels",
    title: "Means",
    where: { corruption: each, method: ["simclr", "moco"] },
    color: "method",
  });
  const { numbers, pages: [page] } = await drawn([means]);
  const own = numbers.filter(({ figure }) => figure === "Means");
  assert.deepEqual(own.map(({ what }) => what), [
    "labels 10k, method simclr",
    "labels all, method simclr",
    "labels 10k, method moco",
    "labels all, method moco",
  ]);
  for (const { low, value, high, cells } of own) {
    assert.ok(low! < value && value < high!);
    assert.equal(cells!.length, 4);
  }
  assert.match(page!.markup, /<small>mean of 4 conditions<\/small>/);
  assert.match(page!.markup, /10k<small>labelled images: \d+<\/small>/);
});

Deno.test("dots, maps and tables have a part for each value, and panels a picture", async () => {
  const where = { method: ["simclr", "moco"] } as const;
  const { pages: [dots, heat, table, whole], ids } = await drawn([
    figure.dots({ y: "corruption", color: "method", panel: "labels", where }),
    figure.heat({ x: "labels", y: ["method", "corruption"], where }),
    figure.table({ y: "method", x: "corruption", where: { ...where, labels: "all" } }),
    figure.table({ where: { corruption: clean() } }),
  ]);
  assert.deepEqual(ids, [1, 2, 3, 4].map((i) => `ladder-figure-${i}`));
  assert.equal(dots!.charts.length, 2);
  assert.match(dots!.markup, /<figcaption>10k<\/figcaption>.*<figcaption>all<\/figcaption>/s);
  assert.match(specOf(dots!), /"jpeg-5"/);
  assert.match(specOf(heat!), /"MoCo, jpeg-60"/);
  assert.match(specOf(heat!), /share of the column's best/);
  assert.equal(table!.charts.length, 0);
  assert.deepEqual(
    [...table!.markup.matchAll(/<th scope="col"[^>]*>([^<]*)/g)].map(([, title]) => title),
    ["method", "clean", "jpeg-5", "jpeg-10", "jpeg-60"],
  );
  assert.equal(csvOf(whole!).length - 1, 4 * 4 + 1, "clean ones at each level, and the untrained");
});

Deno.test("levels stand from the coarsest to the finest, with their classes", async () => {
  const { pages: [page] } = await drawn([
    figure.lines({
      x: "level",
      color: "labels",
      where: { method: "simclr", corruption: clean() },
    }),
  ]);
  const places = [...specOf(page!).matchAll(/"at":"([^"]*)"/g)].map(([, at]) => at);
  const levels = ["class (6)", "family (12)", "genus (24)", "finest (48)"];
  assert.deepEqual(places.filter((at, i) => places.indexOf(at) === i), levels);
  assert.deepEqual(keyOf(page!).map(([name]) => name), ["10k", "all"]);
});

Deno.test("figures of one title are numbered, so that figures.csv tells them apart", async () => {
  const one = figure.dots({
    y: "method",
    title: "Mine",
    where: { corruption: each, labels: each },
  });
  const { titles } = await drawn([one, one]);
  assert.deepEqual(titles, ["Mine", "Mine (2)"]);
});

Deno.test("a figure of nothing measured has its table and no picture", async () => {
  const figures = [figure.dots({ y: "corruption", where: { method: "simclr", labels: "all" } })];
  await using input = await syntheticStudy([{ ...ladder, figures }], {
    accuracy,
    leaveOut: () => true,
  });
  const { experiments: [results] } = await readStudy(input);
  const [made] = declaredFigures(figures, results!);
  const { charts, markup } = await made!.draw();
  assert.equal(charts.length, 0);
  assert.match(markup, /jpeg-60.*<span class="value note">–<\/span>/s);
});
