/**
 * How many images does pretraining need, and how many labels does the task need?
 *
 * Paper: Fig 2 (section 4.1, claims 1 to 6). SimCLR on 50k to a million images of a domain, then a linear probe (2a) or
 * fine-tuning (2b) with 10k to a million labels of it, beside the same network trained from scratch on those labels.
 * Run: `deno task reproduce data-quantity`. Expected time at `mini`, one seed, two cores: README, "Scales".
 */

import {
  beatsUntrained,
  claim,
  converged,
  difference,
  domain,
  experiment,
  finetune,
  flattened,
  grid,
  linear,
  mean,
  offTheEnds,
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
  term: difference(
    mean(probed("linear", on, large, labels)),
    mean(probed("linear", on, small, labels)),
  ),
  paper: pointOf(linearCurves[on][large], labels) - pointOf(linearCurves[on][small], labels),
});

/** What fine-tuning from a million images adds to training from scratch. */
const headStart = (on: Role, labels: Size) => ({
  term: difference(
    mean(probed("finetune", on, "1M", labels)),
    mean(fromScratch(on, labels)),
  ),
  paper: pointOf(finetuneCurves[on]["1M"], labels) - pointOf(scratchCurves[on], labels),
});

const roleLabels = (counts: readonly Size[]) =>
  figureRoles.flatMap((on) => counts.map((labels) => ({ on, labels })));
const idOf = ({ on, labels }: { readonly on: Role; readonly labels: Size }) =>
  `${on}-${labels.toLowerCase()}`;

const pretrained = (sizes: readonly Pretraining[]): Selection => ({
  method: "simclr",
  size: sizes,
  probe: "linear",
  labels: ["10k", "1M"],
});
const tuned = (sizes: readonly Pretraining[], labels: readonly Size[]): Selection => ({
  method: "simclr",
  size: sizes,
  probe: "finetune",
  labels,
});
const scratched = (labels: readonly Size[]): Selection => ({ probe: "scratch", labels });

// The ends: each size is three fine-tunings a seed.
const spreadSizes = ["50k", "1M"] as const;

const claims = [
  claim({
    id: "little-beyond-500k",
    number: 1,
    statement: "1M pretraining images add less than 2 points to 500k",
    means: "mean",
    direction: "below",
    threshold: 0.02,
    contrasts: roleLabels(["10k", "1M"]).map(({ on, labels }) => ({
      id: `little-beyond-500k-${idOf({ on, labels })}`,
      statement: `On ${on} with ${labels} labels, what 1M pretraining images add to 500k`,
      ...gain(on, "1M", "500k", labels),
    })),
    checks: [
      flattened(pretrained(["500k", "1M"])),
      beatsUntrained(pretrained(["1M"])),
      offTheEnds(pretrained(["500k", "1M"])),
    ],
  }),
  claim({
    id: "small-sets-hurt",
    number: 2,
    statement: "250k pretraining images beat 50k",
    means: "mean",
    contrasts: roleLabels(["10k", "1M"]).map(({ on, labels }) => ({
      id: `small-sets-hurt-${idOf({ on, labels })}`,
      statement: `On ${on} with ${labels} labels, what 250k pretraining images add to 50k`,
      ...gain(on, "250k", "50k", labels),
    })),
    checks: [
      flattened(pretrained(["50k", "250k"])),
      beatsUntrained(pretrained(["250k"])),
      offTheEnds(pretrained(["250k"])),
    ],
  }),
  claim({
    id: "good-initialiser",
    number: 3,
    statement: "With few labels (50k), fine-tuning SimCLR beats training from scratch",
    means: "mean",
    contrasts: roleLabels(["50k"]).map(({ on, labels }) => ({
      id: `good-initialiser-${idOf({ on, labels })}`,
      statement: `On ${on} with ${labels} labels, what SimCLR adds to training from scratch`,
      ...headStart(on, labels),
    })),
    checks: [
      converged(scratched(["50k"])),
      converged(tuned(["1M"], ["50k"])),
      offTheEnds(tuned(["1M"], ["50k"])),
    ],
  }),
  claim({
    id: "advantage-vanishes",
    number: 4,
    statement: "With 1M labels, fine-tuning SimCLR is within 2 points of training from scratch",
    direction: "within",
    threshold: 0.02,
    contrasts: figureRoles.map((on) => ({
      id: `advantage-vanishes-${on}`,
      statement: `On ${on} with 1M labels, what SimCLR adds to training from scratch`,
      ...headStart(on, "1M"),
    })),
    checks: [
      converged(scratched(["1M"])),
      converged(tuned(["1M"], ["1M"])),
      offTheEnds(scratched(["1M"])),
    ],
  }),
  claim({
    id: "size-stops-mattering",
    number: 5,
    statement:
      "With 1M labels, fine-tuning from 50k or 1M pretraining images gives the same within 2 points",
    direction: "below",
    threshold: 0.02,
    contrasts: figureRoles.map((on) => ({
      id: `size-stops-mattering-${on}`,
      statement: `On ${on} with 1M labels, best minus worst of fine-tuning by pretraining size`,
      term: spread({
        method: "simclr",
        pretrain: on,
        size: spreadSizes,
        probe: "finetune",
        on,
        labels: "1M",
      }),
      paper: spreadOf(spreadSizes.map((size) => pointOf(finetuneCurves[on][size], "1M"))),
    })),
    checks: [
      converged(tuned(spreadSizes, ["1M"])),
      offTheEnds(tuned(spreadSizes, ["1M"])),
    ],
  }),
  claim({
    id: "far-below-peak",
    number: 6,
    statement:
      "A linear probe with 125k labels is more than 5 points below supervised training with 1M",
    means: "mean",
    threshold: 0.05,
    contrasts: figureRoles.map((on) => ({
      id: `far-below-peak-${on}`,
      statement: `On ${on}, training from scratch on 1M labels minus a linear probe on 125k`,
      term: difference(
        mean(fromScratch(on, "1M")),
        mean(probed("linear", on, "1M", "125k")),
      ),
      paper: pointOf(scratchCurves[on], "1M") - pointOf(linearCurves[on]["1M"], "125k"),
    })),
    checks: [
      flattened({ method: "simclr", size: "1M", probe: "linear", labels: "125k" }),
      converged(scratched(["1M"])),
      offTheEnds(scratched(["1M"])),
    ],
  }),
];

function spreadOf(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

export const dataQuantity = experiment({
  id: "data-quantity",
  title: "Data quantity",
  question: "How many images does pretraining need, and how many labels does the task need?",
  order: 1,
  reference: "Fig 2",
  trials: figureRoles.flatMap((on) => [
    ...grid(
      pretrainingSizes.map((size) => simclr(domain(on, size))),
      labelCounts.flatMap((labels) => [linear(on, { labels }), finetune(on, { labels })]),
    ),
    ...grid(
      [untrained()],
      labelCounts.flatMap((labels) => [scratch(on, { labels }), linear(on, { labels })]),
    ),
  ]),
  claims,
  paper,
  paperSource: "plot",
});
