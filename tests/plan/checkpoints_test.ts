import assert from "node:assert/strict";
import {
  architectures,
  checkpoint,
  finetune,
  type FinetuneSettings,
  fuse,
  jpeg,
  knn,
  linear,
  pixels,
  scratch,
  trial,
  untrained,
  vit,
} from "@/dsl/mod.ts";
import {
  expectedBytes,
  expectedSeconds,
  memoryModel,
  plan,
  type PlanEncoder,
  type PlanEncoders,
} from "@/lib/plan/mod.ts";
import { conditions, count, domains, stepsOf } from "@/tests/plan/planned.ts";

const normalisation = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;
const r50: PlanEncoder = {
  sha256: "a".repeat(64),
  network: architectures.resnet50,
  pixels: 224,
  normalisation,
};
const small: PlanEncoder = {
  sha256: "b".repeat(64),
  network: vit({ patch: 8, width: 16, depth: 1, heads: 2, pixels: 48 }),
  layout: "dino",
  pixels: 48,
  normalisation,
  source: "a paper",
  licence: "MIT",
};
const encoders: PlanEncoders = {
  file: "encoders.yaml",
  names: ["r50", "small"],
  named: new Map([["r50", r50], ["small", small]]),
};

Deno.test("plan() of a checkpoint reads its file once, and looks at images at its own size and in its own normalisation", () => {
  const trials = [
    trial(checkpoint("r50"), linear("species")),
    trial(checkpoint("r50"), knn("species", { images: jpeg(5) })),
    trial(checkpoint("small"), linear("species")),
  ];
  const { steps, conditions: planned } = plan(conditions(trials, 2), domains, { encoders });
  assert.deepEqual(stepsOf("import", steps).map(({ label, spec, needs }) => [label, spec, needs]), [
    ["checkpoint r50", { sha256: r50.sha256, network: r50.network }, {}],
    ["checkpoint small", { sha256: small.sha256, network: small.network, layout: "dino" }, {}],
  ]);
  // One for all seeds.
  const features = stepsOf("features", steps), byKey = new Map(steps.map((one) => [one.key, one]));
  assert.deepEqual(features.map(({ spec }) => spec), Array(3).fill({ normalisation }));
  assert.deepEqual(
    features.map(({ needs }) => byKey.get(needs.images!)!.label),
    ["species at 224 px", "all of species, jpeg-5", "species at 48 px"],
  );
  const [corrupted] = stepsOf("corrupt", steps);
  assert.equal(byKey.get(corrupted!.needs.images!)!.label, "species at 224 px");
  assert.equal(count(steps).pretrain, undefined);
  const [first] = planned, [encoder] = first!.condition.encoders;
  assert.equal(byKey.get(first!.encoders[0]!)!.kind, "import");
  assert.deepEqual([encoder!.network, encoder!.checkpoint], [r50.network, "r50"]);
  assert.equal(encoder!.outside!.sha256, r50.sha256);
});

Deno.test("the key of an import follows from what the file holds and how it is read, not from its name, source or normalisation", () => {
  const keyOf = (one: PlanEncoder, name = "r50") => {
    const known = { ...encoders, named: new Map([[name, one]]) };
    const { steps } = plan(conditions([trial(checkpoint(name), linear("species"))]), domains, {
      encoders: known,
    });
    return stepsOf("import", steps)[0]!.key;
  };
  assert.equal(keyOf({ ...r50, pixels: 64, source: "elsewhere" }, "other"), keyOf(r50));
  assert.notEqual(keyOf({ ...r50, sha256: "c".repeat(64) }), keyOf(r50));
  assert.notEqual(keyOf({ ...r50, layout: "moco" }), keyOf(r50));
  assert.notEqual(keyOf({ ...r50, network: architectures.resnet101 }), keyOf(r50));
});

Deno.test("in a fusion each encoder sees images at its own size", () => {
  const trials = [trial(fuse(pixels(), checkpoint("r50"), untrained()), linear("species"))];
  const { steps } = plan(conditions(trials), domains, { encoders });
  const byKey = new Map(steps.map((one) => [one.key, one]));
  const [probe] = stepsOf("probe", steps);
  const seen = [0, 1, 2].map((i) => byKey.get(probe!.needs[`features${i}`]!)!.needs.images!);
  assert.deepEqual(
    seen.map((key) => byKey.get(key)!.label),
    ["species at 32 px", "species at 224 px", "species at 32 px"],
  );
  assert.equal(byKey.get(probe!.needs.images!)!.label, "species at 32 px");
});

