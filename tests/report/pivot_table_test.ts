import assert from "node:assert/strict";
import { pivotTable } from "@/lib/report/mod.ts";

const rows = [
  { domain: "b", size: "2", value: 1, images: 7 },
  { domain: "b", size: "1", value: 2, images: 7 },
  { domain: "a", size: "1", value: 3, images: 9 },
];
const pivot = {
  label: "Numbers",
  corner: "Domain",
  lineOf: ({ domain }: (typeof rows)[number]) => domain,
  columnOf: ({ size }: (typeof rows)[number]) => size,
  cell: (row: (typeof rows)[number] | undefined) => row?.value ?? "–",
};
const textsOf = (markup: string) =>
  [...markup.matchAll(/<tr.*?<\/tr>/gs)].map(([line]) =>
    [...line.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, text]) => text)
  );

Deno.test("pivotTable() has lines and columns in the order of the rows, and says where there is none", () => {
  assert.deepEqual(textsOf(pivotTable(rows, pivot).markup), [
    ["Domain", "2", "1"],
    ["b", "1", "2"],
    ["a", "–", "3"],
  ]);
});

Deno.test("pivotTable() takes columns in an order of their own, and words, a column and a border for lines", () => {
  const { markup } = pivotTable(rows, {
    ...pivot,
    columns: ["1", "2"],
    title: (name, some) => `${name} of ${some.length}`,
    header: (name, some) => `${name}: ${some.length}`,
    before: [{ title: "Images", content: ({ images }) => images }],
    apart: ([row], [above]) => row!.images > above!.images,
  });
  assert.deepEqual(textsOf(markup), [
    ["Domain", "Images", "1 of 2", "2 of 1"],
    ["b: 2", "7", "2", "1"],
    ["a: 1", "9", "3", "–"],
  ]);
  assert.equal(markup.match(/<tr class="apart">/g)?.length, 1);
  assert.match(markup, /<tr class="apart"><th scope="row">a/);
});
