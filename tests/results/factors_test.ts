import assert from "node:assert/strict";
import {
  domain,
  expand,
  experiment,
  fuse,
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
import { subjectOf, varyingFactors } from "@/lib/results/mod.ts";

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
    { temperature: [0.5, temperature, 1] },
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
      "probe’s penalties": ["0.0001, 0.001, 0.01", "0.0001, 0.001, 0.01", "0.1"],
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
      pretrain: ["species & none", "species & species"],
      size: ["1M & none", "1M & 1M"],
    },
  );
  assert.deepEqual(
    table(trial(queue, linear("species")), trial(simclr(source), linear("species"))),
    { method: ["moco", "simclr"], queue: [64, "none"] },
  );
});

Deno.test("varyingFactors() of one condition, or of several levels of it, has none", () => {
  assert.deepEqual(table(trial(simclr(source), linear("species"))), {});
});
