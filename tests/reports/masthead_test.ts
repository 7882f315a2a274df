import assert from "node:assert/strict";
import { dataDomain } from "@/experiments/data_domain.ts";
import { readStudy } from "@/lib/results/mod.ts";
import { masthead } from "@/reports/masthead.ts";
import { renderStudy } from "@/reports/mod.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

const accuracy = () => 0.5;

Deno.test("masthead() has no warning where nothing was let pass or left out", async () => {
  await using input = await syntheticStudy([dataDomain], { accuracy });
  assert.ok(!masthead(await readStudy(input)).markup.includes("warning"));
});

Deno.test("masthead() says what is wrong with the data and was let pass", async () => {
  await using input = await syntheticStudy([dataDomain], { accuracy });
  const allowed = ["2 test images stand among the training images: a is b, c is d"];
  const domains = new Map(input.domains).set("scenes", {
    ...input.domains.get("scenes")!,
    allowed,
    notes: ["1 file is left out <here>"],
  });
  const { markup } = masthead(await readStudy({ ...input, domains }));
  assert.match(
    markup,
    /Problem with scenes, allowed:<\/strong> 2 test images stand among the training images: a is b, c is d\./,
  );
  assert.equal(markup.match(/class="warning"/g)?.length, 1);
  const page = await renderStudy({ ...input, domains });
  assert.ok(page.includes(markup));
  assert.match(page, /<p class="note">Note: 1 file is left out &lt;here&gt;\.<\/p>/);
});

Deno.test("masthead() says which role was left out, and why", async () => {
  await using input = await syntheticStudy([dataDomain], { accuracy });
  const refused = new Map([["scenes" as const, "there is one class"]]);
  const { markup } = masthead(await readStudy({ ...input, refused }));
  assert.match(markup, /Left out: everything that uses scenes\.<\/strong> there is one class\./);
});

Deno.test("masthead() says how many broken images were left out of each role, and names the first", async () => {
  const skipped = Array.from({ length: 7 }, (_, i) => ({ name: `${i}.jpg`, reason: "cut short" }));
  await using input = await syntheticStudy([dataDomain], { accuracy, skipped });
  const { markup } = masthead(await readStudy(input));
  for (const role of ["objects", "species", "scenes", "aerial"]) {
    assert.ok(markup.includes(`<strong>7 broken images of ${role} left out:</strong> 0.jpg (cut`));
  }
  assert.ok(markup.includes("4.jpg (cut short) and 2 more."));
});
