import assert from "node:assert/strict";
import { chart, heatMap, intervalChart, relativeToBest, sharedRange } from "@/lib/report/mod.ts";

const squares = [
  { row: "a", column: "x", value: 0.2, framed: true },
  { row: "b", column: "x", value: 0.4, framed: false },
  { row: "a", column: "y", value: 0.9, framed: false },
];
const layout = {
  rows: ["a", "b"],
  columns: ["x", "y"],
  lowest: 0.5,
  rowTitle: "from",
  columnTitle: "to",
};

Deno.test("relativeToBest() divides by the best of the column", () => {
  assert.deepEqual(relativeToBest(squares).map(({ ofBest }) => ofBest), [0.5, 1, 1]);
});

Deno.test("heatMap() writes every value and names itself, with ids of its own", async () => {
  const draw = (id: string) => chart(heatMap(squares, layout), { id, label: 'Heat "map"' });
  const [one, two] = (await Promise.all(["one", "two"].map(draw))).map(({ markup }) => markup);
  assert.match(
    one!,
    /^<svg class="chart" id="one" data-live role="img" aria-label="Heat &quot;map&quot;"/,
  );
  for (const text of ["20.0", "40.0", "90.0"]) assert.ok(one!.includes(`>${text}</text>`), text);
  const ids = [...`${one}${two}`.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  assert.ok(ids.length >= 4);
  assert.equal(new Set(ids).size, ids.length);
  for (const [, id] of one!.matchAll(/url\(#([^)]+)\)/g)) assert.ok(ids.includes(id!), id!);
});

Deno.test("chart() draws text in the page's colour and fetches nothing", async () => {
  const { markup } = await chart({
    data: { values: [{ a: 1, b: 2 }] },
    mark: "point",
    encoding: { x: { field: "a", type: "quantitative" }, y: { field: "b", type: "quantitative" } },
  }, { id: "c", label: "A point" });
  const texts = [...markup.matchAll(/<text[^>]*>/g)].map((match) => match[0]);
  assert.ok(texts.length > 0);
  for (const text of texts) assert.match(text, /fill="currentColor"/);
  assert.doesNotMatch(markup, /https?:/);
});

Deno.test("sharedRange() holds intervals, thresholds and the paper's values", () => {
  const contrast = { value: 0.1, interval: { low: 0.05, high: 0.2 }, thresholds: [0], paper: null };
  const [low, high] = sharedRange([contrast, { ...contrast, paper: 0.5 }]);
  assert.ok(low < 0 && low > -0.05, `${low}`);
  assert.ok(high > 0.5 && high < 0.55, `${high}`);
});

Deno.test("intervalChart() puts the value between the ends of its interval, and the paper where it is", () => {
  const { markup } = intervalChart(
    { value: 0.5, interval: { low: 0.25, high: 0.75 }, thresholds: [0], paper: 1 },
    { range: [0, 1], name: { id: "i", label: "An interval" } },
  );
  const lines = [
    ...markup.matchAll(/<line transform="translate\(([\d.]+),[^>]*? x2="(-?[\d.]+)"/g),
  ];
  const spans = lines.map(([, start, length]) => [Number(start), Number(start) + Number(length)]);
  assert.deepEqual(spans, [[0, 0], [47.5, 142.5]]);
  const points = [...markup.matchAll(/<path transform="translate\(([\d.]+),/g)].map((match) =>
    Number(match[1])
  );
  assert.deepEqual(points, [95, 190]);
});

Deno.test("heatMap() draws a column whose best is 0, and leaves the other columns their colours", async () => {
  const cells = [
    { row: "a", column: "x", value: 0, framed: true },
    { row: "b", column: "x", value: 0, framed: false },
    { row: "a", column: "y", value: 0.9, framed: false },
    { row: "b", column: "y", value: 0.45, framed: false },
  ];
  assert.deepEqual(relativeToBest(cells).map(({ ofBest }) => ofBest), [1, 1, 1, 0.5]);
  const { markup } = await chart(heatMap(cells, layout), { id: "zero", label: "Zeros" });
  assert.match(markup, /share of the column/);
  assert.equal(markup.match(/>0\.0<\/text>/g)?.length, 2);
  const fills = [...markup.matchAll(/<path[^>]*d="M[^"]*h66v42[^"]*"[^>]* fill="([^"]+)"/g)];
  assert.equal(new Set(fills.map(([, fill]) => fill)).size, 2, `${fills.map(([, fill]) => fill)}`);
});

Deno.test("chart() fails with the chart's name where the drawing library throws an error or only logs one", async () => {
  // The first cannot be parsed, the second fails while the data flow.
  for (const calculate of ["datum.(", "datum.a.b.c"]) {
    const drawn = chart({
      data: { values: [{ a: null }] },
      transform: [{ calculate, as: "b" }],
      mark: "point",
      encoding: { x: { field: "b", type: "quantitative" } },
    }, { id: "bad", label: "Bad" });
    await assert.rejects(drawn, {
      name: "InputError",
      message: /^Chart bad: it cannot be drawn \(.+\)\. The report was not written/,
    });
  }
});
