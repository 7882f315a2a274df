import assert from "node:assert/strict";
import { type Condition, domain, experiment, grid, linear, simclr, untrained } from "@/dsl/mod.ts";
import { randomAt } from "@/lib/base/random.ts";
import { tileSheet } from "@/lib/data/tiles.ts";
import { dataDomain } from "@/experiments/data_domain.ts";
import { featureFusion } from "@/experiments/feature_fusion.ts";
import { experiments } from "@/experiments/mod.ts";
import { taxa } from "@/experiments/taxa.ts";
import { paperValueFor, readStudy } from "@/lib/results/mod.ts";
import { percent, percentRange, rowId } from "@/lib/report/mod.ts";
import { renderStudy, reportNames, writeReport } from "@/reports/mod.ts";
import { fetches, readTags } from "@/tests/report/markup.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

const own = experiment({
  id: "my-own",
  title: "My own <experiment>",
  question: "Is it shown?",
  reference: "none",
  trials: grid([simclr(domain("scenes", "50k")), untrained()], [
    linear("species", { labels: "10k" }),
  ]),
});

/** In-domain best, supervised above all, untrained below all. */
function accuracy({ encoders, probe }: Condition): number {
  const { method, sources } = encoders[0]!;
  if (method === "none") return 0.2;
  if (method === "supervised") return 0.8;
  return sources[0]!.role === probe.labels.role ? 0.6 : 0.4;
}

const isHole = ({ encoders, probe }: Condition) =>
  encoders[0]!.sources[0]?.role === "aerial" && probe.labels.role === "scenes";

Deno.test("renderStudy() shows every accuracy as the rows have it, beside the paper's", async () => {
  await using input = await syntheticStudy([dataDomain], { seeds: 2, accuracy, leaveOut: isHole });
  const text = await renderStudy(input);
  const { experiments: [results] } = await readStudy(input);
  const shown = new Map(
    [...text.matchAll(
      /<td class="(number[^"]*)">(?:(?!<\/td>).)*?<a class="value" href="#([^"]+)">([\d.]+)<\/a><span class="interval">([^<]+)<\/span>(?:<span class="paper">paper ([\d.]+)<\/span>)?/gs,
    )]
      .map(([, classes, id, ...numbers]) => [id!, { classes: classes!, numbers }]),
  );
  assert.equal(results!.cells.length, 23);
  assert.equal(shown.size, 23);
  for (const cell of results!.cells) {
    const { subject, rows } = cell;
    const values = rows.map((row) => row.value);
    const paper = paperValueFor(dataDomain.paper, subject)?.value;
    const found = shown.get(rowId(rows[0]!));
    assert.deepEqual(found?.numbers, [
      percent((values[0]! + values[1]!) / 2),
      percentRange(cell.estimate.interval),
      paper === undefined ? undefined : percent(paper),
    ], subject.condition);
    const inDomain = subject.method === "simclr" && subject.pretrain === subject.on;
    assert.equal(found!.classes, inDomain ? "number own best" : "number", subject.condition);
  }
  // The hole keeps the paper's value.
  assert.match(text, /<span class="value note">–<\/span><span class="paper">paper 32\.9<\/span>/);
  assert.ok(text.includes("<dt>Numbers measured</dt><dd>46 of 48</dd>"));
});

Deno.test("renderStudy() is balanced, has unique ids, no dead link, and fetches nothing", async () => {
  await using input = await syntheticStudy([dataDomain, own], { accuracy, testImages: 60 });
  const text = await renderStudy(input);
  const tags = readTags(text);
  const ids = tags.flatMap(({ attributes }) => attributes.get("id") ?? []);
  assert.equal(new Set(ids).size, ids.length);
  const targets = tags.flatMap(({ attributes }) => attributes.get("href") ?? [])
    .filter((href) => href.startsWith("#")).map((href) => href.slice(1));
  assert.deepEqual(targets.filter((id) => !ids.includes(id)), []);
  assert.deepEqual(fetches(text), []);
  for (const { name, attributes } of tags) {
    if (name === "img") assert.ok(attributes.get("alt"));
    if (name === "svg") assert.equal(attributes.get("role"), "img");
    if (name === "th") assert.match(attributes.get("scope") ?? "", /^(row|col)$/);
  }
  assert.equal(await renderStudy(input), text, "the same store gives the same page");
});

