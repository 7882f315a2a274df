import assert from "node:assert/strict";
import { dataDomain } from "@/experiments/data_domain.ts";
import { otherRun, readStudy, type StudyInput } from "@/lib/results/mod.ts";
import { writeReport } from "@/reports/mod.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

const made = (more: number) =>
  syntheticStudy([dataDomain], {
    seeds: 2,
    accuracy: ({ encoders: [encoder], probe }) =>
      0.4 + (encoder!.sources[0]?.role === probe.labels.role ? more : 0),
    testImages: 400,
  });

async function pageOf(input: StudyInput, folder: string) {
  await writeReport(input, folder);
  const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
  return { page: await Deno.readTextFile(`${folder}/index.html`), names };
}

Deno.test("a page that is laid beside another run has a section of it, and against.csv beside it; another has neither", async () => {
  await using here = await made(0.3);
  await using there = await made(-0.3);
  const against = otherRun("../their <store>", await readStudy(there));
  const { page, names } = await pageOf({ ...here, against }, `${here.folder}/beside`);
  assert.ok(names.includes("against.csv"));
  const [, section] = /<section id="against"([\s\S]*?)<\/section>/.exec(page)!;
  assert.ok(section!.includes('the run in <code class="command">../their &lt;store&gt;</code>'));
  assert.match(section!, /Of \d+ claims? .*\d+ contradict each other/);
  assert.ok(section!.includes("<strong>contradict</strong>"));
  const cells = against.cells.size;
  assert.ok(section!.includes(`Of ${cells} numbers that both have, `), `${cells} cells`);
  assert.ok(page.includes(`<a href="#against">Beside another run</a>`));
  const crate = await Deno.readTextFile(`${here.folder}/beside/ro-crate-metadata.json`);
  assert.ok(crate.includes(`"@id": "against.csv"`));

  const alone = await pageOf(here, `${here.folder}/alone`);
  assert.ok(!alone.names.includes("against.csv"));
  assert.ok(!alone.page.includes(`id="against"`));
});

Deno.test("a page beside a run of which only claims are known says so", async () => {
  await using here = await made(0.3);
  const against = { ...otherRun("claims.csv", await readStudy(here)), cells: new Map() };
  const { page } = await pageOf({ ...here, against }, `${here.folder}/beside`);
  assert.ok(page.includes("The two have no accuracies of the same conditions."));
  assert.ok(!page.includes(`id="against-cells"`));
});
