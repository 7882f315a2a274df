import assert from "node:assert/strict";
import {
  type Condition,
  domain,
  expand,
  finetune,
  fuse,
  knn,
  linear,
  methods,
  moco,
  role,
  scratch,
  simclr,
  supervised,
  type Trial,
  trial,
  untrained,
  type Vit,
  vit,
} from "@/dsl/mod.ts";
import { dataDomain } from "@/experiments/data_domain.ts";
import { makeStep, plan, stepKey } from "@/lib/plan/mod.ts";
import { conditions, count, domains, mini, stepsOf } from "@/tests/plan/planned.ts";

// A changed literal means that every result made so far counts as another recipe: change it on purpose or not at all.
Deno.test("stepKey() gives the pinned keys", () => {
  assert.equal(
    stepKey({ kind: "ingest", spec: { dataset: "d", pixels: 32 }, needs: {} }),
    "38c5c0ca882d0f7e17c7088348c3f6e70570923c30a6f883f0e030ca5f919f72",
  );
  assert.equal(
    stepKey({ kind: "subset", spec: { size: 10, seed: 1 }, needs: { images: "a" } }),
    "b10f488b176f249180bd7b674e8b90126bf8476368797810350b9a472c8cddfc",
  );
});

Deno.test("stepKey() depends on kind, spec and needs, not on their order or on the label", () => {
  const recipe = { kind: "subset", spec: { size: 10, seed: 1 }, needs: { images: "a" } } as const;
  const key = stepKey(recipe);
  assert.equal(stepKey({ ...recipe, spec: { seed: 1, size: 10 } }), key);
  assert.equal(makeStep(recipe, "one").key, makeStep(recipe, "two").key);
  assert.notEqual(stepKey({ ...recipe, spec: { size: 10, seed: 2 } }), key);
  assert.notEqual(stepKey({ ...recipe, needs: { images: "b" } }), key);
  assert.notEqual(stepKey({ ...recipe, kind: "sheet" }), key);
});

Deno.test("plan() of Table 1 shares every piece of work that conditions have in common", () => {
  const { steps, conditions: planned, pictures: { sheets } } = plan(
    expand(dataDomain, mini, { seeds: 1 }),
    domains,
  );
  assert.deepEqual(count(steps), {
    ingest: 4,
    subset: 8,
    // 4 SimCLR, 4 supervised, and one untrained for all four columns.
    pretrain: 9,
    classes: 4,
    features: 24,
    probe: 24,
    score: 24,
    sheet: 4,
    // SimCLR and supervised training make views of their own.
    views: 8,
    neighbours: 4,
  });
  assert.equal(planned.length, 24);
  assert.deepEqual(sheets.map((sheet) => sheet.role).sort(), [
    "aerial",
    "objects",
    "scenes",
    "species",
  ]);
});

Deno.test("plan() puts each step after all that it needs", () => {
  const { steps } = plan(expand(dataDomain, mini, { seeds: 2 }), domains);
  const seen = new Set<string>();
  for (const step of steps) {
    for (const key of Object.values(step.needs)) assert.ok(seen.has(key), step.label);
    seen.add(step.key);
  }
});

Deno.test("plan() merges two experiments that ask for the same", () => {
  const trials = [trial(simclr(domain("species")), linear("species"))];
  const twice = [
    ...conditions(trials),
    ...conditions(trials).map((one) => ({ ...one, experiment: "other" })),
  ];
  const { steps, conditions: planned } = plan(twice, domains);
  assert.equal(count(steps).pretrain, 1);
  assert.equal(planned[0]!.score, planned[1]!.score);
});

Deno.test("plan() trains one encoder and extracts one set of features for every label count", () => {
  const encoder = simclr(domain("species"));
  const { steps } = plan(
    conditions([
      trial(encoder, linear("species", { labels: "10k" })),
      trial(encoder, linear("species", { labels: "1M" })),
    ]),
    domains,
  );
  assert.deepEqual(count(steps), {
    ingest: 1,
    // The 1M subset serves the pretraining and the probe.
    subset: 2,
    pretrain: 1,
    classes: 1,
    features: 1,
    probe: 2,
    score: 2,
    sheet: 1,
    views: 1,
    neighbours: 1,
  });
});

Deno.test("plan() gives another encoder for another seed, data set, or recipe", () => {
  const trials = [trial(simclr(domain("species")), linear("species"))];
  const pretrainKey = (list: readonly Condition[], of = domains) =>
    plan(list, of).steps.find((step) => step.kind === "pretrain")!.key;
  const [one, two] = conditions(trials, 2) as [Condition, Condition];
  const other = new Map(domains).set("species", { ...domains.get("species")!, id: "other" });
  const encoder = one.encoders[0]!;
  const longer = {
    ...one,
    encoders: [{ ...encoder, training: { ...encoder.training!, epochs: 99 } }],
  };
  const keys = [
    pretrainKey([one]),
    pretrainKey([two]),
    pretrainKey([one], other),
    pretrainKey([longer]),
  ];
  assert.equal(new Set(keys).size, 4);
});

