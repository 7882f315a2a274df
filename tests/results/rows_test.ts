import assert from "node:assert/strict";
import { domain, experiment, grid, linear, scaleOf, simclr, untrained } from "@/dsl/mod.ts";
import { absentFrom, readRows, rowColumns, rowsCsv } from "@/lib/results/mod.ts";
import { artifactFolder } from "@/lib/store/mod.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

const { sizes: { "50k": unlabelled }, labels: { "10k": labelled } } = scaleOf("mini");

const small = experiment({
  id: "two-by-one",
  title: "Two encoders, one task",
  question: "Which?",
  reference: "none",
  trials: grid([simclr(domain("scenes", "50k")), untrained()], [
    linear("species"),
    linear("species", { labels: "10k" }),
  ]),
});

Deno.test("readRows() has a row for each condition with the real numbers of images", async () => {
  await using study = await syntheticStudy([small], { testImages: 40, accuracy: () => 0.5 });
  const rows = await readRows(study.plan, study.store);
  assert.equal(rows.length, 4);
  const { subject: _, origin, ...first } = rows[0]!;
  const bytes = await Deno.readFile(`${artifactFolder(study.store, origin.score)}/correct-0.u8`);
  assert.deepEqual(first, {
    experiment: "two-by-one",
    condition: "simclr scenes (50k) -> linear species (all)",
    scale: "mini",
    method: "simclr",
    pretrain_domain: "scenes",
    pretrain_images: unlabelled,
    corruption: "clean",
    budget: "recipe",
    training: "",
    network: "ResNet 1-1-1 width 16",
    probe: "linear",
    probe_settings: "",
    eval_domain: "species",
    labels: 5000,
    eval_images: "clean",
    level: "finest",
    seed: 1,
    metric: "top1",
    value: bytes.filter((byte) => byte === 1).length / 40,
    correct: "correct-0.u8",
    classes: 48,
    testImages: 40,
  });
  assert.deepEqual(
    rows.map((row) => [row.method, row.pretrain_domain, row.pretrain_images, row.labels]),
    [["simclr", "scenes", unlabelled, 5000], ["simclr", "scenes", unlabelled, labelled], [
      "none",
      "none",
      0,
      5000,
    ], [
      "none",
      "none",
      0,
      labelled,
    ]],
  );
});

Deno.test("absentFrom() lists what has no score, and what is damaged has none", async () => {
  await using study = await syntheticStudy([small], {
    testImages: 40,
    accuracy: () => 0.5,
    leaveOut: (condition) => condition.encoders[0]!.method === "none",
  });
  const damaged = study.plan.conditions[0]!.score;
  await Deno.writeFile(`${artifactFolder(study.store, damaged)}/correct-0.u8`, new Uint8Array(40));
  const rows = await readRows(study.plan, study.store);
  assert.deepEqual(rows.map((row) => row.condition), [
    "simclr scenes (50k) -> linear species (10k)",
  ]);
  assert.deepEqual(absentFrom(study.plan, rows).map(({ condition }) => condition.name), [
    "simclr scenes (50k) -> linear species (all)",
    "none -> linear species (all)",
    "none -> linear species (10k)",
  ]);
});

Deno.test("rowsCsv() has exactly the declared header and quotes what needs it", async () => {
  await using study = await syntheticStudy([small], { testImages: 40, accuracy: () => 0.5 });
  const lines = rowsCsv(study.rows).trimEnd().split("\n");
  assert.equal(
    lines[0],
    "experiment,condition,scale,method,pretrain_domain,pretrain_images,corruption,budget,training,network,probe,probe_settings,eval_domain,labels,eval_images,level,seed,metric,value",
  );
  assert.equal(lines[0], rowColumns.join(","));
  assert.equal(lines.length, 1 + study.rows.length);
  const odd = rowsCsv([{ ...study.rows[0]!, condition: "a, b", value: 0.125 }]).split("\n")[1];
  assert.equal(
    odd,
    `two-by-one,"a, b",mini,simclr,scenes,${unlabelled},clean,recipe,,ResNet 1-1-1 width 16,linear,,species,5000,clean,finest,1,top1,0.125`,
  );
});
