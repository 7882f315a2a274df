import assert from "node:assert/strict";
import { markup, table } from "@/lib/report/mod.ts";

Deno.test("table() has scopes, a caption, and a box that the keyboard can scroll", async (t) => {
  const made = table({
    label: "Numbers",
    columns: [{ title: "Name" }, { title: markup`Value<small>points</small>`, number: true }],
    rows: [
      { header: "a & b", cells: [{ content: "1.0", classes: "best" }], id: "a" },
      { header: "c", cells: ["–"], classes: "apart" },
    ],
    caption: "What it shows.",
  });
  await t.assertSnapshot(made.markup);
});

Deno.test("table() that stacks tells each cell the title of its column, and one that does not none", () => {
  const parts = {
    label: "Numbers",
    columns: [{ title: "Name" }, { title: "Ours", number: true }, { title: markup`<b>x</b>` }],
    rows: [{ header: "a", cells: ["1.0", "2.0"] }],
  };
  assert.match(
    table({ ...parts, stacked: true }).markup,
    /<table class="stacked">[^]*<td class="number" data-title="Ours">1\.0<\/td><td>2\.0<\/td>/,
  );
  assert.doesNotMatch(table(parts).markup, /data-title|stacked/);
});
