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
  converged,
  difference,
  domain,
  experiment,
  flattened,
  linear,
  logit,
  mean,
  moco,
  offTheEnds,
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

const scored = (method: "supervised" | "simclr", on: Role, level: string): Selection => ({
  method,
  pretrain: on,
  on,
  level,
});
const gap = (on: Role, level: string) =>
  difference(mean(scored("supervised", on, level)), mean(scored("simclr", on, level)));
/** The gap where floor and ceiling do not squeeze it. */
const logitGap = (on: Role, level: string) =>
  difference(logit(scored("supervised", on, level)), logit(scored("simclr", on, level)));

const pairs = [["species", "objects"], ["objects", "scenes"]] as const;
const checks = [
  flattened({ method: "simclr" }),
  converged({ method: "supervised" }),
  offTheEnds({ method: ["simclr", "supervised"] }),
];

// A gap has room as long as the weaker encoder is off the ceiling; the paper's supervised network is at it, too.
const gapChecks = [...checks, offTheEnds({ method: "simclr", level: "coarsest" })];

const grows = claim({
  id: "gap-grows",
  number: 17,
  statement: "The gap to supervised training is wider at the finest level than at the coarsest",
  means: "mean",
  contrasts: roles.map((on) => ({
    id: `gap-grows-${on}`,
    statement: `On ${on}, the gap at the finest level minus that at the coarsest`,
    term: difference(gap(on, "finest"), gap(on, "coarsest")),
    paper: gaps[on][1] - gaps[on][0],
  })),
  checks: gapChecks,
});

const ordered = claim({
  id: "gap-follows-fineness",
  number: 18,
  statement:
    "At the finest level, the gap is wider on species than on objects, and there than on scenes",
  contrasts: pairs.map(([finer, coarser]) => ({
    id: `gap-of-${finer}-above-${coarser}`,
    statement: `At the finest level, the gap on ${finer} minus that on ${coarser}`,
    term: difference(gap(finer, "finest"), gap(coarser, "finest")),
    paper: gaps[finer][1] - gaps[coarser][1],
  })),
  checks,
});

// Ours: a gap between 0.9 and 1.0 is not as wide as one between 0.5 and 0.6; on the logit scale it may be wider.
const logitGrows = claim({
  id: "logit-gap-grows",
  statement: "On the logit scale too, the gap is wider at the finest level than at the coarsest",
  means: "mean",
  contrasts: roles.map((on) => ({
    id: `logit-gap-grows-${on}`,
    statement: `On ${on}, the gap in logits at the finest level minus that at the coarsest`,
    term: difference(logitGap(on, "finest"), logitGap(on, "coarsest")),
  })),
  checks: gapChecks,
});
const logitOrdered = claim({
  id: "logit-gap-follows-fineness",
  statement:
    "On the logit scale too, the finest gap is wider on species than on objects, and there than on scenes",
  contrasts: pairs.map(([finer, coarser]) => ({
    id: `logit-gap-of-${finer}-above-${coarser}`,
    statement: `At the finest level, the gap in logits on ${finer} minus that on ${coarser}`,
    term: difference(logitGap(finer, "finest"), logitGap(coarser, "finest")),
  })),
  checks,
});

const everyLevel = { granularity: "all" } as const;

export const taskGranularity = experiment({
  id: "task-granularity",
  title: "Task granularity",
  question: "Does the gap to supervised training grow as the task becomes finer?",
  order: 8,
  reference: "Fig 5",
  trials: [
    ...roles.flatMap((on) => [
      trial(simclr(domain(on, "1M")), linear(on), everyLevel),
      trial(supervised(domain(on, "all")), linear(on), everyLevel),
    ]),
    trial(moco(domain("species", "1M")), linear("species"), everyLevel),
  ],
  claims: [grows, ordered, logitGrows, logitOrdered],
  paperSource: "plot",
});
