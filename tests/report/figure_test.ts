import assert from "node:assert/strict";
import {
  chart,
  dots,
  figure,
  lines,
  oursAndPapers,
  type Panel,
  pivotTable,
  pointOf,
  type Series,
} from "@/lib/report/mod.ts";
import { readTags } from "@/tests/report/markup.ts";

const series: readonly Series[] = [
  { name: "ours", colour: "#123456" },
  { name: "from scratch", colour: "currentColor", dashed: true },
];
const rows = [
  { method: "ours", labels: 10, value: 0.25 },
  { method: "ours", labels: 100, value: 0.5 },
  { method: "from scratch", labels: 10, value: 0.125 },
];
type Row = (typeof rows)[number];

const pointsOf = (some: readonly Row[]) =>
  some.map(({ method, labels, value }) => pointOf({ series: method, at: labels }, { value }));
const panelOf = (some: readonly Row[], id: string): Panel => ({
  id,
  label: "By labels",
  caption: "By labels",
  spec: lines(pointsOf(some), { series, across: "labels", up: "top-1, %" }),
});
const made = figure<Row>({
  id: "one",
  title: "One",
  rows,
  line: (row) => row,
  numbers: ({ method, labels, value }) =>
    labels < 50 ? [] : { figure: "One", what: `${method}, ${labels}`, value },
  encoding: (rows) => ({ series, groups: [[panelOf(rows, "chart")]] }),
  tables: (rows) =>
    pivotTable(rows, {
      label: "One",
      corner: "Method",
      lineOf: ({ method }) => method,
      columnOf: ({ labels }) => `${labels}`,
      cell: (row) => row === undefined ? "–" : `${100 * row.value}`,
    }),
});

Deno.test("figure() draws, tells and saves the same rows", async () => {
  const { markup, charts, cited } = await made.draw();
  readTags(markup);
  const [drawn] = charts as unknown as readonly [{ spec: { data: { values?: object[] }[] } }];
  const values = drawn.spec.data.flatMap(({ values }) => values ?? []) as { value?: number }[];
  assert.deepEqual(values.flatMap(({ value }) => value ?? []), [25, 50, 12.5]);
  const cells = [...markup.matchAll(/<td class="number">([^<]*)<\/td>/g)].map(([, text]) => text);
  assert.deepEqual(cells, ["25", "50", "12.5", "–"]);
  const href = /download="one\.csv" href="(data:[^"]+)"/.exec(markup)?.[1];
  assert.equal(
    await (await fetch(href!)).text(),
    "method,labels,value\nours,10,0.25\nours,100,0.5\nfrom scratch,10,0.125\n",
  );
  assert.deepEqual(made.numbers, [{ figure: "One", what: "ours, 100", value: 0.5 }]);
  assert.deepEqual(cited, [{ id: "one", title: "One" }]);
});

Deno.test("figure() has a key that says what the colours and dashes mean, once for all its pictures", async () => {
  const { markup } = await figure<Row>({
    id: "two",
    title: "Two",
    rows,
    line: (row) => row,
    encoding: (rows) => ({ series, groups: [[panelOf(rows, "a")], [panelOf(rows, "b")]] }),
    tables: () => null,
  }).draw();
  const key = [
    ...markup.matchAll(/<span class="([^"]+)" style="color: ([^"]+)"[^>]*><\/span>([^<]+)/g),
  ];
  assert.deepEqual(key.map(([, ...parts]) => parts), [
    ["swatch", "#123456", "ours"],
    ["swatch dashed", "currentColor", "from scratch"],
  ]);
  assert.equal(markup.match(/<svg/g)?.length, 2);
  assert.match(markup, /<div class="columns">/);
});

Deno.test("figure() without numbers has no file to save, and folds away under what it is told", async () => {
  const { markup } = await figure<Row>({
    id: "three",
    title: "Three",
    rows: [],
    line: (row) => row,
    tables: () => "Nothing yet",
    folded: "0 rows",
  }).draw();
  assert.doesNotMatch(markup, /download=/);
  assert.match(markup, /<details><summary>0 rows<\/summary>\s*Nothing yet<\/details>/);
});

Deno.test("oursAndPapers() leaves out who has nothing to show", () => {
  const panels = (ours: readonly number[], papers: readonly number[]) =>
    oursAndPapers({
      id: "x",
      ours,
      papers,
      panel: (shown, who) => ({ label: `${who} ${shown}`, caption: who, spec: lines([], layout) }),
    }).map(({ id, label }) => [id, label]);
  const layout = { series, across: "x", up: "y" };
  assert.deepEqual(panels([1], [2]), [["x", "Ours 1"], ["x-paper", "The paper’s 2"]]);
  assert.deepEqual(panels([], [2]), [["x-paper", "The paper’s 2"]]);
  assert.deepEqual(panels([], []), []);
});

Deno.test("lines() and dots() draw a series alike, whichever others are there", () => {
  const looks = (spec: object) => JSON.stringify(spec).match(/"range":\["[^\]]*\]/)?.[0];
  const points = pointsOf(rows.slice(2));
  assert.equal(looks(lines(points, { series, across: "x", up: "y" })), '"range":["currentColor"]');
  assert.equal(
    looks(dots(points, { series, across: "x", down: "y" })),
    '"range":["#123456","currentColor"]',
  );
});

Deno.test("dots() write a long name in two lines, so that the dots have room", async () => {
  const points = ["JPEG", "Salt & Pepper with probability 0.01"].map((at) =>
    pointOf({ series: "a", at }, { value: 0.5 })
  );
  const series = [{ name: "a", colour: "#123456" }];
  const { markup } = await chart(dots(points, { series, across: "x", down: "y" }), {
    id: "dots",
    label: "dots",
  });
  assert.match(markup, />Salt &amp; Pepper with<.*>probability 0\.01</s);
  assert.match(markup, />JPEG</);
});

Deno.test("dots() give names in two lines room beside each other, and short ones no more than they need", () => {
  const stepOf = (at: string, names: readonly string[]) => {
    const series = names.map((name) => ({ name, colour: "#123456" }));
    const points = names.map((name) => pointOf({ series: name, at }, { value: 0.5 }));
    return (dots(points, { series, across: "x", down: "y" }) as { height?: unknown }).height;
  };
  const long = "smoke, ResNet 1-1 width 8, SimCLR";
  assert.deepEqual(stepOf(long, ["a"]), { step: 30 });
  assert.deepEqual(stepOf(long, ["a", "b", "c"]), { step: 15 });
  assert.deepEqual(stepOf("JPEG", ["a"]), { step: 15 });
});
