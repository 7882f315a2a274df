import assert from "node:assert/strict";
import {
  best,
  claim,
  difference,
  domain,
  expand,
  experiment,
  grid,
  linear,
  mean,
  ratio,
  scaleOf,
  share,
  simclr,
  untrained,
} from "@/dsl/mod.ts";
import { sidesOf, takenBy } from "@/lib/results/sides.ts";
import { subjectOf } from "@/lib/results/subject.ts";

const own = mean({ pretrain: "species" }), none = mean({ method: "none" });

Deno.test("sidesOf() names each side from without to within", () => {
  const term = difference(ratio(difference(own, none), own), best({ pretrain: "scenes" }));
  assert.deepEqual(sidesOf(term).map(({ at, take }) => `${at}: ${take}`), [
    "left, numerator, left: mean",
    "left, numerator, right: mean",
    "left, denominator: mean",
    "right: best",
  ]);
  const classes = share({ pretrain: "species" }, { method: "none" }, { classes: 10 });
  assert.deepEqual(sidesOf(classes).map(({ at, where }) => [at, where]), [
    ["left", { pretrain: "species" }],
    ["right", { method: "none" }],
  ]);
  assert.deepEqual(sidesOf(own).map(({ at }) => at), [""]);
});

Deno.test("takenBy() tells how many and which conditions a side takes, and at which level", () => {
  const made = experiment({
    id: "few",
    title: "t",
    question: "q",
    reference: "none",
    trials: grid(
      [simclr(domain("species", "50k")), simclr(domain("scenes", "50k")), untrained()],
      [linear("species")],
    ),
    claims: [
      claim({
        id: "c",
        statement: "s",
        term: difference(
          best({ pretrain: ["species", "scenes"] }),
          mean({ method: "none", level: "order" }),
        ),
      }),
    ],
  });
  const subjects = expand(made, scaleOf("smoke"), { seeds: 2 })
    .flatMap((condition) => ["finest", "order"].map((level) => subjectOf(condition, level, null)));
  assert.deepEqual(takenBy(made.claims[0]!.contrasts[0]!, subjects), [
    {
      told: "left: best of 2 conditions",
      conditions: [
        "simclr species (50k) -> linear species (all)",
        "simclr scenes (50k) -> linear species (all)",
      ],
    },
    {
      told: "right: mean of 1 condition",
      conditions: ["none -> linear species (all), scored at order"],
    },
  ]);
});
