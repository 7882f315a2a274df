// Images without labels, from folders and tars on disk to scores and the report.
import assert from "node:assert/strict";
import {
  byol,
  domain,
  expand,
  experiment,
  linear,
  moco,
  pool,
  type Role,
  role,
  saltAndPepper,
  scaleOf,
  simclr,
  supervised,
  trial,
  untrained,
} from "@/dsl/mod.ts";
import { type Binding, domainFacts } from "@/lib/data/mod.ts";
import { plan } from "@/lib/plan/mod.ts";
import { readRows, registrationOf } from "@/lib/results/mod.ts";
import { readWords } from "@/lib/run/arrays.ts";
import { artifactFolder } from "@/lib/store/mod.ts";
import { writeReport } from "@/reports/mod.ts";
import { type Files, imageFiles, noiseJpeg, writeFolder, writeTar } from "@/tests/data/fixtures.ts";
import { withBench } from "@/tests/run/fixture.ts";

const smoke = scaleOf("smoke");
const scale = {
  ...smoke,
  pixels: 16,
  sizes: { "10k": 2, "50k": 4, "125k": 5, "250k": 6, "500k": 8, "1M": 12 },
};
const world = { train: 1, test: 1, seed: 0 };

const [wild, mixed] = [role("wild"), role("mixed")];

/** So many images without labels. */
async function loose(count: number): Promise<Files> {
  const files: Files = {};
  for (let i = 0; i < count; i++) files[`unlabelled/${i % 3}/${i}.jpg`] = await noiseJpeg(50 + i);
  return files;
}

const own = experiment({
  id: "own",
  title: "Images without labels",
  question: "Do they serve?",
  reference: "none",
  trials: [
    trial(simclr(domain(wild, "1M")), linear("objects")),
    trial(simclr(domain(wild, "500k")), linear("objects")),
    trial(moco(domain(wild, "all")), linear("objects")),
    trial(byol(domain(mixed, "1M")), linear(mixed)),
    trial(simclr(pool(domain(wild, "500k"), domain(mixed, "500k"))), linear(mixed)),
    trial(simclr(domain(mixed, "1M"), { corruption: saltAndPepper(0.1) }), linear(mixed)),
    trial(supervised(domain(mixed, "all")), linear(mixed)),
    trial(untrained(), linear(mixed)),
  ],
});

Deno.test("images without labels are pretrained on to scores and a report, alone and beside labelled ones", () =>
  withBench(async ({ images, store, work }) => {
    const folder = `${images}/..`;
    await writeFolder(`${folder}/wild`, await loose(14));
    await writeTar(`${folder}/mixed.tar`, {
      ...await imageFiles(["a", "b"], { perClass: 4 }),
      ...await loose(6),
    });
    const bound: readonly (readonly [Role, Binding])[] = [
      ["objects", { dataset: "image-folder", path: images }],
      [wild, { dataset: "image-folder", path: `${folder}/wild` }],
      [mixed, { dataset: "image-folder", path: `${folder}/mixed.tar` }],
    ];
    const facts = await Promise.all(bound.map(async ([name, binding]) => {
      const { hierarchy, ...found } = await domainFacts(binding, { world, memo: `${folder}/memo` });
      return [name, {
        ...found,
        classes: hierarchy.leaves.length,
        levels: hierarchy.levels,
        name: `image-folder ${name}`,
        dividedLevels: [],
        allowed: [],
      }] as const;
    }));
    const domains = new Map(facts);
    const bindings = new Map(facts.map(([, { id }], i) => [id, bound[i]![1]]));
    const planned = plan(expand(own, scale), domains);
    const { failed, skipped } = await work({ plan: planned, bindings });
    assert.deepEqual([failed, skipped].map((list) => list.map(({ label }) => label)), [[], []]);

    const rows = await readRows(planned, store);
    assert.deepEqual(rows.map((row) => [row.method, row.pretrain_images, row.eval_domain]), [
      ["simclr", 12, "objects"],
      ["simclr", 8, "objects"],
      ["moco", 14, "objects"],
      // 8 training images and 6 without labels, of which 12 are drawn.
      ["byol", 12, "mixed"],
      ["simclr", 16, "mixed"],
      ["simclr", 12, "mixed"],
      ["supervised", 8, "mixed"],
      ["none", 0, "mixed"],
    ]);
    const drawn = async (label: string) => {
      const { key } = planned.steps.find((step) => step.label === label)!;
      return [...await readWords(`${artifactFolder(store, key)}/indices.u32`)];
    };
    const large = await drawn("wild (1M) with unlabelled, seed 1");
    assert.deepEqual(await drawn("wild (500k) with unlabelled, seed 1"), large.slice(0, 8));
    const both = await drawn("mixed (1M) with unlabelled, seed 1");
    assert.ok(both.some((number) => number < 8) && both.some((number) => number >= 8), `${both}`);
    const corrupted = await drawn("mixed (1M), salt-and-pepper-0.1, seed 1");
    assert.deepEqual(corrupted.toSorted(), both.toSorted());

    const out = `${folder}/out`;
    await Deno.mkdir(out);
    const study = { experiments: [own], plan: planned, store, rows, scale, domains };
    await writeReport({
      ...study,
      refused: new Map(),
      registry: [own],
      looks: [],
      registered: registrationOf([own], []),
      command: "test",
    }, out);
    const page = await Deno.readTextFile(`${out}/index.html`);
    assert.match(page, /0 training images, 0 test images, 14 images without labels\./);
    assert.match(page, /8 training images, 2 test images, 6 images without labels; labels: class/);
    assert.match(page, /alt="Contact sheet of images of wild without labels"/);
  }));
