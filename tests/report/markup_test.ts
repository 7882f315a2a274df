import assert from "node:assert/strict";
import { readTags } from "@/tests/report/markup.ts";

Deno.test("readTags() finds tags left open or crossed, blocks among words, links in links, and ids used twice", () => {
  const wrong: readonly (readonly [string, RegExp])[] = [
    ["<p>a", /left open: p/],
    ["<div><p></div></p>", /closes <p>/],
    ["<p><small><div></div></small></p>", /<div> stands in <p>/],
    ['<a href="#a"><span><a href="#b">x</a></span></a>', /<a> stands in <a>/],
    ["<div><li>x</li></div>", /<li> stands in <div>/],
    ['<p id="a">x</p><svg id="a"></svg>', /the id a occurs twice/],
  ];
  for (const [page, message] of wrong) assert.throws(() => readTags(page), message);
  const right = '<details><summary><h4 id="a">x</h4></summary><ul><li><p>y</p></li></ul></details>';
  assert.equal(readTags(right).length, 6);
});
