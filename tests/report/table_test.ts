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
