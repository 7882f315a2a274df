import assert from "node:assert/strict";
import { markup, raw } from "@/lib/report/html.ts";

Deno.test("markup`` escapes what is put in, in text and in attributes", () => {
  const sly = `<script>"'&`;
  assert.equal(
    markup`<p title="${sly}">${sly}</p>`.markup,
    '<p title="&lt;script&gt;&quot;&#39;&amp;">&lt;script&gt;&quot;&#39;&amp;</p>',
  );
});

Deno.test("markup`` keeps markup, joins lists, and writes nothing for nothing", () => {
  const items = ["a", "<"].map((text) => markup`<li>${text}</li>`);
  assert.equal(
    markup`<ul>${items}${null}${undefined}${false}${0}</ul>`.markup,
    "<ul><li>a</li><li>&lt;</li>0</ul>",
  );
  assert.equal(markup`${raw("<b>")}`.markup, "<b>");
});
