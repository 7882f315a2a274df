/**
 * Which kinds of image degradation hurt pretraining?
 *
 * Paper: Fig 4. Pretraining on corrupted images of one domain, then a linear probe on its clean images, for
 * SimCLR and for a supervised network. The paper's values are decreases of accuracy against pretraining on clean images;
 * its sizes, its JPEG quality and the size of its Resize are not known, and those here are this project's own.
 * Run: `deno task reproduce data-quality`. Expected time at `mini`, one seed, two cores: README, "Scales".
 */

import {
  beatsUntrained,
  claim,
  clean,
  converged,
  type Corruption,
  corruptionName,
  difference,
  domain,
  experiment,
  flattened,
  grid,
  linear,
  mean,
  offTheEnds,
  ratio,
  type Selection,
  simclr,
  supervised,
  untrained,
} from "@/dsl/mod.ts";
import { corruptionDecreases } from "@/experiments/paper/figure_4.ts";

const images = domain("objects", "500k");
const after = (method: "simclr" | "supervised", corruption: Corruption): Selection => ({
  method,
  pretrain: "objects",
  corruption,
  on: "objects",
});

/** By how much a corruption of its pretraining images lowers an encoder's accuracy. */
const decrease = (method: "simclr" | "supervised", corruption: Corruption) =>
  difference(mean(after(method, clean())), mean(after(method, corruption)));

/** That as a share of what pretraining on clean images gives. */
const lost = (method: "simclr" | "supervised", corruption: Corruption) =>
  ratio(
    decrease(method, corruption),
    difference(mean(after(method, clean())), mean({ method: "none", on: "objects" })),
  );

const onClean = (method: "simclr" | "supervised"): Selection => after(method, clean());
const checks = [
  flattened({ method: "simclr" }),
  beatsUntrained(onClean("simclr")),
  // On corrupted images too: what is not yet learned there is not lost.
  converged({ method: "supervised" }),
  beatsUntrained(onClean("supervised")),
  offTheEnds(onClean("simclr")),
  offTheEnds(onClean("supervised")),
];

const asId = (corruption: Corruption) => corruptionName(corruption).replaceAll(".", "-");

const hurtsSimclrMore = claim({
  id: "simclr-loses-more",
  number: 15,
  statement:
    "Of what pretraining gives, corrupted images take a larger share from SimCLR than from supervised training",
  means: "mean",
  contrasts: corruptionDecreases.map(([corruption]) => ({
    id: `simclr-loses-more-by-${asId(corruption)}`,
    statement: `Share lost by ${corruptionName(corruption)}, SimCLR minus supervised`,
    term: difference(lost("simclr", corruption), lost("supervised", corruption)),
  })),
  checks,
});

// Ours: the same in points, as the paper has it.
const hurtsSimclrMorePoints = claim({
  id: "simclr-loses-more-points",
  statement:
    "Corrupted pretraining images take more points from SimCLR than from supervised training",
  means: "mean",
  contrasts: corruptionDecreases.map(([corruption, decreases]) => ({
    id: `simclr-loses-more-points-by-${asId(corruption)}`,
    statement: `Points lost by ${corruptionName(corruption)}, SimCLR minus supervised`,
    term: difference(decrease("simclr", corruption), decrease("supervised", corruption)),
    paper: decreases.simclr - decreases.supervised,
  })),
  checks,
});

// Claim 16: resolution against what adds high frequencies.
const [quartered, halved, , compressed, noisy] = corruptionDecreases;
const resolution = claim({
  id: "resolution-hurts-more",
  number: 16,
  statement: "SimCLR loses more by lost resolution than by JPEG or by salt and pepper",
  means: "mean",
  contrasts: [halved!, quartered!].flatMap(([coarse, coarseLoss]) =>
    [compressed!, noisy!].map(([fine, fineLoss]) => ({
      id: `${corruptionName(coarse)}-worse-than-${asId(fine)}`,
      statement: `Points lost by ${corruptionName(coarse)} minus those by ${corruptionName(fine)}`,
      term: difference(decrease("simclr", coarse), decrease("simclr", fine)),
      paper: coarseLoss.simclr - fineLoss.simclr,
    }))
  ),
  checks: [flattened({ method: "simclr" }), beatsUntrained(onClean("simclr"))],
});

export const dataQuality = experiment({
  id: "data-quality",
  title: "Image quality in pretraining",
  question: "Which kinds of image degradation hurt pretraining?",
  order: 7,
  reference: "Fig 4",
  trials: grid(
    [
      ...[clean(), ...corruptionDecreases.map(([corruption]) => corruption)].flatMap((
        corruption,
      ) => [simclr(images, { corruption }), supervised(images, { corruption })]),
      untrained(),
    ],
    [linear("objects")],
  ),
  claims: [hurtsSimclrMore, resolution, hurtsSimclrMorePoints],
  paperSource: "plot",
});
