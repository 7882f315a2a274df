import assert from "node:assert/strict";
import { methods } from "@/experiments/methods.ts";
import { experiments } from "@/experiments/mod.ts";
import { percent, rowId } from "@/lib/report/mod.ts";
import { readStudy } from "@/lib/results/mod.ts";
import { paperSourceSentence } from "@/reports/paper_source.ts";
import { renderStudy } from "@/reports/mod.ts";
import { readTags } from "@/tests/report/markup.ts";
import { type Synthetic, syntheticStudy } from "@/tests/results/synthetic_store.ts";

/** The text of a section of the page. */
function sectionOf(page: string, id: string): string {
  const found = new RegExp(`<section id="${id}".*?</section>`, "s").exec(page);
  assert.ok(found, `there is no section ${id}`);
  return found[0];
}

const accuracy = () => 0.4;

Deno.test("every experiment shows each of its numbers with its interval, and the paper's beside them", async () => {
  await using input: Synthetic = await syntheticStudy(experiments, { accuracy, testImages: 96 });
  const page = await renderStudy(input);
  readTags(page);
  const { experiments: results } = await readStudy(input);
  for (const { experiment, cells } of results) {
    const section = sectionOf(page, experiment.id);
    for (const { rows: [row], subject } of cells) {
      const link = `href="#${rowId(row!)}">${percent(row!.value)}</a>`;
      assert.ok(section.includes(link), `${experiment.id}: ${subject.condition}`);
    }
    for (const { value } of experiment.paper) {
      assert.ok(section.includes(`paper ${percent(value)}`), `${experiment.id}: paper ${value}`);
    }
    const { paper, paperSource } = experiment;
    const hasValues = paper.length > 0 ||
      experiment.claims.some(({ contrasts }) => contrasts.some((one) => one.paper !== null));
    assert.equal(paperSource !== undefined, hasValues, experiment.id);
    assert.ok(!paperSource || section.includes(paperSourceSentence(paperSource)), experiment.id);
  }
  for (const number of ["+34.1", "+6.5", "+15.4", "+4.3", "+2.9"]) {
    assert.ok(sectionOf(page, "data-quality").includes(`paper ${number}`), number);
  }
  assert.match(
    sectionOf(page, "data-domain"),
    /Conditions compared<\/summary>.*right: best of 3 conditions: simclr objects \(1M\) -&gt; linear species \(all\); /s,
  );
  assert.match(sectionOf(page, "taxa"), /Accuracy by family.*Classes on which another domain/s);
  assert.match(sectionOf(page, "task-granularity"), /species \(iNat21\).*the paper’s/s);
});

Deno.test("a store that is half full, or empty, makes a page as well, with all numbers that there are", async () => {
  for (const share of [0.5, 1]) {
    let seen = 0;
    await using input = await syntheticStudy(experiments, {
      accuracy,
      testImages: 48,
      leaveOut: () => (seen++ % 10) < 10 * share,
    });
    const page = await renderStudy(input);
    readTags(page);
    for (const { id } of experiments) assert.match(sectionOf(page, id), /not measured/);
    for (const { experiment, cells } of (await readStudy(input)).experiments) {
      const section = sectionOf(page, experiment.id);
      for (const { rows: [row], subject } of cells) {
        assert.ok(section.includes(`href="#${rowId(row!)}"`), subject.condition);
      }
    }
  }
});

Deno.test("the figure of methods shows further ones where they are asked, and says once that the paper has none of them", async () => {
  const sectionAt = async (beyond: boolean) => {
    await using input = await syntheticStudy([methods], { accuracy, beyond, testImages: 48 });
    return sectionOf(await renderStudy(input), "methods");
  };
  const note = /Beyond the paper: Barlow Twins, VICReg, SimSiam and DINO\./g;
  const [papers, all] = [await sectionAt(false), await sectionAt(true)];
  assert.doesNotMatch(papers, /[Bb]eyond the paper|Barlow|VICReg|SimSiam|DINO/);
  assert.equal([...all.matchAll(note)].length, 1);
  for (const name of ["Barlow Twins", "VICReg", "SimSiam", "DINO"]) {
    assert.ok(all.includes(`<small>${name}</small>`) || all.includes(`>${name}<`), name);
  }
  const claims = (section: string) => [...section.matchAll(/id="claim-[^"]*"/g)].map(([id]) => id);
  assert.deepEqual(claims(all), claims(papers));
});
