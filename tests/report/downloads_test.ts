import assert from "node:assert/strict";
import { downloadLinks } from "@/lib/report/mod.ts";

Deno.test("downloadLinks() carry the whole text, letters beyond ASCII too", async () => {
  const text = 'name,value\n"a, b",−1\n';
  const { markup } = downloadLinks([{
    name: "rows.csv",
    type: "text/csv",
    content: text,
    about: "rows",
  }]);
  const href = /href="(data:[^"]+)"/.exec(markup)?.[1];
  assert.match(markup, /download="rows.csv"/);
  assert.equal(await (await fetch(href!)).text(), text);
});
