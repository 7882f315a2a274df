/**
 * Which losses of image quality hurt pretraining?
 *
 * Paper: Fig 4. Pretraining on corrupted images of one domain, then a linear probe on its clean images, for
 * SimCLR and for a supervised network. The paper's values are decreases of accuracy against pretraining on clean images;
 * its sizes, its JPEG quality and the size of its Resize are not known, and those here are this project's own. That SimCLR
 * loses more than the supervised network (claim 15) is a difference of differences, to be read off these claims in pairs.
 * Run: `deno task reproduce data-quality`; `all` leaves it out.
 */

import {
  claim,
  clean,
  type Corruption,
  corruptionName,
  domain,
  downsample,
  experiment,
  grid,
  jpeg,
  linear,
  mean,
  resize,
  saltAndPepper,
  type Selection,
  simclr,
  supervised,
} from "@/dsl/mod.ts";

// Decreases of accuracy, read off the plot.
const figure4: readonly (readonly [Corruption, { simclr: number; supervised: number }])[] = [
  [downsample(4), { simclr: 0.341, supervised: 0.065 }],
  [downsample(2), { simclr: 0.154, supervised: 0.022 }],
  [resize(0.7), { simclr: 0.015, supervised: 0.004 }],
  [jpeg(30), { simclr: 0.06, supervised: 0.0435 }],
  [saltAndPepper(0.01), { simclr: 0.029, supervised: 0.009 }],
];

const images = domain("objects", "1M");
const after = (method: "simclr" | "supervised", corruption: Corruption): Selection => ({
  method,
  pretrain: "objects",
  corruption,
  on: "objects",
});

const decreases = (["simclr", "supervised"] as const).flatMap((method) =>
  figure4.map(([corruption, decrease]) => {
    const name = corruptionName(corruption);
    return claim({
      id: `${method}-loses-by-${name.replaceAll(".", "-")}`,
      number: 15,
      statement: `Pretraining on clean objects beats pretraining on ${name} ones, ${method}`,
      left: mean(after(method, clean())),
      right: mean(after(method, corruption)),
      paper: decrease[method],
    });
  })
);

// Claim 16: the accuracy that is left says the same as the decrease, the other way round.
const [quartered, halved, , compressed, noisy] = figure4;
const resolution = [halved!, quartered!].flatMap(([coarse, coarseLoss]) =>
  [compressed!, noisy!].map(([fine, fineLoss]) =>
    claim({
      id: `${corruptionName(coarse)}-worse-than-${corruptionName(fine).replaceAll(".", "-")}`,
      number: 16,
      statement: `SimCLR loses more by ${corruptionName(coarse)} than by ${corruptionName(fine)}`,
      left: mean(after("simclr", fine)),
      right: mean(after("simclr", coarse)),
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
    [clean(), ...figure4.map(([corruption]) => corruption)].flatMap((corruption) => [
      simclr(images, { corruption }),
      supervised(images, { corruption }),
    ]),
    [linear("objects")],
  ),
  claims: [...decreases, ...resolution],
});
