/**
 * Which pretraining domain suits which task?
 *
 * Paper: Table 1 (section 4.2). SimCLR on a million images of each domain, a linear probe on every domain, beside a
 * network trained with all labels of the task and, ours, the same network with its initial weights.
 * Run: `deno task reproduce data-domain`. Expected time at `mini`, one seed, two cores: README, "Scales".
 */

import {
  beatsUntrained,
  best,
  claim,
  difference,
  domain,
  experiment,
  flattened,
  grid,
  linear,
  mean,
  offTheEnds,
  type PaperRole,
  paperRoles,
  type PaperValue,
  simclr,
  supervised,
  trial,
  untrained,
  worst,
} from "@/dsl/mod.ts";

// Table 1, in its own order of columns.
const columns = ["species", "objects", "scenes", "aerial"] as const;
const table1: Readonly<Record<PaperRole, readonly [number, number, number, number]>> = {
  species: [0.493, 0.519, 0.416, 0.707],
  objects: [0.373, 0.644, 0.486, 0.716],
  scenes: [0.292, 0.491, 0.501, 0.693],
  aerial: [0.187, 0.372, 0.329, 0.769],
};
const table1Supervised = [0.791, 0.741, 0.539, 0.826] as const;

const paper: readonly PaperValue[] = columns.flatMap((on, i) => [
  ...columns.map((pretrain): PaperValue => ({
    where: { method: "simclr", pretrain, on },
    value: table1[pretrain][i]!,
  })),
  {
    where: { method: "supervised", pretrain: on, on },
    value: table1Supervised[i]!,
  },
]);

const others = (role: PaperRole) => paperRoles.filter((one) => one !== role);

const ofSimclr = { method: "simclr" } as const;

// Claim 8: in-domain minus best cross-domain, from the table.
const inDomain = claim({
  id: "in-domain",
  number: 8,
  statement: "In every column, pretraining on the task’s own domain beats every other domain",
  contrasts: columns.map((on, i) => ({
    id: `in-domain-${on}`,
    statement: `On ${on}, pretraining on ${on} minus pretraining on the best other domain`,
    term: difference(
      mean({ ...ofSimclr, pretrain: on, on }),
      best({ ...ofSimclr, pretrain: others(on), on }),
    ),
    paper: table1[on][i]! - Math.max(...others(on).map((role) => table1[role][i]!)),
  })),
  checks: [
    flattened(ofSimclr),
    ...columns.map((on) => beatsUntrained({ ...ofSimclr, pretrain: on, on })),
    offTheEnds(ofSimclr),
  ],
});

// Claim 9, in the three columns where objects is a cross-domain source, and the three where aerial is one.
const bestSource = columns.filter((on) => on !== "objects").map((on) => {
  const rivals = others(on).filter((role) => role !== "objects"), i = columns.indexOf(on);
  return {
    id: `objects-best-source-${on}`,
    statement: `On ${on}, objects minus the best of the other domains to pretrain on`,
    term: difference(
      mean({ ...ofSimclr, pretrain: "objects", on }),
      best({ ...ofSimclr, pretrain: rivals, on }),
    ),
    paper: table1.objects[i]! - Math.max(...rivals.map((role) => table1[role][i]!)),
  };
});
const worstSource = columns.filter((on) => on !== "aerial").map((on) => {
  const rivals = others(on).filter((role) => role !== "aerial"), i = columns.indexOf(on);
  return {
    id: `aerial-worst-source-${on}`,
    statement: `On ${on}, the worst of the other domains to pretrain on minus aerial`,
    term: difference(
      worst({ ...ofSimclr, pretrain: rivals, on }),
      mean({ ...ofSimclr, pretrain: "aerial", on }),
    ),
    paper: Math.min(...rivals.map((role) => table1[role][i]!)) - table1.aerial[i]!,
  };
});
const sources = claim({
  id: "objects-best-aerial-worst",
  number: 9,
  statement:
    "Of the other domains, objects is everywhere the best to pretrain on, and aerial the worst",
  contrasts: [...bestSource, ...worstSource],
  checks: [flattened(ofSimclr), offTheEnds(ofSimclr)],
});

// Ours: without it, no other number of the table means anything.
const learnsSomething = claim({
  id: "beats-untrained",
  statement: "In every column, pretraining on the task’s own domain beats the untrained encoder",
  contrasts: columns.map((on) => ({
    id: `beats-untrained-${on}`,
    statement: `On ${on}, pretraining on ${on} minus the untrained encoder`,
    term: difference(mean({ ...ofSimclr, pretrain: on, on }), mean({ method: "none", on })),
  })),
});

export const dataDomain = experiment({
  id: "data-domain",
  title: "Pretraining domain",
  question: "Which pretraining domain suits which task?",
  order: 3,
  reference: "Table 1",
  trials: [
    ...grid(columns.map((role) => simclr(domain(role, "1M"))), columns.map((on) => linear(on))),
    ...columns.map((role) => trial(supervised(domain(role, "all")), linear(role))),
    ...grid([untrained()], columns.map((on) => linear(on))),
  ],
  claims: [inDomain, sources, learnsSomething],
  paper,
  paperSource: "table",
});
