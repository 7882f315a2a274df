/**
 * For which classes is another pretraining domain as good as the task's own?
 *
 * Paper: very likely Fig 3 (claim 19), of which no number is known: iNat21 by taxon, for encoders of iNat21, ImageNet and
 * Places365. Objects hold some animals and plants, and scenes hold few: if what the images show matters, and not only how
 * they were taken, objects serve more taxa of species than scenes do.
 * Run: `deno task reproduce taxa`. It needs no step that Table 1 does not.
 */

import {
  claim,
  domain,
  experiment,
  flattened,
  grid,
  linear,
  offTheEnds,
  share,
  simclr,
} from "@/dsl/mod.ts";

const sources = ["species", "objects", "scenes"] as const;

const checks = [flattened({ method: "simclr" }), offTheEnds({ method: "simclr" })];

export const taxa = experiment({
  id: "taxa",
  title: "Taxa and classes",
  question: "For which classes is another pretraining domain as good as the task’s own?",
  order: 6,
  reference: "Fig 3",
  trials: grid(sources.map((role) => simclr(domain(role, "1M"))), [linear("species")]),
  claims: [
    claim({
      id: "objects-beat-scenes-in-most-taxa",
      number: 19,
      statement: "In more than half of the taxa of species, objects pretrain better than scenes",
      term: share({ pretrain: "objects" }, { pretrain: "scenes" }, { classes: 10 }),
      threshold: 0.5,
      checks,
    }),
    claim({
      id: "own-beats-scenes-in-most-taxa",
      statement: "In more than half of the taxa of species, species pretrain better than scenes",
      term: share({ pretrain: "species" }, { pretrain: "scenes" }, { classes: 10 }),
      threshold: 0.5,
      checks,
    }),
  ],
});
