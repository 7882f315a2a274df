import assert from "node:assert/strict";
import { heatMap, lines, lowestShare, type Point, relativeToBest } from "@/lib/report/mod.ts";

const series = [{ name: "a", colour: "#3b6fd4" }];
const specOf = (places: readonly Point["at"][], zero?: boolean) =>
  JSON.stringify(
    lines(
      places.map((at) => ({ series: "a", at, value: 50, low: 40, high: 60 })),
      { series, across: "x", up: "y", ...zero !== undefined && { zero } },
    ),
  );

Deno.test("lines() stand along a logarithm where amounts span much, and evenly where they do not", () => {
  assert.match(specOf([220, 4400]), /"type":"log","domain":\[220,4400\]/);
  assert.match(specOf([10, 30, 60]), /"type":"linear","domain":\[10,60\]/);
  assert.match(specOf([0, 0.001, 1]), /"type":"linear","domain":\[0,1\]/, "0 has no logarithm");
});

Deno.test("lines() write thousands short, and small amounts as they are", () => {
  assert.match(specOf([220, 4400]), /"format":"\.3~s"/);
  assert.match(specOf([0.05, 0.5]), /"format":"~g"/);
});

Deno.test("lines() along words keep their order", () => {
  assert.match(specOf(["genus", "finest"]), /"type":"ordinal".*"sort":\["genus","finest"\]/);
});

Deno.test("lines() begin at 0 unless told otherwise", () => {
  assert.match(specOf([1, 2]), /"scale":\{"zero":true\}/);
  assert.match(specOf([1, 2], false), /"scale":\{"zero":false\}/);
});

Deno.test("relativeToBest() compares within columns or all squares, and the scale begins at a round share", () => {
  const cells = [
    { row: "r", column: "a", value: 0.2, framed: false },
    { row: "r", column: "b", value: 0.8, framed: false },
  ];
  const sharesOf = (within: "column" | "all") =>
    relativeToBest(cells, within).map(({ ofBest }) => ofBest);
  assert.deepEqual(sharesOf("column"), [1, 1]);
  assert.deepEqual(sharesOf("all"), [0.25, 1]);
  assert.equal(lowestShare([0.27, 1]), 0.25);
  assert.equal(lowestShare([1, 1]), 0.95);
  const layout = { rows: ["r"], columns: ["a", "b"], lowest: 0.25, rowTitle: "", columnTitle: "" };
  assert.match(JSON.stringify(heatMap(cells, { ...layout, within: "all" })), /"share of the best"/);
});
