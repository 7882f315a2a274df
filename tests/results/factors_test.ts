import assert from "node:assert/strict";
import {
  domain,
  downsample,
  expand,
  experiment,
  type FactorName,
  factorNames,
  fuse,
  jpeg,
  linear,
  methods,
  mini,
  moco,
  perClass,
  resnet,
  scale,
  simclr,
  type Trial,
  trial,
  untrained,
} from "@/dsl/mod.ts";
import { factorOf, subjectOf, varyingFactors } from "@/lib/results/mod.ts";

function subjectsOf(...trials: readonly Trial[]) {
  const own = experiment({ id: "own", title: "t", question: "q", reference: "r", trials });
  return expand(own, mini, { seeds: 1 }).map((one) => subjectOf(one, "finest", null));
}

function table(...trials: readonly Trial[]): Record<string, readonly (string | number)[]> {
  const subjects = subjectsOf(...trials);
  return Object.fromEntries(
    varyingFactors(subjects).map(({ name, valueOf }) => [name, subjects.map(valueOf)]),
  );
}

const source = domain("species");

Deno.test("varyingFactors() has a setting as a number, the recipe's own where it was not set", () => {
  const { temperature } = methods.simclr.recipes.mini;
  assert.deepEqual(
    table(
      trial(simclr(source, { training: { temperature: 0.5 } }), linear("species")),
      trial(simclr(source), linear("species")),
      trial(simclr(source, { training: { temperature: 1 } }), linear("species")),
    ),
    { "training.temperature": [0.5, temperature, 1] },
  );
});

Deno.test("varyingFactors() has network, scale, size and labels in the words of their declarations", () => {
  const network = resnet({ blocks: [1], width: 32 });
  const wide = scale({ ...mini, name: "wide", pixels: 40 });
  assert.deepEqual(
    table(
      trial(simclr(source, { network }), linear("species")),
      trial(simclr(source), linear("species", { labels: perClass(5) }), { scale: wide }),
      trial(untrained(), linear("species", { settings: { penalties: [0.1] } })),
    ),
    {
      scale: ["mini", "wide", "mini"],
      method: ["simclr", "simclr", "none"],
      pretrain: ["species", "species", "none"],
      size: ["1M", "1M", "none"],
      network: ["ResNet 1 width 32", "ResNet 1-1-1 width 16", "ResNet 1-1-1 width 16"],
      labels: ["all", "5 a class", "all"],
      "settings.penalties": ["0.0001, 0.001, 0.01", "0.0001, 0.001, 0.01", "0.1"],
    },
  );
});

Deno.test("varyingFactors() has of a fusion what its encoders have, and of a method without a setting none", () => {
  const queue = moco(source, { training: { queue: 64 } });
  assert.deepEqual(
    table(
      trial(fuse(queue, untrained()), linear("species")),
      trial(fuse(queue, simclr(source)), linear("species")),
    ),
    {
      method: ["moco & none", "moco & simclr"],
      pretrain: ["species & none", "species"],
      size: ["1M & none", "1M"],
    },
  );
  assert.deepEqual(
    table(trial(queue, linear("species")), trial(simclr(source), linear("species"))),
    { method: ["moco", "simclr"], "training.queue": [64, "none"] },
  );
});

Deno.test("varyingFactors() leaves out what the encoders of a fusion share with those alone, but for their methods", () => {
  const own = simclr(source), other = moco(source), replica = simclr(source, { replica: 1 });
  const probe = linear("species");
  assert.deepEqual(table(trial(own, probe), trial(other, probe), trial(fuse(own, other), probe)), {
    method: ["simclr", "moco", "simclr & moco"],
  });
  assert.deepEqual(table(trial(own, probe), trial(fuse(own, replica), probe)), {
    method: ["simclr", "simclr & simclr"],
    replica: [0, "0 & 1"],
  });
});

Deno.test("varyingFactors() of one condition, or of several levels of it, has none", () => {
  assert.deepEqual(table(trial(simclr(source), linear("species"))), {});
});

Deno.test("factorOf() reads settings by their path, and the parameters of corruptions and networks", () => {
  const [subject] = subjectsOf(
    trial(
      simclr(source, { corruption: jpeg(10), network: resnet({ blocks: [1, 2], width: 8 }) }),
      linear("species", { images: downsample(4) }),
    ),
  );
  const { optimizer } = methods.simclr.recipes.mini;
  const read: { readonly [N in FactorName]?: string | number } = {
    "training.optimizer.weightDecay": optimizer.weightDecay,
    "training.optimizer.name": optimizer.name,
    "training.queue": "none",
    "corruption.quality": 10,
    "corruption.factor": "none",
    "images.factor": 4,
    "network.width": 8,
    "network.blocks": "1, 2",
    "settings.heldOut": mini.knn.heldOut,
  };
  for (const [name, value] of Object.entries(read)) {
    assert.equal(factorOf(name as FactorName).valueOf(subject!), value, name);
  }
});

Deno.test("factorOf() tells what has no value apart by its method, its corruption or its probe", () => {
  const [clean, floor] = subjectsOf(
    trial(simclr(source), linear("species")),
    trial(untrained(), linear("species")),
  );
  assert.equal(factorOf("corruption.quality").insteadOf(clean!), "clean");
  assert.equal(factorOf("size").insteadOf(floor!), "none");
  assert.equal(factorOf("training.temperature").insteadOf(floor!), "none");
  assert.equal(factorOf("settings.neighbours").insteadOf(clean!), "linear");
});

Deno.test("factorOf() knows every factor that can be named, each by a title of its own", () => {
  const [subject] = subjectsOf(trial(simclr(source), linear("species")));
  const all = factorNames.map(factorOf);
  for (const { name, valueOf } of all) assert.notEqual(valueOf(subject!), undefined, name);
  assert.equal(new Set(all.map(({ title }) => title)).size, all.length);
});
