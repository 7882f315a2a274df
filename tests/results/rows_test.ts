import assert from "node:assert/strict";
import { domain, experiment, grid, linear, scaleOf, simclr, untrained } from "@/dsl/mod.ts";
import {
  absentFrom,
  cellId,
  readRows,
  readStudy,
  rowColumns,
  type RowLine,
  rowLines,
  rowsCsv,
  rowsHash,
  type StudyResults,
} from "@/lib/results/mod.ts";
import { artifactFolder, readManifest } from "@/lib/store/mod.ts";
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

/** A study of two seeds as it is judged, and its lines. */
async function withLines(
  body: (study: StudyResults, lines: readonly RowLine[], folder: string) => Promise<void>,
): Promise<void> {
  await using input = await syntheticStudy([small], {
    testImages: 40,
    accuracy: () => 0.5,
    seeds: 2,
    forms: { species: "image-folder" },
  });
  const study = await readStudy(input);
  await body(study, rowLines(study), input.folder);
}

Deno.test("rowsCsv() has exactly the declared header, begins with what was measured and quotes what needs it", () =>
  withLines((study, lines) => {
    const csv = rowsCsv(lines).trimEnd().split("\n");
    assert.equal(
      csv[0],
      "experiment,condition,scale,method,pretrain_domain,pretrain_images,corruption,budget,training,network,probe,probe_settings,eval_domain,labels,eval_images,level,seed,metric,value,low,high,seeds,cell,pretrain_data,eval_data,precision,score,artifact,encoders",
    );
    assert.equal(csv[0], rowColumns.join(","));
    assert.equal(csv.length, 1 + study.rows.length);
    const odd = rowsCsv([{ ...lines[0]!, condition: "a, b", value: 0.125, low: 0, high: 0.25 }])
      .split("\n")[1]!;
    const [first] = lines;
    assert.equal(
      odd,
      `two-by-one,"a, b",mini,simclr,scenes,${unlabelled},clean,recipe,,ResNet 1-1-1 width 16,linear,,species,5000,clean,finest,1,top1,0.125,0,0.25,2,${
        first!.cell
      },world scenes,image-folder species,float32,${first!.score},${first!.artifact},${
        first!.encoders
      }`,
    );
    return Promise.resolve();
  }));

Deno.test("rowLines() keeps every row in its order, with an interval over its test images and the seeds of its cell", () =>
  withLines((study, lines) => {
    assert.deepEqual(lines.map(({ value, condition, seed }) => [value, condition, seed]), [
      ...study.rows.map(({ value, condition, seed }) => [value, condition, seed]),
    ]);
    for (const { value, low, high, seeds } of lines) {
      assert.equal(seeds, 2);
      // Of 40 images, and half a one: 1.96 times the standard error that an accuracy at the end itself would have.
      for (const end of [low, high]) {
        const reach = 1.96 * Math.sqrt((end * (1 - end) + 0.5 / 40) / 39);
        assert.ok(Math.abs(Math.abs(value - end) - reach) < 1e-4, `${value}: ${end}`);
      }
    }
    const untrained = lines.find(({ method }) => method === "none")!;
    assert.deepEqual([untrained.pretrain_data, untrained.precision], ["none", ""]);
    return Promise.resolve();
  }));

Deno.test("rowLines() leads to the artifact that scored a row and to those of its encoders", () =>
  withLines(async (study, lines, folder) => {
    for (const { artifact, score, encoders, value } of lines) {
      const key = artifact.slice(-64);
      assert.ok(key.startsWith(score));
      const manifest = await readManifest(`${folder}/${artifact}`, key);
      assert.ok(typeof manifest !== "string" && manifest.kind === "score");
      assert.equal(manifest.info.levels[0]!.top1, value);
      for (const digits of encoders.split(" ")) {
        const [own] = [...study.origins].filter(([key]) => key.startsWith(digits));
        assert.equal(own?.[1].step.kind, "pretrain");
      }
    }
  }));

Deno.test("a cell is named by 12 digits, the same for all its seeds and for no other cell", () =>
  withLines((_, lines) => {
    const named = new Map(lines.map(({ cell, condition, level }) => [cell, condition + level]));
    assert.equal(named.size, 4);
    assert.equal(new Set(lines.map(({ cell, condition }) => cell + condition)).size, 4);
    for (const one of named.keys()) assert.match(one, /^[0-9a-f]{12}$/);
    const [{ experiment, condition, scale, level }] = lines as [RowLine];
    assert.notEqual(
      cellId({ experiment, condition, scale, level: "genus" }),
      cellId({ experiment, condition, scale, level }),
    );
    return Promise.resolve();
  }));

Deno.test("rowsHash() is of the measured numbers, whatever they stand on", () =>
  withLines((study) => {
    const { rows } = study;
    const moved = rows.map((row) => ({ ...row, origin: { ...row.origin, score: "0" } }));
    assert.equal(rowsHash(moved), rowsHash(rows));
    assert.notEqual(rowsHash([{ ...rows[0]!, value: 0.9 }, ...rows.slice(1)]), rowsHash(rows));
    return Promise.resolve();
  }));
