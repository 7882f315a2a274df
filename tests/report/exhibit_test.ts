import assert from "node:assert/strict";
import { csvLink, exhibit, markup } from "@/lib/report/mod.ts";

Deno.test("csvLink() carries the numbers, with any sign in their names, and nulls as nothing", async () => {
  const { markup } = csvLink("a.csv", [
    { what: 'a "b", c & #1 +2 % −é', value: 0.123456789, low: null },
    { what: "d", value: 12, low: 3 },
  ]);
  const href = /href="(data:[^"]+)"/.exec(markup)?.[1];
  assert.equal(
    await (await fetch(href!)).text(),
    'what,value,low\n"a ""b"", c & #1 +2 % −é",0.123457,\nd,12,3\n',
  );
});

Deno.test("exhibit() can be linked to, cited through whatever holds it, and saved", () => {
  const made = exhibit({ id: "one", title: "A < B", content: "x", data: [{ value: 1 }] });
  assert.match(
    made.markup,
    /^<div class="exhibit" id="one"><h3>A &lt; B .*href="#one".*href="#cite-one".*one\.csv/s,
  );
  assert.deepEqual(markup`<p>${[made, null]}</p>`.cited, [{ id: "one", title: "A < B" }]);
  assert.doesNotMatch(
    exhibit({ id: "one", title: "A", content: "x", data: [] }).markup,
    /download=/,
  );
});
