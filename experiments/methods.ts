/**
 * Does every self-supervised method trail supervised training on species, or SimCLR alone?
 *
 * Paper: the label curves of iNat21 (section 4.1, claim 7). SimCLR, MoCo and BYOL on a million images of species, a linear
 * probe with 10k to a million labels, beside the same network trained from scratch on those labels and, ours, an untrained
 * encoder.
 * Beyond the paper, with `--all`: Barlow Twins, VICReg, SimSiam and DINO.
 * Run: `deno task reproduce methods`. Expected time at `mini`, one seed, two cores: README, "Scales".
 */

import {
  barlow,
  beatsUntrained,
  byol,
  claim,
  converged,
  difference,
  dino,
  domain,
  experiment,
  flattened,
  grid,
  linear,
  mean,
  moco,
  offTheEnds,
  type PaperValue,
  scratch,
  simclr,
  simsiam,
  supervised,
  trial,
  untrained,
  vicreg,
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
  question: "Does every self-supervised method trail supervised training on species?",
  order: 2,
  reference: "section 4.1",
  trials: [
    ...grid(
      [simclr(images), moco(images), byol(images), untrained()],
      labelCounts.map((labels) => linear("species", { labels })),
    ),
    ...grid([untrained()], labelCounts.map((labels) => scratch("species", { labels }))),
    trial(supervised(images), linear("species", { labels: "1M" })),
  ],
  beyond: grid(
    [barlow(images), vicreg(images), simsiam(images), dino(images)],
    labelCounts.map((labels) => linear("species", { labels })),
  ),
  claims: [
    claim({
      id: "supervised-beats-every-method",
      number: 7,
      statement:
        "On species with 1M labels, training from scratch beats a linear probe on every self-supervised method",
      contrasts: compared.map((method) => ({
        id: `supervised-beats-${method}`,
        statement: `Training from scratch minus a linear probe on ${method}`,
        term: difference(
          mean({ probe: "scratch", labels: "1M" }),
          mean({ method, probe: "linear", labels: "1M" }),
        ),
        paper: pointOf(scratchCurves.species, "1M") - pointOf(methodCurves[method], "1M"),
      })),
      checks: [
        flattened({ method: compared, labels: "1M" }),
        beatsUntrained({ method: compared, labels: "1M" }),
        converged({ probe: "scratch", labels: "1M" }),
        offTheEnds({ method: compared, labels: "1M" }),
      ],
    }),
    claim({
      id: "supervised-features-beat-every-method",
      statement:
        "On species with 1M labels, supervised features beat those of every self-supervised method under one probe",
      contrasts: compared.map((method) => ({
        id: `supervised-features-beat-${method}`,
        statement: `Supervised features minus those of ${method}`,
        term: difference(
          mean({ method: "supervised", probe: "linear", labels: "1M" }),
          mean({ method, probe: "linear", labels: "1M" }),
        ),
      })),
      checks: [converged({ method: "supervised" })],
    }),
    claim({
      id: "every-method-beats-untrained",
      statement:
        "On species with 1M labels, every self-supervised method beats the untrained encoder",
      contrasts: compared.map((method) => ({
        id: `${method}-beats-untrained`,
        statement: `${method} minus the untrained encoder`,
        term: difference(
          mean({ method, probe: "linear", labels: "1M" }),
          mean({ method: "none", probe: "linear", labels: "1M" }),
        ),
      })),
    }),
  ],
  paper,
  paperSource: "plot",
});
