/**
 * Is the gap to supervised training on species SimCLR's own, or that of every self-supervised method?
 *
 * Paper: the label curves of iNat21 (section 4.1, claim 7). SimCLR, MoCo and BYOL on a million images of species, a linear
 * probe with 10k to a million labels, beside the same network trained from scratch on those labels and, ours, an untrained
 * encoder.
 * Run: `deno task reproduce methods`. Expected time at `mini`, one seed, two cores: README, "Scales".
 */

import {
  byol,
  claim,
  difference,
  domain,
  experiment,
  grid,
  linear,
  mean,
  moco,
  type PaperValue,
  scratch,
  simclr,
  supervised,
  trial,
  untrained,
} from "@/dsl/mod.ts";
import { labelCounts, methodCurves, pointOf, scratchCurves } from "@/experiments/paper/figure_2.ts";

const images = domain("species", "1M");
const compared = ["simclr", "moco", "byol"] as const;

const paper: readonly PaperValue[] = labelCounts.flatMap((labels) => [
  ...compared.map((method): PaperValue => ({
    where: { method, probe: "linear", labels },
    value: pointOf(methodCurves[method], labels),
  })),
  {
    where: { probe: "scratch", labels },
    value: pointOf(scratchCurves.species, labels),
  },
]);

export const methods = experiment({
  id: "methods",
  title: "Self-supervised methods",
  question: "Is the gap to supervised training on species that of every self-supervised method?",
  reference: "section 4.1",
  trials: [
    ...grid(
      [simclr(images), moco(images), byol(images), untrained()],
      labelCounts.map((labels) => linear("species", { labels })),
    ),
    ...grid([untrained()], labelCounts.map((labels) => scratch("species", { labels }))),
    trial(supervised(images), linear("species", { labels: "1M" })),
  ],
  claims: compared.flatMap((method) => [
    claim({
      id: `supervised-features-beat-${method}`,
      statement:
        `On species with 1M labels, supervised features beat those of ${method} under one probe`,
      contrast: difference(
        mean({ method: "supervised", probe: "linear", labels: "1M" }),
        mean({ method, probe: "linear", labels: "1M" }),
      ),
    }),
    claim({
      id: `supervised-beats-${method}`,
      number: 7,
      statement:
        `On species with 1M labels, training from scratch beats a linear probe on ${method}`,
      contrast: difference(
        mean({ probe: "scratch", labels: "1M" }),
        mean({ method, probe: "linear", labels: "1M" }),
      ),
      paper: pointOf(scratchCurves.species, "1M") - pointOf(methodCurves[method], "1M"),
    }),
    claim({
      id: `${method}-beats-untrained`,
      statement: `On species with 1M labels, ${method} beats the untrained encoder`,
      contrast: difference(
        mean({ method, probe: "linear", labels: "1M" }),
        mean({ method: "none", probe: "linear", labels: "1M" }),
      ),
    }),
  ]),
  paper,
  paperSource: "plot",
});
