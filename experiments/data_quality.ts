/**
 * Which losses of image quality hurt pretraining?
 *
 * Paper: Fig 4. Pretraining on corrupted images of one domain, then a linear probe on its clean images, for
 * SimCLR and for a supervised network. The paper's values are decreases of accuracy against pretraining on clean images;
 * its sizes, its JPEG quality and the size of its Resize are not known, and those here are this project's own.
 * Run: `deno task reproduce data-quality`. Expected time at `mini`, one seed, two cores: README, "Scales".
 */

import {
  claim,
  clean,
  type Corruption,
  corruptionName,
  difference,
  domain,
  experiment,
  grid,
  linear,
  mean,
  type Selection,
  simclr,
  supervised,
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

const hurtsSimclrMore = corruptionDecreases.map(([corruption, decreases]) => {
  const name = corruptionName(corruption);
  return claim({
    id: `simclr-loses-more-by-${name.replaceAll(".", "-")}`,
    number: 15,
    statement: `SimCLR loses more by ${name} pretraining images than supervised training does`,
    contrast: difference(decrease("simclr", corruption), decrease("supervised", corruption)),
    paper: decreases.simclr - decreases.supervised,
  });
});

// Claim 16: resolution against what adds high frequencies.
const [quartered, halved, , compressed, noisy] = corruptionDecreases;
const resolution = [halved!, quartered!].flatMap(([coarse, coarseLoss]) =>
  [compressed!, noisy!].map(([fine, fineLoss]) =>
    claim({
      id: `${corruptionName(coarse)}-worse-than-${corruptionName(fine).replaceAll(".", "-")}`,
      number: 16,
      statement: `SimCLR loses more by ${corruptionName(coarse)} than by ${corruptionName(fine)}`,
      contrast: difference(decrease("simclr", coarse), decrease("simclr", fine)),
      paper: coarseLoss.simclr - fineLoss.simclr,
    })
  )
);

export const dataQuality = experiment({
  id: "data-quality",
  title: "Image quality in pretraining",
  question: "Which losses of image quality hurt pretraining?",
  reference: "Fig 4",
  trials: grid(
    [clean(), ...corruptionDecreases.map(([corruption]) => corruption)].flatMap((corruption) => [
      simclr(images, { corruption }),
      supervised(images, { corruption }),
    ]),
    [linear("objects")],
  ),
  claims: [...hurtsSimclrMore, ...resolution],
  paperSource: "plot",
});
