import assert from "node:assert/strict";
import {
  claim,
  type Condition,
  difference,
  domain,
  experiment,
  figure,
  grid,
  linear,
  mean,
  simclr,
  untrained,
} from "@/dsl/mod.ts";
import { dataDomain } from "@/experiments/data_domain.ts";
import { experiments } from "@/experiments/mod.ts";
import { readStudy } from "@/lib/results/mod.ts";
import { renderStudy, writeReport } from "@/reports/mod.ts";
import { ownAnswer } from "@/reports/own_answer.ts";
import { studyTitle } from "@/reports/title.ts";
import { readTags } from "@/tests/report/markup.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

const few = experiment({
  id: "few-images",
  title: "Few images",
  question: "What do 50k images give?",
  reference: "Fig 2",
  trials: grid([simclr(domain("species", "50k")), untrained()], [linear("species")]),
  claims: [
    claim({
      id: "something-is-learnt",
      statement: "50k images give more than 1 point over an untrained encoder",
      term: difference(mean({ method: "simclr" }), mean({ method: "none" })),
      threshold: 0.01,
    }),
  ],
  figures: [figure.dots({ y: "method", title: "What it gives" })],
});
const silent = experiment({
  ...few,
  id: "silent",
  title: "No claims",
  question: "What is there?",
  claims: [],
  figures: [],
});

const accuracy = ({ encoders: [encoder] }: Condition) => encoder!.method === "none" ? 0.2 : 0.6;
const options = { accuracy, seeds: 3, testImages: 400 };

Deno.test("the page of an own experiment opens with its question, its claims and its figures, and none of the paper's claims", async () => {
  await using input = await syntheticStudy([few], options);
  const page = await renderStudy(input);
  readTags(page);
  const inOrder = [
    "<h1>Few images</h1>",
    '<p class="question">What do 50k images give?</p>',
    '<section id="verdicts" aria-label="The claims">',
    'id="verdict-few-images-something-is-learnt"',
    "The claim holds.",
    '<section id="few-images"',
    ">What it gives ",
  ].map((text) => page.indexOf(text));
  assert.ok(inOrder.every((at) => at > 0), `${inOrder}`);
  assert.deepEqual(inOrder, inOrder.toSorted((a, b) => a - b));
  assert.equal(page.split("What do 50k images give?").length, 2, "the question stands once");
  assert.ok(!page.includes("Not asked by the experiments"));
  assert.ok(!page.includes("A replication of Cole, Yang"));
  assert.match(page, /<title>Few images<\/title>/);
  assert.match(page, /“Few images”, a study made with when-contrastive, scale mini/);
});

Deno.test("own claims are called claims, without a column for a paper that does not have them", async () => {
  await using input = await syntheticStudy([few], options);
  const page = await renderStudy(input);
  const section = /<section id="few-images".*?<\/section>/s.exec(page)![0];
  assert.match(section, /A claim of this experiment’s own; above \+1/);
  assert.doesNotMatch(section, /[Cc]heck of this project|>Paper</);
  const verdicts = /<section id="verdicts".*?<\/section>/s.exec(page)![0];
  assert.doesNotMatch(verdicts, /Paper|paper –|◇/);
});

Deno.test("several own experiments are named together, each with its question, and one without claims says so", async () => {
  await using input = await syntheticStudy([few, silent], options);
  const page = await renderStudy(input);
  assert.match(page, /<h1>Few images and No claims<\/h1>/);
  assert.match(page, /<a href="#silent">No claims<\/a>: What is there\?/);
  await using alone = await syntheticStudy([silent], options);
  const quiet = await renderStudy(alone);
  readTags(quiet);
  assert.match(quiet, /Nothing is claimed: the figures show what was measured\./);
  for (const id of ["verdicts", "open"]) {
    assert.ok(!quiet.includes(`id="${id}"`) && !quiet.includes(`href="#${id}"`), id);
  }
});

Deno.test("beside the paper's experiments the page is the paper's, and own ones keep figures and claims of their own", async () => {
  await using input = await syntheticStudy([dataDomain, few], options);
  const page = await renderStudy(input);
  assert.match(page, /<h1>When does contrastive visual representation learning work\?<\/h1>/);
  assert.match(page, /<tr id="verdict-8"/);
  const section = /<section id="few-images".*?<\/section>/s.exec(page)![0];
  assert.match(
    section,
    /What do 50k images give\?.*What it gives.*A claim of this experiment’s own/s,
  );
});

Deno.test("studyTitle() is the paper's while an experiment of the paper's is outstanding", async () => {
  await using input = await syntheticStudy([few], options);
  const study = await readStudy(input);
  assert.equal(studyTitle(study), "Few images");
  const outstanding = { experiments: [dataDomain], seconds: 1 };
  assert.match(studyTitle({ ...study, outstanding }), /^When does/);
  const all = {
    experiments: [few, silent, few, few].map((experiment) => ({
      ...study.experiments[0]!,
      experiment,
    })),
  };
  assert.equal(studyTitle(all), "Few images, No claims, Few images and 1 more");
});

Deno.test("ownAnswer() counts the verdicts", async () => {
  await using input = await syntheticStudy([few], { ...options, seeds: 1 });
  const study = await readStudy(input);
  assert.equal(ownAnswer(study), "The claim needs two seeds.");
  const [results] = study.experiments, [judgement] = results!.judgements;
  const of = (...verdicts: readonly (typeof judgement & object)["verdict"][]) =>
    ownAnswer({
      experiments: [{
        ...results!,
        judgements: verdicts.map((verdict) => ({ ...judgement!, verdict })),
      }],
    });
  assert.equal(of("undecided", "holds", "holds"), "Of 3 claims 2 hold and 1 is undecided.");
  assert.equal(of("undecided", "undecided"), "Both claims are undecided.");
  assert.equal(of("holds", "holds", "holds"), "All 3 claims hold.");
  assert.equal(
    of("does not hold", "not measured", "holds"),
    "Of 3 claims 1 holds, 1 does not hold and 1 is not measured.",
  );
});

Deno.test("figures that are declared with an experiment of the paper's stand after its own", async () => {
  const more = { ...dataDomain, figures: [figure.heat({ x: "on", y: ["method", "pretrain"] })] };
  await using input = await syntheticStudy([more], options);
  const page = await renderStudy(input);
  const [table, own] = ["data-domain-table-1", "data-domain-figure-1"].map((id) =>
    page.indexOf(`<div class="exhibit" id="${id}"`)
  );
  assert.ok(0 < table! && table! < own!);
});

Deno.test("the manifest beside an own report has its title", async () => {
  await using input = await syntheticStudy([few], options);
  const written = new Map<string, string | Uint8Array>();
  await writeReport(input, "nowhere", {
    write: (_, files) => {
      for (const [name, content] of Object.entries(files)) written.set(name, content);
      return Promise.resolve([]);
    },
  });
  assert.match(`${written.get("ro-crate-metadata.json")}`, /Few images/);
  assert.match(`${written.get("figures.csv")}`, /few-images,What it gives,method simclr,0\.\d/);
  assert.ok(experiments.every(({ figures }) => Array.isArray(figures)));
});