Deno.test("renderStudy() has unique ids and no dead link where experiments share steps", async () => {
  await using input = await syntheticStudy(experiments, { accuracy, testImages: 60, seeds: 2 });
  const scores = input.rows.map(({ origin, level }) => `${origin.score} ${level}`);
  assert.ok(new Set(scores).size < scores.length, "some are shared");
  const tags = readTags(await renderStudy(input));
  const ids = tags.flatMap(({ attributes }) => attributes.get("id") ?? []);
  assert.deepEqual(ids.filter((id, i) => ids.indexOf(id) !== i), []);
  const targets = tags.flatMap(({ attributes }) => attributes.get("href") ?? [])
    .filter((href) => href.startsWith("#")).map((href) => href.slice(1));
  const known = new Set(ids);
  assert.deepEqual(targets.filter((id) => !known.has(id)), []);
});

Deno.test("every figure and claim has a link, a citation that names the results, and every figure its numbers", async () => {
  await using input = await syntheticStudy([dataDomain, own], {
    accuracy,
    testImages: 60,
    seeds: 2,
  });
  const text = await renderStudy(input);
  const exhibits = [...text.matchAll(/<div class="exhibit" id="([^"]+)">/g)].map(([, id]) => id!);
  assert.ok(exhibits.includes("data-domain-table-1") && exhibits.includes("my-own-conditions"));
  const claims = dataDomain.claims.map(({ id }) => `data-domain-claim-${id}`);
  for (const id of [...exhibits, ...claims, "verdicts"]) {
    assert.ok(text.includes(`<a href="#${id}" aria-label="Link to: `), id);
    const citation = new RegExp(`<li id="cite-${id}">.*?</li>`, "s").exec(text)?.[0];
    assert.ok(citation?.includes(`#${id} in: `), id);
    assert.match(citation!, /scale mini, 2 seeds, rows\.csv SHA-256 [0-9a-f]{12}\./);
  }
  for (const id of exhibits) {
    const href = new RegExp(`download="${id}\\.csv" href="(data:[^"]+)"`).exec(text)?.[1];
    const lines = (await (await fetch(href!)).text()).trim().split("\n");
    assert.ok(lines.length > 1, id);
  }
});

Deno.test("renderStudy() says what is outstanding of a study that is being worked", async () => {
  await using input = await syntheticStudy([own], { accuracy, testImages: 60 });
  const outstanding = { experiments: [featureFusion, taxa], seconds: 1500 };
  const text = await renderStudy({ ...input, outstanding });
  assert.match(
    text,
    new RegExp(
      `Outstanding when this page was written: ${featureFusion.title} and ${taxa.title}, about 25 minutes more\\.`,
    ),
  );
  assert.match(text, /Not answered yet: claims 1, 2, /);
  const complete = await renderStudy(input);
  assert.ok(!complete.includes("Outstanding when") && !complete.includes("Not answered yet"));
});

Deno.test("renderStudy() says what would settle each open claim, in its section and once for all", async () => {
  await using input = await syntheticStudy([dataDomain], {
    accuracy: () => 0.3,
    testImages: 60,
    seeds: 2,
  });
  const text = await renderStudy(input);
  const all = /<section id="open".*?<\/section>/s.exec(text)![0];
  const own = /<section id="data-domain".*?<\/section>/s.exec(text)![0];
  for (const part of [all, own]) {
    assert.match(part, /longer pretraining, or more images for it.*claim 8/s);
  }
});

/** The row of a table with an id. */
function lineOf(page: string, id: string): string {
  const found = new RegExp(`<tr id="${id}">(.*?)</tr>`, "s").exec(page);
  assert.ok(found, `there is no line ${id}`);
  return found[1]!;
}

