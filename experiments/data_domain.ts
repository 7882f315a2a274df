/**
 * Which pretraining domain serves which task?
 *
 * Paper: Table 1 (section 4.2). SimCLR on a million images of each domain, a linear probe on every domain, beside a
 * network trained with all labels of the task and, ours, the same network with its initial weights.
 * Run: `deno task reproduce data-domain`. Expected time at `mini`, one seed, two cores: README, "Scales".
 */

import {
  best,
  claim,
  difference,
  domain,
  experiment,
  grid,
  linear,
  mean,
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

// Claim 8: in-domain minus best cross-domain, from the table.
const inDomain = columns.map((on, i) => {
  const cross = Math.max(...others(on).map((role) => table1[role][i]!));
  return claim({
    id: `in-domain-${on}`,
    number: 8,
    statement: `On ${on}, pretraining on ${on} beats pretraining on any other domain`,
    contrast: difference(
      mean({ method: "simclr", pretrain: on, on }),
      best({ method: "simclr", pretrain: others(on), on }),
    ),
    paper: table1[on][i]! - cross,
  });
});

// Claim 9, in the three columns where objects is a cross-domain source.
const bestSource = columns.flatMap((on, i) => {
  if (on === "objects") return [];
  const rivals = others(on).filter((role) => role !== "objects");
  return [claim({
    id: `objects-best-source-${on}`,
    number: 9,
    statement: `On ${on}, objects is the best of the other domains to pretrain on`,
    contrast: difference(
      mean({ method: "simclr", pretrain: "objects", on }),
      best({ method: "simclr", pretrain: rivals, on }),
    ),
    paper: table1.objects[i]! - Math.max(...rivals.map((role) => table1[role][i]!)),
  })];
});

// Claim 9, second half.
const worstSource = columns.flatMap((on, i) => {
  if (on === "aerial") return [];
  const rivals = others(on).filter((role) => role !== "aerial");
  return [claim({
    id: `aerial-worst-source-${on}`,
    number: 9,
    statement: `On ${on}, aerial is the worst of the other domains to pretrain on`,
    contrast: difference(
      worst({ method: "simclr", pretrain: rivals, on }),
      mean({ method: "simclr", pretrain: "aerial", on }),
    ),
    paper: Math.min(...rivals.map((role) => table1[role][i]!)) - table1.aerial[i]!,
  })];
});

// Ours: without it, no other number of the table means anything.
const learnsSomething = columns.map((on) =>
  claim({
    id: `beats-untrained-${on}`,
    statement: `On ${on}, pretraining on ${on} beats the untrained encoder`,
    contrast: difference(
      mean({ method: "simclr", pretrain: on, on }),
      mean({ method: "none", on }),
    ),
  })
);

export const dataDomain = experiment({
  id: "data-domain",
  title: "Pretraining domain",
  question: "Which pretraining domain serves which task?",
  reference: "Table 1",
  trials: [
    ...grid(columns.map((role) => simclr(domain(role, "1M"))), columns.map((on) => linear(on))),
    ...columns.map((role) => trial(supervised(domain(role, "all")), linear(role))),
    ...grid([untrained()], columns.map((on) => linear(on))),
  ],
  claims: [...inDomain, ...bestSource, ...worstSource, ...learnsSomething],
  paper,
  paperSource: "table",
});
