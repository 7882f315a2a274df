import assert from "node:assert/strict";
import { markup, page, section } from "@/lib/report/mod.ts";
import { fetches, readTags } from "@/tests/report/markup.ts";

const made = page({
  title: "A < B",
  description: "d",
  contents: [{ id: "one", title: "One" }],
  header: markup`<h1>A</h1>`,
  sections: section("one", "One", markup`<p>text</p>`),
  footer: "end",
});

Deno.test("page() is balanced, names its language and landmarks, and begins with a link past the header", () => {
  const tags = readTags(made);
  assert.deepEqual(tags.find(({ name }) => name === "html")?.attributes.get("lang"), "en");
  for (const landmark of ["header", "nav", "main", "footer"]) {
    assert.equal(tags.filter(({ name }) => name === landmark).length, 1, landmark);
  }
  const body = tags.slice(tags.findIndex(({ name }) => name === "body") + 1);
  assert.equal(body[0]?.attributes.get("href"), "#content");
  assert.equal(tags.find(({ name }) => name === "main")?.attributes.get("id"), "content");
  assert.match(made, /<nav class="toc" aria-label="Contents">.*href="#one">One<.*<\/nav>/s);
  assert.ok(made.includes("<title>A &lt; B</title>"));
});

Deno.test("page() fetches nothing", () => {
  assert.deepEqual(fetches(made), []);
  assert.deepEqual(
    fetches('<img src="https://x/y.png"><style>@import "a.css"; b{background:url(c.png)}</style>'),
    [
      "https://x/y.png",
      '@import "a.css"',
      "url(c.png)",
    ],
  );
});

Deno.test("page() has a labelled search field, which does not show before its script runs", () => {
  const tags = readTags(made);
  const form = tags.find(({ attributes }) => attributes.get("role") === "search");
  assert.equal(form?.name, "form");
  assert.ok(form!.attributes.has("hidden"));
  const field = tags.find(({ name }) => name === "input")!.attributes.get("id");
  const label = tags.find(({ name }) => name === "label");
  assert.equal(label?.attributes.get("for"), field);
});