/** A clean condition, written out so that its recipe stays when scales change. */
function writtenOut(): Condition {
  const amount = { role: "species", size: "1M", images: 4400 };
  return {
    experiment: "test",
    name: "test",
    scale: "mini",
    ownScale: false,
    pixels: 32,
    seed: 1,
    encoders: [{
      method: "simclr",
      sources: [amount],
      corruption: { kind: "clean" },
      budget: "recipe",
      replica: 0,
      network: { blocks: [1] },
      ownNetwork: false,
      changes: { settings: {}, text: "" },
      training: {
        method: "simclr",
        epochs: 2,
        views: [{ count: 2, augmentation: { blur: 0 } }],
        optimizer: { name: "sgd" },
      },
    }],
    probe: {
      kind: "linear",
      labels: { ...amount, size: "all", images: null },
      corruption: { kind: "clean" },
      settings: {},
      changes: { settings: {}, text: "" },
    },
    granularity: "finest",
  } as unknown as Condition;
}

// As with stepKey(): changed literals mean that every clean result made so far counts as another recipe.
Deno.test("plan() gives a clean condition the pinned keys", () => {
  const { steps } = plan([writtenOut()], domains);
  const keys = steps.filter(({ kind }) => !["sheet", "views", "neighbours"].includes(kind))
    .map(({ kind, key }) => `${kind} ${key.slice(0, 12)}`);
  assert.deepEqual(keys, [
    "ingest 7201ebffae37",
    "subset 590ea309edc3",
    "pretrain fd83632bdf9e",
    "features 232854069e54",
    "subset 165f652cc6ad",
    "probe c696644b06cd",
    "score 884127ae73f5",
    "classes 671ca0b69510",
  ]);
});

Deno.test("plan() names levels, the first of them finest", () => {
  const trials = [trial(untrained(), linear("species"), { granularity: "all" })];
  const { steps, conditions: [planned] } = plan(conditions(trials), domains);
  assert.deepEqual(stepsOf("score", steps)[0]!.spec.levels, [
    "finest",
    "branch",
    "root",
  ]);
  // Of the root one class has more than half of the leaves.
  assert.equal(planned!.coarsest, "branch");
  const [finest] = plan(conditions([trial(untrained(), linear("species"))]), domains).conditions;
  assert.equal(finest!.coarsest, null);
});

Deno.test("plan() refuses a probe that does not fit its representation", () => {
  const refused: readonly (readonly [Trial, RegExp])[] = [
    [
      trial(fuse(simclr(domain("species")), supervised(domain("species"))), finetune("species")),
      /the probe "finetune" trains one network, but 2 are fused\. Use "linear" or "knn"/,
    ],
    [
      trial(simclr(domain("species")), scratch("species")),
      /the probe "scratch" begins with initial weights, but the encoder is "simclr"\. Use untrained/,
    ],
  ];
  for (const [one, message] of refused) {
    assert.throws(() => plan(conditions([one]), domains), { name: "InputError", message });
  }
});

Deno.test("plan() of a fusion reads the features of each encoder, which other probes share", () => {
  const [one, other] = [simclr(domain("species")), supervised(domain("objects"))];
  const trials = [
    trial(fuse(one, other), linear("species")),
    trial(one, linear("species")),
    trial(one, knn("species")),
  ];
  const { steps } = plan(conditions(trials), domains);
  assert.deepEqual(count(steps).features, 2);
  const [fused, , neighbours] = stepsOf("probe", steps);
  assert.deepEqual(Object.keys(fused!.needs).sort(), [
    "features0",
    "features1",
    "images",
    "subset",
  ]);
  assert.equal(neighbours!.spec.probe, "knn");
  assert.deepEqual(neighbours!.spec.settings, {
    ...mini.knn,
    neighbours: [...mini.knn.neighbours],
  });
});

Deno.test("plan() of fine-tuning begins with an encoder, and from scratch with an untrained one", () => {
  const few = { labels: "50k" } as const;
  const trials = [
    trial(moco(domain("species")), finetune("species", few)),
    trial(untrained(), scratch("species", few)),
  ];
  const { steps, conditions: planned } = plan(conditions(trials), domains);
  assert.deepEqual([count(steps).finetune, count(steps).features], [2, undefined]);
  for (const [i, { probe, encoders }] of planned.entries()) {
    const step = steps.find(({ key }) => key === probe)!;
    assert.deepEqual(Object.keys(step.needs).sort(), ["encoder", "images", "subset"]);
    assert.equal(step.needs.encoder, encoders[0]);
    const pretrainings = stepsOf("pretrain", steps);
    const { spec } = pretrainings.find(({ key }) => key === encoders[0])!;
    assert.equal(spec.method, ["moco", "none"][i]);
  }
});

