/**
 * How many images does pretraining need, and how many labels does the task?
 *
 * Paper: Fig 2 (section 4.1, claims 1 to 6). SimCLR on 50k to a million images of a domain, then a linear probe (2a) or
 * fine-tuning (2b) with 10k to a million labels of it, beside the same network trained from scratch on those labels.
 * Run: `deno task reproduce data-quantity`. Expected time at `mini`, one seed, two cores: README, "Scales".
 */

import {
  claim,
  difference,
  domain,
  experiment,
  finetune,
  grid,
  linear,
  mean,
  type PaperValue,
  scratch,
  type Selection,
  simclr,
  type Size,
  spread,
  untrained,
} from "@/dsl/mod.ts";
import {
  figureRoles,
  finetuneCurves,
  labelCounts,
  linearCurves,
  pointOf,
  pretrainingSizes,
  scratchCurves,
} from "@/experiments/paper/figure_2.ts";

type Role = (typeof figureRoles)[number];
type Pretraining = (typeof pretrainingSizes)[number];

const probed = (kind: "linear" | "finetune", on: Role, size: Pretraining, labels: Size) =>
  ({ method: "simclr", pretrain: on, size, probe: kind, on, labels }) satisfies Selection;
const fromScratch = (on: Role, labels: Size): Selection => ({ probe: "scratch", on, labels });

const curves = { linear: linearCurves, finetune: finetuneCurves } as const;
const paper: readonly PaperValue[] = figureRoles.flatMap((on) =>
  labelCounts.flatMap((labels) => [
    ...pretrainingSizes.flatMap((size) =>
      (["linear", "finetune"] as const).map((kind): PaperValue => ({
        where: probed(kind, on, size, labels),
        value: pointOf(curves[kind][on][size], labels),
      }))
    ),
    {
      where: fromScratch(on, labels),
      value: pointOf(scratchCurves[on], labels),
    },
  ])
);

/** What a larger pretraining set adds to a linear probe, and what it adds in the paper. */
const gain = (on: Role, large: Pretraining, small: Pretraining, labels: Size) => ({
  contrast: difference(
    mean(probed("linear", on, large, labels)),
    mean(probed("linear", on, small, labels)),
  ),
  paper: pointOf(linearCurves[on][large], labels) - pointOf(linearCurves[on][small], labels),
});

/** What fine-tuning from a million images adds to training from scratch. */
const headStart = (on: Role, labels: Size) => ({
  contrast: difference(
    mean(probed("finetune", on, "1M", labels)),
    mean(fromScratch(on, labels)),
  ),
  paper: pointOf(finetuneCurves[on]["1M"], labels) - pointOf(scratchCurves[on], labels),
});

const claims = figureRoles.flatMap((on) => [
  ...(["10k", "1M"] as const).map((labels) =>
    claim({
      id: `little-beyond-500k-${on}-${labels.toLowerCase()}`,
      number: 1,
      statement:
        `On ${on} with ${labels} labels, 1M pretraining images add less than 2 points to 500k`,
      ...gain(on, "1M", "500k", labels),
      direction: "below",
      threshold: 0.02,
    })
  ),
  ...(["10k", "1M"] as const).map((labels) =>
    claim({
      id: `small-sets-hurt-${on}-${labels.toLowerCase()}`,
      number: 2,
      statement: `On ${on} with ${labels} labels, 250k pretraining images beat 50k`,
      ...gain(on, "250k", "50k", labels),
    })
  ),
  ...(["10k", "50k"] as const).map((labels) =>
    claim({
      id: `good-initialiser-${on}-${labels}`,
      number: 3,
      statement: `On ${on} with ${labels} labels, fine-tuning SimCLR beats training from scratch`,
      ...headStart(on, labels),
    })
  ),
  claim({
    id: `advantage-vanishes-${on}`,
    number: 4,
    statement:
      `On ${on} with 1M labels, fine-tuning SimCLR is within 2 points of training from scratch`,
    ...headStart(on, "1M"),
    direction: "within",
    threshold: 0.02,
  }),
  claim({
    id: `size-stops-mattering-${on}`,
    number: 5,
    statement:
      `On ${on} with 1M labels, fine-tuning from any pretraining size gives the same within 2 points`,
    contrast: spread({ method: "simclr", pretrain: on, probe: "finetune", on, labels: "1M" }),
    direction: "below",
    threshold: 0.02,
    paper: spreadOf(pretrainingSizes.map((size) => pointOf(finetuneCurves[on][size], "1M"))),
  }),
  claim({
    id: `far-below-peak-${on}`,
    number: 6,
    statement:
      `On ${on}, a linear probe with 125k labels is more than 5 points below supervised training with 1M`,
    contrast: difference(
      mean(fromScratch(on, "1M")),
      mean(probed("linear", on, "1M", "125k")),
    ),
    threshold: 0.05,
    paper: pointOf(scratchCurves[on], "1M") - pointOf(linearCurves[on]["1M"], "125k"),
  }),
]);

function spreadOf(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

export const dataQuantity = experiment({
  id: "data-quantity",
  title: "Data quantity",
  question: "How many images does pretraining need, and how many labels does the task?",
  reference: "Fig 2",
  trials: figureRoles.flatMap((on) => [
    ...grid(
      pretrainingSizes.map((size) => simclr(domain(on, size))),
      labelCounts.flatMap((labels) => [linear(on, { labels }), finetune(on, { labels })]),
    ),
    ...grid([untrained()], labelCounts.map((labels) => scratch(on, { labels }))),
  ]),
  claims,
  paper,
  paperSource: "plot",
});
