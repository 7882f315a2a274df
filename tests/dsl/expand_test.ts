import assert from "node:assert/strict";
import {
  byol,
  type Condition,
  domain,
  expand,
  experiment,
  finetune,
  fuse,
  images,
  jpeg,
  linear,
  methods,
  moco,
  perClass,
  pool,
  resnet,
  scale,
  scaleNames,
  scaleOf,
  scalesOf,
  simclr,
  sizes,
  supervised,
  type Trial,
  trial,
  untrained,
} from "@/dsl/mod.ts";
import { dataDomain } from "@/experiments/data_domain.ts";
import { methods as comparedMethods } from "@/experiments/methods.ts";
import { experiments } from "@/experiments/mod.ts";

const mini = scaleOf("mini");

function own(...trials: readonly Trial[]) {
  return experiment({ id: "own", title: "t", question: "q", reference: "r", trials });
}

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
  assert.deepEqual(probe.labels, { role: "species", size: "50k", images: mini.labels["50k"] });
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

Deno.test("expand() puts the settings of a declaration in the place of its recipe's, and names them", () => {
  const training = { temperature: 0.5, epochs: 24, optimizer: mini.finetune.optimizer } as const;
  const [one, other] = expand(
    own(
      trial(simclr(domain("species"), { training, replica: 1 }), linear("species")),
      trial(
        simclr(domain("species"), { training: { minimumSteps: 0, epochs: 3 } }),
        linear("species"),
      ),
    ),
    mini,
    { seeds: 1 },
  );
  const recipe = methods.simclr.recipes.mini;
  assert.deepEqual(one!.encoders[0]!.training, {
    ...recipe,
    ...training,
    // Twice the epochs, and twice the least steps.
    minimumSteps: 2 * recipe.minimumSteps,
  });
  assert.deepEqual(one!.encoders[0]!.changes, {
    settings: training,
    text: "temperature 0.5, epochs 24, optimizer (the recipe’s)",
  });
  assert.equal(
    one!.name,
    "simclr species (1M), temperature 0.5, epochs 24, optimizer (the recipe’s), replica 1 -> linear species (all)",
  );
  assert.equal(other!.encoders[0]!.training!.minimumSteps, 0);
  assert.equal(
    other!.name,
    "simclr species (1M), minimumSteps 0, epochs 3 -> linear species (all)",
  );
});

Deno.test("expand() keeps a budget of steps to the epochs and the batch that are set", () => {
  const training = { epochs: 5, batch: 128 };
  const [one] = expand(
    own(trial(simclr(domain("species", "50k"), { budget: "steps", training }), linear("species"))),
    mini,
  );
  const { minimumSteps, epochs } = methods.simclr.recipes.mini;
  assert.equal(
    one!.encoders[0]!.training!.minimumSteps,
    Math.max(Math.round(minimumSteps * 5 / epochs), 5 * Math.floor(mini.sizes["1M"] / 128)),
  );
});

Deno.test("expand() gives an encoder the network of its declaration, and a probe its settings", () => {
  const network = resnet({ blocks: [2, 2], width: 8 });
  const [trained, floor, tuned] = expand(
    own(
      trial(simclr(domain("species"), { network }), linear("species")),
      trial(untrained({ network }), linear("species")),
      trial(untrained(), finetune("species", { settings: { epochs: 3 } })),
    ),
    mini,
    { seeds: 1 },
  );
  assert.deepEqual(trained!.encoders[0]!.network, network);
  assert.equal(trained!.encoders[0]!.ownNetwork, true);
  assert.equal(trained!.name, "simclr species (1M), ResNet 2-2 width 8 -> linear species (all)");
  assert.equal(floor!.name, "none, ResNet 2-2 width 8 -> linear species (all)");
  assert.deepEqual(tuned!.encoders[0]!.network, mini.network);
  assert.deepEqual(tuned!.probe.settings, { ...mini.finetune, epochs: 3 });
  assert.equal(tuned!.name, "none -> finetune species (all), epochs 3");
});

Deno.test("expand() counts images and labels that are given as numbers, and leaves those a class to be drawn", () => {
  const [one] = expand(
    own(trial(simclr(domain("species", images(300))), linear("species", { labels: perClass(5) }))),
    mini,
    { seeds: 1 },
  );
  assert.deepEqual(one!.encoders[0]!.sources, [{
    role: "species",
    size: "300 images",
    images: 300,
  }]);
  assert.deepEqual(one!.probe.labels, { role: "species", size: "5 a class", perClass: 5 });
  assert.equal(one!.name, "simclr species (300 images) -> linear species (5 a class)");
});

Deno.test("expand() works a trial at the scale that it names, in the command's precision and number of seeds", () => {
  const wide = scale({
    ...mini,
    name: "wide",
    pixels: 40,
    network: resnet({ blocks: [1], width: 32 }),
    seeds: 5,
  });
  const encoder = simclr(domain("species"));
  const mixed = own(
    trial(encoder, linear("species")),
    trial(encoder, linear("species"), { scale: wide }),
    trial(encoder, linear("species"), { scale: "smoke" }),
  );
  const command = scaleOf("mini", { precision: "bfloat16" });
  const conditions = expand(mixed, command, { seeds: 1 });
  assert.deepEqual(
    conditions.map(({ scale, ownScale, pixels, name }) => [scale, ownScale, pixels, name]),
    [
      ["mini", false, 32, "simclr species (1M) -> linear species (all)"],
      ["wide", true, 40, "simclr species (1M) -> linear species (all), scale wide"],
      ["smoke", true, 24, "simclr species (1M) -> linear species (all), scale smoke"],
    ],
  );
  const [, second, third] = conditions.map(({ encoders }) => encoders[0]!);
  assert.deepEqual(second!.training, { ...methods.simclr.recipes.mini, precision: "bfloat16" });
  assert.deepEqual(second!.network, wide.network);
  assert.deepEqual(third!.training, { ...methods.simclr.recipes.smoke, precision: "bfloat16" });
  assert.equal(third!.sources[0]!.images, scaleOf("smoke").sizes["1M"]);
  assert.equal(expand(mixed, mini).length, 3 * mini.seeds);
  assert.deepEqual(scalesOf(mixed, mini).map(({ name }) => name), ["mini", "wide", "smoke"]);
});