Deno.test("plan() fine-tunes a checkpoint at its own size and in its own normalisation", () => {
  const trials = [
    trial(checkpoint("small"), finetune("species")),
    trial(checkpoint("small"), linear("species")),
    trial(untrained(), finetune("species")),
  ];
  const { steps, conditions: planned } = plan(conditions(trials), domains, { encoders });
  const byKey = new Map(steps.map((one) => [one.key, one]));
  const [outside, own] = stepsOf("finetune", steps);
  const seen = ({ spec: { settings, normalisation }, needs }: typeof own & object) => [
    [settings.views[0].augmentation.pixels, settings.wholePixels, normalisation],
    [needs.encoder, needs.images, needs.subset].map((key) => byKey.get(key!)!.label),
  ];
  assert.deepEqual(seen(outside!), [
    [48, 48, normalisation],
    ["checkpoint small", "species at 48 px", "species (all), seed 1"],
  ]);
  const { wholePixels, views } = conditions(trials)[2]!.probe.settings as FinetuneSettings;
  const [pixels, untouched] = seen(own!);
  assert.deepEqual(pixels, [views[0].augmentation.pixels, wholePixels, undefined]);
  assert.deepEqual(untouched![1], "species at 32 px");
  // The linear classifier looks at the same images.
  const [probe] = stepsOf("probe", steps);
  assert.equal(probe!.needs.images, outside!.needs.images);
  assert.equal(probe!.needs.subset, outside!.needs.subset);
  // What the report tells of it is what was done.
  const told = planned[0]!.condition.probe.settings as FinetuneSettings;
  assert.deepEqual(told, outside!.spec.settings);
});

Deno.test("what a declaration says of how a checkpoint is fine-tuned stands, its views and the size of whole images too", () => {
  const [recipe] = conditions([trial(checkpoint("small"), finetune("species"))]);
  const { views: [group], learningRates } = recipe!.probe.settings as FinetuneSettings;
  const views = [{
    ...group,
    augmentation: { ...group.augmentation, pixels: 40, flip: 0 },
  }] as const;
  const given = [{ wholePixels: 32 }, { views }, { learningRates: [0.01], epochs: 3 }] as const;
  const trials = given.map((settings) =>
    trial(checkpoint("small"), finetune("species", { settings }))
  );
  const { steps, conditions: planned } = plan(conditions(trials), domains, { encoders });
  const tuned = stepsOf("finetune", steps).map(({ spec: { settings } }) => settings);
  assert.deepEqual(
    tuned.map(({ views: [{ augmentation }], wholePixels, learningRates }) => [
      ...[augmentation.pixels, augmentation.flip, wholePixels, learningRates.length],
    ]),
    [
      [48, group.augmentation.flip, 32, learningRates.length],
      [40, 0, 48, learningRates.length],
      [48, group.augmentation.flip, 48, 1],
    ],
  );
  assert.equal(tuned[2]!.epochs, 3);
  assert.deepEqual(planned.map(({ condition }) => condition.probe.settings), tuned);
});

Deno.test("plan() knows what a checkpoint takes: its file, its features, and the memory at its own size", () => {
  const { steps } = plan(conditions([trial(checkpoint("r50"), linear("species"))]), domains, {
    encoders,
  });
  const sizes = new Map([...domains.values()].map((one) => [one.id, one]));
  const [imported] = stepsOf("import", steps), [features] = stepsOf("features", steps);
  const bytes = expectedBytes(steps, sizes), seconds = expectedSeconds(steps, sizes);
  // 23.5 million weights and 53,120 running statistics.
  assert.equal(bytes.get(imported!.key), 4000 + 4 * (23_508_032 + 53_120));
  assert.equal(bytes.get(features!.key), 4000 + 4 * 7500 * 2048);
  assert.ok(seconds.get(imported!.key)! < 10);
  // 4 billion multiply-adds an image.
  const rate = 7500 * 4.1e9 / seconds.get(features!.key)!;
  assert.ok(rate > 1e10 && rate < 1e12, `${rate}`);
  const { host, device } = memoryModel(steps, sizes).heldBy(features!);
  assert.ok(host > 4 * 6000 * 2048 && device > 4 * 23.5e6 && device < 4e9);
});

Deno.test("plan() refuses a checkpoint that is not named, with what is near, and to begin from scratch with one", () => {
  const mistakes = [
    [
      trial(checkpoint("r5"), linear("species")),
      'encoders.yaml names no encoder "r5"',
      'Did you mean "r50"? It has r50, small: choose one, or add it',
    ],
    [
      trial(checkpoint("small"), scratch("species")),
      'the probe "scratch" begins with initial weights, but the encoder is "small"',
      "Use untrained() with scratch(), or finetune() for this encoder",
    ],
  ] as const;
  for (const [wrong, problem, remedy] of mistakes) {
    const place = 'mine.ts:3: condition "' + conditions([wrong])[0]!.name + '"';
    assert.throws(
      () => plan(conditions([wrong]), domains, { encoders, placeOf: () => "mine.ts:3" }),
      { place, problem, remedy },
    );
  }
  assert.throws(() => plan(conditions([trial(checkpoint("r50"), linear("species"))]), domains), {
    problem: 'checkpoint("r50") is named by no file, for there is no encoders.yaml',
  });
});
