import assert from "node:assert/strict";
import {
  claim,
  type Condition,
  difference,
  domain,
  experiment,
  linear,
  mean,
  mini,
  perClass,
  resnet,
  scale,
  simclr,
  trial,
  untrained,
} from "@/dsl/mod.ts";
import { readStudy } from "@/lib/results/mod.ts";
import { genericReport } from "@/reports/generic.ts";
import { renderStudy } from "@/reports/mod.ts";
import { readTags } from "@/tests/report/markup.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

const source = domain("species");
const wide = scale({
  ...mini,
  name: "wide",
  pixels: 40,
  network: resnet({ blocks: [1, 1, 1], width: 32 }),
});
const few = linear("species", { labels: perClass(5) });
const at = (temperature: number) => ({ method: "simclr", training: { temperature } } as const);

const sweep = experiment({
  id: "sweep",
  title: "A sweep",
  question: "What varies?",
  reference: "none",
  trials: [
    ...[0.1, 0.5, 1].map((temperature) =>
      trial(simclr(source, { training: { temperature } }), few)
    ),
    trial(simclr(source), few),
    trial(simclr(source), few, { scale: wide }),
    trial(untrained(), few),
  ],
  claims: [
    claim({
      id: "warm",
      statement: "A temperature of 0.5 beats one of 0.1",
      term: difference(mean(at(0.5)), mean(at(0.1))),
    }),
    claim({
      id: "wide",
      statement: "A wider network beats the scale's",
      term: difference(mean({ method: "simclr", scale: wide }), mean({ method: "simclr" })),
    }),
  ],
});

function accuracy({ encoders, scale }: Condition): number {
  const { training } = encoders[0]!;
  const hot = training?.method === "simclr" ? training.temperature / 4 : 0;
  return 0.3 + hot + (scale === "wide" ? 0.3 : 0);
}

Deno.test("settings and scales are told apart in rows, in claims and in curves", async () => {
  await using input = await syntheticStudy([sweep], { accuracy, seeds: 2, testImages: 1000 });
  assert.deepEqual(
    input.rows.filter(({ seed }) => seed === 1)
      .map((row) => [row.scale, row.training, row.network, row.labels]),
    [
      ["mini", "temperature 0.1", "ResNet 1-1-1 width 16", 240],
      ["mini", "temperature 0.5", "ResNet 1-1-1 width 16", 240],
      ["mini", "temperature 1", "ResNet 1-1-1 width 16", 240],
      ["mini", "", "ResNet 1-1-1 width 16", 240],
      ["wide", "", "ResNet 1-1-1 width 32", 240],
      ["mini", "", "ResNet 1-1-1 width 16", 240],
    ],
  );
  const { experiments: [results] } = await readStudy(input);
  const { judgements, curves } = results!;
  const [warm, wider] = judgements.map(({ effect }) => effect!.value);
  assert.ok(Math.abs(warm! - 0.1) < 0.05, `${warm}`);
  assert.ok(Math.abs(wider! - 0.3) < 0.05, `${wider}`);
  assert.deepEqual([...new Set(curves.map(({ images }) => images))], [
    "species (1M), temperature 0.1",
    "species (1M), temperature 0.5",
    "species (1M), temperature 1",
    "species (1M)",
    "species (1M), scale wide",
  ]);
});

Deno.test("genericReport() has a column for each factor that varies, in its table and in its CSV", async () => {
  await using input = await syntheticStudy([sweep], { accuracy, testImages: 100 });
  const study = await readStudy(input);
  const [results] = study.experiments;
  const shown = genericReport("sweep").figures(results!).at(-1);
  assert.ok("draw" in shown!);
  const { markup } = await shown.draw();
  const columns = [...markup.matchAll(/<th scope="col"[^>]*>([^<]*)/g)].map(([, title]) => title);
  assert.deepEqual(columns, [
    "Condition",
    "scale",
    "method",
    "pretrained on",
    "pretraining images",
    "temperature",
    "network",
    "finest",
  ]);
  const [, csv] = /href="data:text\/csv;charset=utf-8,([^"]*)"/.exec(markup)!;
  const [head, first] = decodeURIComponent(csv!).split("\n");
  assert.match(
    head!,
    /^scale,method,pretrain,size,training\.temperature,network,condition,level,labels,/,
  );
  assert.match(first!, /^mini,simclr,species,1M,0\.1,ResNet 1-1-1 width 16,/);
});

Deno.test("renderStudy() names all scales, what conditions set for themselves, and classes that had too few labels", async () => {
  await using input = await syntheticStudy([sweep], { accuracy, testImages: 100, short: 3 });
  const page = await renderStudy(input);
  readTags(page);
  assert.match(page, /<dt>Scale<\/dt><dd>mini and wide<\/dd>/);
  assert.match(page, /<dt>Images<\/dt><dd>synthetic, 32 and 40 px<\/dd>/);
  assert.match(
    page,
    /<th scope="row">Conditions with settings of their own<\/th><td[^>]*>none<\/td><td[^>]*>temperature 0\.1; temperature 0\.5; temperature 1; scale wide<\/td>/,
  );
  assert.ok(
    page.includes(
      "In species, 3 of 48 classes have fewer training images than asked for (5 a class); all of theirs are used.",
    ),
  );
});

Deno.test("renderStudy() says nothing of that where every class has its labels", async () => {
  await using input = await syntheticStudy([sweep], { accuracy, testImages: 100 });
  assert.ok(!(await renderStudy(input)).includes("fewer training images than"));
});
