/**
 * Does the gap to supervised training grow as the task becomes finer?
 *
 * Paper: Fig 5 (claims 17 and 18). A linear probe on the finest labels of a domain, its predictions rolled up the label
 * tree and scored at every level, for SimCLR and for a supervised encoder; MoCo on species as in the authors' slides. The
 * paper's supervised network is scored by itself, ours by the same probe.
 * Run: `deno task reproduce task-granularity`. It needs no training that Table 1 and the methods do not.
 */

import {
  claim,
  difference,
  domain,
  experiment,
  linear,
  mean,
  moco,
  type PaperRole,
  type Selection,
  simclr,
  supervised,
  trial,
} from "@/dsl/mod.ts";

// The gap between supervised training and SimCLR at the coarsest and at the finest level, read off the plot.
const gaps = {
  species: [0.013, 0.296],
  objects: [0, 0.099],
  scenes: [0.0075, 0.032],
} as const satisfies Partial<Record<PaperRole, readonly [number, number]>>;
type Role = keyof typeof gaps;
const roles = Object.keys(gaps) as readonly Role[];

const gap = (on: Role, level: string) => {
  const scored = (method: "supervised" | "simclr"): Selection => ({
    method,
    pretrain: on,
    on,
    level,
  });
  return difference(mean(scored("supervised")), mean(scored("simclr")));
};

const grows = roles.map((on) =>
  claim({
    id: `gap-grows-${on}`,
    number: 17,
    statement:
      `On ${on}, the gap to supervised training is wider at the finest level than at the coarsest`,
    contrast: difference(gap(on, "finest"), gap(on, "coarsest")),
    paper: gaps[on][1] - gaps[on][0],
  })
);

const ordered = ([["species", "objects"], ["objects", "scenes"]] as const).map(([finer, coarser]) =>
  claim({
    id: `gap-of-${finer}-above-${coarser}`,
    number: 18,
    statement: `At the finest level, the gap is wider on ${finer} than on ${coarser}`,
    contrast: difference(gap(finer, "finest"), gap(coarser, "finest")),
    paper: gaps[finer][1] - gaps[coarser][1],
  })
);

const everyLevel = { granularity: "all" } as const;

export const taskGranularity = experiment({
  id: "task-granularity",
  title: "Task granularity",
  question: "Does the gap to supervised training grow as the task becomes finer?",
  reference: "Fig 5",
  trials: [
    ...roles.flatMap((on) => [
      trial(simclr(domain(on, "1M")), linear(on), everyLevel),
      trial(supervised(domain(on, "all")), linear(on), everyLevel),
    ]),
    trial(moco(domain("species", "1M")), linear("species"), everyLevel),
  ],
  claims: [...grows, ...ordered],
  paperSource: "plot",
});
