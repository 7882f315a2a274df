import assert from "node:assert/strict";
import {
  byol,
  type Condition,
  domain,
  expand,
  experiment,
  fuse,
  jpeg,
  linear,
  methods,
  moco,
  pool,
  scaleNames,
  scaleOf,
  simclr,
  sizes,
  supervised,
  trial,
  untrained,
} from "@/dsl/mod.ts";
import { dataDomain } from "@/experiments/data_domain.ts";
import { methods as comparedMethods } from "@/experiments/methods.ts";
import { experiments } from "@/experiments/mod.ts";

const mini = scaleOf("mini");

Deno.test("expand() writes every default out as plain JSON", () => {
  const conditions = expand(dataDomain, mini, { seeds: 2 });
  assert.deepEqual(JSON.parse(JSON.stringify(conditions)), conditions);
  const one = conditions.find((condition) =>
    condition.name === "simclr species (1M) -> linear scenes (all)" && condition.seed === 2
  )!;
  assert.deepEqual(one.encoders[0]!.sources, [{
    role: "species",
    size: "1M",
    images: mini.sizes["1M"],
  }]);
  assert.deepEqual(one.encoders[0]!.training, methods.simclr.recipes.mini);
  assert.deepEqual(one.probe.labels, { role: "scenes", size: "all", images: null });
  assert.ok(Object.isFrozen(one.probe));
});

Deno.test("expand() of Table 1 gives 4 x 4 SimCLR, 4 supervised and 4 untrained conditions a seed", () => {
  const count = (conditions: readonly Condition[], method: string) =>
    conditions.filter((one) => one.encoders[0]!.method === method).length;
  const conditions = expand(dataDomain, mini, { seeds: 3 });
  assert.equal(count(conditions, "simclr"), 48);
  assert.equal(count(conditions, "supervised"), 12);
  assert.equal(count(conditions, "none"), 12);
  assert.equal(new Set(conditions.map((one) => `${one.name} ${one.seed}`)).size, 72);
});

Deno.test("expand() begins with the seed that it is told", () => {
  const conditions = expand(dataDomain, mini, { seeds: 2, firstSeed: 3 });
  assert.deepEqual([...new Set(conditions.map(({ seed }) => seed))], [3, 4]);
});

Deno.test("expand() leaves out what goes beyond the paper, unless it is asked for", () => {
  const methodsOf = (conditions: readonly Condition[]) =>
    new Set(conditions.map(({ encoders: [encoder] }) => encoder!.method));
  const asked = expand(comparedMethods, mini),
    all = expand(comparedMethods, mini, { beyond: true });
  assert.deepEqual(all.slice(0, asked.length), asked);
  const papers = ["simclr", "moco", "byol", "none", "supervised"];
  assert.deepEqual([...methodsOf(asked)], papers);
  assert.deepEqual([...methodsOf(all)], [...papers, "barlow", "vicreg", "simsiam", "dino"]);
  for (const one of experiments) {
    assert.equal(expand(one, mini, { seeds: 1 }).length, one.trials.length, one.id);
  }
});

Deno.test("expand() carries pools, fusions, corruptions, budgets, levels", () => {
  const wide = experiment({
    id: "wide",
    title: "t",
    question: "q",
    reference: "r",
    trials: [
      trial(simclr(pool(domain("species", "250k"), domain("scenes", "250k"))), linear("species")),
      trial(
        fuse(simclr(domain("species")), supervised(domain("objects", "all"))),
        linear("species"),
      ),
      trial(
        simclr(domain("objects"), { corruption: jpeg(30), budget: "steps" }),
        linear("objects"),
        {
          granularity: ["family"],
        },
      ),
      trial(untrained(), linear("species", { labels: "10k" }), { granularity: "all" }),
    ],
  });
  const [pooled, fused, corrupted, floor] = expand(wide, mini, { seeds: 1 }) as [
    Condition,
    Condition,
    Condition,
    Condition,
  ];
  assert.deepEqual(pooled.encoders[0]!.sources.map((part) => part.role), ["species", "scenes"]);
  assert.equal(fused.encoders.length, 2);
  assert.deepEqual(corrupted.encoders[0]!.corruption, { kind: "jpeg", quality: 30 });
  assert.equal(corrupted.encoders[0]!.budget, "steps");
  const { epochs, batch } = methods.simclr.recipes.mini;
  assert.equal(
    corrupted.encoders[0]!.training!.minimumSteps,
    epochs * Math.floor(mini.sizes["1M"] / batch),
  );
  assert.deepEqual(corrupted.granularity, ["family"]);
  assert.equal(floor.encoders[0]!.training, null);
  assert.equal(
    corrupted.name,
    "simclr objects (1M), jpeg-30, equal steps -> linear objects (all) at family",
  );
});

Deno.test("expand() gives each method its own training", () => {
  const source = domain("species");
  const all = experiment({
    id: "methods",
    title: "t",
    question: "q",
    reference: "r",
    trials: [simclr(source), moco(source), byol(source), supervised(source)].map((encoder) =>
      trial(encoder, linear("species"))
    ),
  });
  const trainings = expand(all, mini, { seeds: 1 }).map(({ encoders }) => encoders[0]!.training);
  assert.deepEqual(trainings, [
    methods.simclr.recipes.mini,
    methods.moco.recipes.mini,
    methods.byol.recipes.mini,
    methods.supervised.recipes.mini,
  ]);
});

Deno.test("seeds come from the command, else the experiment, else the scale", () => {
  const one = (seeds?: number) =>
    experiment({
      id: "one",
      title: "t",
      question: "q",
      reference: "r",
      trials: [trial(untrained(), linear("species"))],
      ...seeds === undefined ? {} : { seeds },
    });
  assert.equal(expand(one(), mini).length, mini.seeds);
  assert.deepEqual(expand(one(2), mini).map(({ seed }) => seed), [1, 2]);
  assert.equal(expand(one(2), mini, { seeds: 5 }).length, 5);
});

Deno.test("expand() counts labels by the scale's labels, and images by its sizes", () => {
  const few = experiment({
    id: "few",
    title: "t",
    question: "q",
    reference: "r",
    trials: [trial(simclr(domain("species", "50k")), linear("species", { labels: "50k" }))],
  });
  const [{ encoders, probe }] = expand(few, mini) as [Condition];
  assert.equal(encoders[0]!.sources[0]!.images, mini.sizes["50k"]);
  assert.equal(probe.labels.images, mini.labels["50k"]);
  assert.notEqual(mini.labels["50k"], mini.sizes["50k"]);
});

Deno.test("images and labels grow in the paper's order at every scale, and fit the built-in worlds", () => {
  for (const name of scaleNames) {
    const scale = scaleOf(name);
    for (const numbers of [scale.sizes, scale.labels]) {
      const counts = sizes.filter((size) => size !== "all").map((size) => numbers[size]);
      for (let i = 1; i < counts.length; i++) assert.ok(counts[i]! > counts[i - 1]!, name);
      assert.ok(counts.at(-1)! <= scale.world.train, name);
    }
  }
});