Deno.test("plan() has one step for encoders whose budgets come to the same", () => {
  const trainingsOf = (size: "50k" | "1M") => {
    const trials = (["recipe", "epochs", "steps"] as const).map((budget) =>
      trial(simclr(domain("species", size), { budget }), linear("species"))
    );
    const { steps, conditions: planned } = plan(conditions(trials), domains);
    assert.equal(planned.length, 3);
    return stepsOf("pretrain", steps);
  };
  const { epochs, batch, minimumSteps } = methods.simclr.recipes.mini;
  const ofLargest = epochs * Math.floor(mini.sizes["1M"] / batch);
  const leastSteps = trainingsOf("50k").map(({ spec }) => spec.training!.minimumSteps);
  assert.deepEqual(leastSteps, [...new Set([minimumSteps, 0, ofLargest])]);
});

Deno.test("plan() refuses a size larger than its domain, naming place, value and remedy", () => {
  const small = new Map(domains).set("species", { ...domains.get("species")!, trainImages: 100 });
  const trials = [trial(simclr(domain("species", "1M")), linear("species"))];
  assert.throws(() => plan(conditions(trials), small), {
    message:
      `Experiment "test": condition "simclr species (1M) -> linear species (all)": size "1M" of species is ${
        mini.sizes["1M"]
      } images at scale "mini", but test species has 100 training images. Bind a larger data set, or choose a smaller size or scale`,
  });
});

Deno.test("plan() tells all that is wrong at once, each thing once for all conditions that have it", () => {
  const small = new Map(domains).set("species", { ...domains.get("species")!, trainImages: 100 });
  const trials = [
    trial(simclr(domain("species", "1M")), linear("species"), { granularity: ["genus", "kind"] }),
    trial(moco(domain("species", "1M")), linear("species")),
    trial(simclr(domain("objects", "1M")), scratch(role("plankton"))),
  ];
  assert.throws(() => plan(conditions(trials, 2), small), {
    name: "InputErrors",
    message: [
      `Experiment "test": condition "simclr species (1M) -> linear species (all) at genus, kind" and 1 more: size "1M" of species is ${
        mini.sizes["1M"]
      } images at scale "mini", but test species has 100 training images. Bind a larger data set, or choose a smaller size or scale`,
      ...["genus", "kind"].map((level) =>
        `Experiment "test": condition "simclr species (1M) -> linear species (all) at genus, kind": level "${level}" is not in the label tree of test species. Choose among leaf, branch, root`
      ),
      ...[
        'the probe "scratch" begins with initial weights, but the encoder is "simclr". Use untrained() with scratch(), or finetune() for this encoder',
        'role "plankton" is bound to no data set. Add "plankton: { dataset: image-folder, path: … }" to data.yaml, or to the file given with --data',
      ].map((wrong) =>
        `Experiment "test": condition "simclr objects (1M) -> scratch plankton (all)": ${wrong}`
      ),
    ].join("\n"),
  });
});

Deno.test("plan() refuses to learn from a single image", () => {
  const single = new Map(domains).set("species", { ...domains.get("species")!, trainImages: 1 });
  for (const encoder of [untrained(), simclr(domain("species", "all"))]) {
    assert.throws(
      () => plan(conditions([trial(encoder, linear("species"))]), single),
      /size "all" of species is 1 image\. At least 2 are needed/,
    );
  }
});

Deno.test("plan() refuses an unbound role and a level that the tree lacks", () => {
  assert.throws(
    () => plan(conditions([trial(untrained(), linear(role("plankton")))]), domains),
    /role "plankton" is bound to no data set\. Add "plankton: /,
  );
  const trials = [trial(untrained(), linear("species"), { granularity: ["genus"] })];
  assert.throws(
    () => plan(conditions(trials), domains),
    /level "genus" is not in the label tree of test species\. Choose among leaf, branch, root/,
  );
  assert.throws(() => plan([], domains), /there is no condition to run/);
});

Deno.test("plan() refuses a transformer whose patches are larger than the images or views that it sees", () => {
  const network = vit({ patch: 24, width: 12, depth: 1, heads: 3, pixels: 48 });
  const [view] = methods.simclr.recipes.mini.views;
  const views = [{ ...view, augmentation: { ...view.augmentation, pixels: 24 } }] as const;
  const seen = simclr(domain("species"), { network, training: { views } });
  assert.ok(plan(conditions([trial(seen, linear("species"))]), domains).steps.length > 0);
  for (
    const [wrong, side] of [
      [trial(simclr(domain("species"), { network }), linear("species")), view.augmentation.pixels],
      [trial(seen, finetune("species")), mini.finetune.views[0].augmentation.pixels],
      [
        trial(
          untrained({ network: vit({ ...shapeOf(network), patch: 48, pixels: 48 }) }),
          knn("species"),
        ),
        32,
      ],
    ] as const
  ) {
    assert.throws(() => plan(conditions([wrong]), domains), {
      problem: new RegExp(`^a network with patches of \\d+ px sees images of ${side} px$`),
      remedy: "Choose a larger scale, larger views, or another network",
    });
  }
});

function shapeOf({ family: _, ...shape }: Vit) {
  return shape;
}
