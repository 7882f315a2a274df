import assert from "node:assert/strict";
import {
  byol,
  domain,
  finetune,
  jpeg,
  knn,
  linear,
  moco,
  pool,
  role,
  scratch,
  simclr,
  supervised,
  trial,
  unlabelledMethods,
  untrained,
} from "@/dsl/mod.ts";
import {
  expectedBytes,
  expectedSeconds,
  plan,
  type PlanDomain,
  type Step,
  type StepKind,
} from "@/lib/plan/mod.ts";
import { conditions, count, domains, mini, stepsOf as of } from "@/tests/plan/planned.ts";

const [wild, both, untested] = [role("wild"), role("both"), role("untested")];
const size = mini.sizes["1M"];

const bound = new Map(domains);
const bind = (name: typeof wild, counts: readonly [number, number, number]) => {
  const [trainImages, testImages, unlabelledImages] = counts;
  bound.set(name, {
    id: `the content of ${name}`,
    source: `test ${name}`,
    dataset: "image-folder",
    trainImages,
    testImages,
    unlabelledImages,
    classes: 1,
    levels: trainImages + testImages > 0 ? ["class"] : [],
    dividedLevels: [],
  });
};
bind(wild, [0, 0, size]);
bind(both, [100, 50, size]);
bind(untested, [100, 0, 0]);

Deno.test("plan() pretrains without labels on training and unlabelled images together, and with labels on the first", () => {
  const { steps } = plan(
    conditions([
      ...[simclr, moco, byol].map((method) => trial(method(domain(both)), linear("species"))),
      trial(supervised(domain(both, "all")), linear(both)),
      trial(simclr(domain(both, "all")), linear(both)),
    ]),
    bound,
  );
  const drawn = of("subset", steps).map(({ label, spec }) => [label, spec]);
  assert.deepEqual(drawn, [
    ["both (1M) with unlabelled, seed 1", { size, seed: 1, unlabelled: true }],
    ["species (all), seed 1", { size: null }],
    ["both (all), seed 1", { size: null }],
    ["both (all) with unlabelled, seed 1", { size: null, unlabelled: true }],
  ]);
  const byKey = new Map(steps.map((step) => [step.key, step]));
  const read = of("pretrain", steps).map((
    { spec, needs },
  ) => [spec.method, byKey.get(needs.subset!)!.label]);
  assert.deepEqual(read, [
    ["simclr", "both (1M) with unlabelled, seed 1"],
    ["moco", "both (1M) with unlabelled, seed 1"],
    ["byol", "both (1M) with unlabelled, seed 1"],
    ["supervised", "both (all), seed 1"],
    ["simclr", "both (all) with unlabelled, seed 1"],
  ]);
});

Deno.test("plan() of a role without labels has its sheet, views and corruptions, and nothing that needs labels", () => {
  const { steps, corruptions, testClasses, pictures } = plan(
    conditions([
      trial(simclr(domain(wild)), linear("objects")),
      trial(simclr(domain(wild), { corruption: jpeg(30) }), linear("objects")),
      trial(simclr(pool(domain(wild), domain("objects"))), linear("objects")),
      trial(untrained(), linear("objects")),
    ]),
    bound,
  );
  assert.deepEqual(corruptions.map((one) => one.role), ["wild"]);
  assert.deepEqual(testClasses.map((one) => one.role), ["objects"]);
  assert.deepEqual(pictures.sheets.map((one) => one.role).sort(), ["objects", "wild"]);
  assert.deepEqual(pictures.views.map((one) => one.role), ["wild", "objects"]);
  assert.deepEqual([count(steps).corrupt, count(steps).neighbours], [1, undefined]);
});

Deno.test("plan() refuses what needs labels that a role lacks, by name and before work", () => {
  const at = 'Experiment "test": condition ';
  const lacks =
    "but wild (test wild) has 0 training images, 0 test images and 4400 images without labels";
  for (const probe of [linear(wild), knn(wild), finetune(wild)]) {
    assert.throws(() => plan(conditions([trial(simclr(domain(wild)), probe)]), bound), {
      name: "InputError",
      message:
        `${at}"simclr wild (1M) -> ${probe.kind} wild (all)": the probe "${probe.kind}" needs training and test images with labels, ${lacks}. Probe a role that has both, or add them to its data set`,
    });
  }
  assert.throws(() => plan(conditions([trial(untrained(), scratch(wild))]), bound), {
    message: /the probe "scratch" needs training and test images/,
  });
  assert.throws(
    () => plan(conditions([trial(supervised(domain(wild)), linear("objects"))]), bound),
    {
      name: "InputError",
      message:
        `${at}"supervised wild (1M) -> linear objects (all)": the method "supervised" needs training images with labels, ${lacks}. Use ${
          unlabelledMethods.slice(0, -1).join(", ")
        } or ${unlabelledMethods.at(-1)}, which need no labels, or another role`,
    },
  );
  assert.throws(() => plan(conditions([trial(untrained(), linear(untested))]), bound), {
    message: /but untested \(test untested\) has 100 training images, 0 test images and 0 images/,
  });
  plan(conditions([trial(supervised(domain(untested, "all")), linear("objects"))]), bound);
});

Deno.test("plan() counts what a method may use where a size is larger than that", () => {
  const few = new Map(bound);
  few.set(both, { ...bound.get(both) as PlanDomain, unlabelledImages: 200 });
  const refused = [
    [
      byol(domain(both)),
      'test both has 300 images for the method "byol": 100 training images and 200 without labels',
    ],
    [supervised(domain(both)), "test both has 100 training images"],
  ] as const;
  for (const [encoder, found] of refused) {
    const size = `size "1M" of both is ${mini.sizes["1M"]} images at scale "mini", but ${found}`;
    assert.throws(() => plan(conditions([trial(encoder, linear("objects"))]), few), {
      name: "InputError",
      message: new RegExp(
        `: ${size}\\. Bind a larger data set, or choose a smaller size or scale$`,
      ),
    });
  }
});

Deno.test("expectedBytes() and expectedSeconds() count images without labels where they are used", () => {
  const planned = plan(
    conditions([
      trial(simclr(domain(both, "all")), linear(both)),
      trial(supervised(domain(both, "all")), linear(both)),
    ]),
    bound,
  );
  // Without the floor of steps, which gives few images as many as many.
  const steps = planned.steps.map((step): Step => {
    if (step.kind !== "pretrain" || step.spec.training === undefined) return step;
    const training = { ...step.spec.training, minimumSteps: 0 };
    return { ...step, spec: { ...step.spec, training } };
  });
  const sizes = new Map([...bound.values()].map((one) => [one.id, one]));
  const bytes = expectedBytes(steps, sizes), seconds = expectedSeconds(steps, sizes);
  const bytesOf = (kind: StepKind) => of(kind, steps).map(({ key }) => bytes.get(key)! - 4000);
  assert.deepEqual(bytesOf("ingest"), [(150 + size) * mini.pixels ** 2 * 3]);
  assert.deepEqual(bytesOf("subset"), [4 * (100 + size), 4 * 100]);
  assert.deepEqual(bytesOf("features"), [150 * 64 * 4, 150 * 64 * 4]);
  const [without, labelled] = of("pretrain", steps).map(({ key }) => seconds.get(key)!);
  assert.ok(without! > 10 * labelled!, `${without} and ${labelled}`);
});
