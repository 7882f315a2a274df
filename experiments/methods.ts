/**
 * Is the gap to supervised training on species SimCLR's own, or that of every self-supervised method?
 *
 * Paper: the label curves of iNat21 (section 4.1, claim 7). SimCLR, MoCo and BYOL on a million images of species, a linear
 * probe with as many labels, beside a supervised network and, ours, an untrained one. The paper trains its supervised
 * network from scratch on the labels; here its features are judged by the same probe as the others'.
 * Run: `deno task reproduce methods`; `all` leaves it out.
 */

import {
  byol,
  claim,
  domain,
  experiment,
  grid,
  linear,
  mean,
  type Method,
  moco,
  simclr,
  supervised,
  untrained,
} from "@/dsl/mod.ts";

const images = domain("species", "1M");

// Supervised from scratch minus the linear probe, both with a million labels; read off the plot.
const gaps: readonly (readonly [Method, number])[] = [
  ["simclr", 0.284],
  ["moco", 0.288],
  ["byol", 0.24],
];

export const methods = experiment({
  id: "methods",
  title: "Self-supervised methods",
  question: "Is the gap to supervised training on species that of every self-supervised method?",
  reference: "section 4.1",
  trials: grid(
    [simclr(images), moco(images), byol(images), supervised(images), untrained()],
    [linear("species", { labels: "1M" })],
  ),
  claims: gaps.flatMap(([method, gap]) => [
    claim({
      id: `${method}-beats-untrained`,
      statement: `On species, ${method} beats the untrained encoder`,
      left: mean({ method, on: "species" }),
      right: mean({ method: "none", on: "species" }),
    }),
    claim({
      id: `supervised-beats-${method}`,
      number: 7,
      statement: `On species, supervised training beats ${method}`,
      left: mean({ method: "supervised", on: "species" }),
      right: mean({ method, on: "species" }),
      paper: gap,
    }),
  ]),
});