Deno.test("renderStudy() has the steps of every number, with key, code, machine, time and command", async () => {
  await using input = await syntheticStudy([own], { accuracy, testImages: 60 });
  const text = await renderStudy(input);
  const steps = new Map(input.plan.steps.map((step) => [step.key, step]));
  for (const { origin } of input.rows) {
    for (const key of [origin.score, origin.probe, ...origin.encoders]) {
      const line = lineOf(text, `step-${key.slice(0, 12)}`);
      // What many steps share stands in lines of its own, to which the step's leads.
      const shared = [...line.matchAll(/href="#((?:settings|machine|command)-\d+)"/g)];
      assert.deepEqual(shared.map(([, id]) => id!.replace(/-\d+/, "")), [
        "settings",
        "machine",
        "command",
      ]);
      const all = [line, ...shared.map(([, id]) => lineOf(text, id!))].join("\n");
      const short = key.slice(0, 12);
      const { spec } = steps.get(key)!;
      const parts = [`>${short}<`, "c0dec0dec0de", "Some processor", "13 s"];
      for (const part of [...parts, `--only ${short}`, ...Object.keys(spec)]) {
        assert.ok(all.includes(part), `${part} of ${key}`);
      }
    }
  }
});

Deno.test("renderStudy() says what one seed cannot", async () => {
  await using input = await syntheticStudy([dataDomain], { accuracy });
  const text = await renderStudy(input);
  assert.ok(
    text.includes("The intervals come from one seed and cover the choice of test images only"),
  );
  assert.ok(text.includes("One seed decides nothing: run two or more, with --seeds 2."));
});

Deno.test("renderStudy() answers nothing from an empty store", async () => {
  await using input = await syntheticStudy([dataDomain], { accuracy, leaveOut: () => true });
  const text = await renderStudy(input);
  readTags(text);
  assert.ok(text.includes("Nothing has been measured yet."));
  assert.ok(text.includes("Nothing is decided yet"));
});

Deno.test("renderStudy() shows an experiment that has no report of its own", async () => {
  await using input = await syntheticStudy([own], { accuracy, testImages: 60 });
  const text = await renderStudy(input);
  assert.ok(text.includes("My own &lt;experiment&gt;"));
  for (const row of input.rows) {
    assert.ok(text.includes(`href="#${rowId(row)}">${percent(row.value)}</a>`), row.condition);
  }
});

Deno.test("writeReport() writes the page, the rows and the claims", async () => {
  await using input = await syntheticStudy([dataDomain], { accuracy, testImages: 60 });
  const folder = `${input.folder}/report`;
  const paths = await writeReport(input, folder);
  assert.deepEqual(paths, reportNames.map((name) => `${folder}/${name}`));
  const [page, rows, claims] = await Promise.all(
    paths.slice(0, 3).map((path) => Deno.readTextFile(path)),
  );
  assert.ok(page!.startsWith("<!DOCTYPE html>"));
  assert.equal(rows!.trimEnd().split("\n").length, 1 + 24);
  assert.equal(
    claims!.trimEnd().split("\n").length,
    1 + dataDomain.claims.reduce((lines, { contrasts }) => lines + 1 + contrasts.length, 0),
  );
});

Deno.test("writeReport() stays below 6 MB with contact sheets as large as they come", async () => {
  const random = randomAt(1, "noise");
  const noise = () => Uint8Array.from({ length: 36 * 36 * 3 }, () => random.integer(256));
  const rows = Array.from({ length: 6 }, () => Array.from({ length: 12 }, noise));
  const sheet = await tileSheet(rows, { px: 36 });
  await using input = await syntheticStudy([dataDomain], {
    accuracy,
    testImages: 60,
    sheet: () => Promise.resolve(sheet),
  });
  const [page] = await writeReport(input, `${input.folder}/report`);
  const { size } = await Deno.stat(page!);
  assert.ok(size > 12 * sheet.length && size < 6e6, `${size}`);
});

Deno.test("writeReport() leaves 1.5 of 6 MB for pictures with all experiments and three seeds", async () => {
  await using input = await syntheticStudy(experiments, { accuracy, testImages: 60, seeds: 3 });
  const [page] = await writeReport(input, `${input.folder}/report`);
  const text = await Deno.readTextFile(page!);
  const pictures = [...text.matchAll(/src="(data:image\/[^"]+)"/g)];
  const rest = text.length - pictures.reduce((sum, [, data]) => sum + data!.length, 0);
  assert.ok(pictures.length > 20 && rest < 4.5e6, `${rest}`);
});
