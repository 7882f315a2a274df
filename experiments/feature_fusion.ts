/**
 * Do the features of two encoders say more together than each by itself?
 *
 * Paper: Table 3 (claims 13 and 14), of which six cells are known; two of them stand in a review with their labels swapped,
 * and are given here as they must be read. Every pair of SimCLR and supervised encoders of three domains, their features
 * side by side under one linear probe. The paper's encoders saw all images; here SimCLR's are those of Table 1.
 * Run: `deno task reproduce feature-fusion`. Expected time at `mini`, one seed, two cores: README, "Scales".
 */

import {
  claim,
  difference,
  domain,
  type Encoder,
  type EncoderSelection,
  experiment,
  fuse,
  grid,
  linear,
  mean,
  type PaperRole,
  type PaperValue,
  type Selection,
  simclr,
  supervised,
} from "@/dsl/mod.ts";

const roles = ["objects", "species", "scenes"] as const satisfies readonly PaperRole[];
type Role = (typeof roles)[number];

const encoders: readonly Encoder[] = [
  ...roles.map((role) => simclr(domain(role, "1M"))),
  ...roles.map((role) => supervised(domain(role, "all"))),
];
const pairs = encoders.flatMap((one, i) => encoders.slice(i + 1).map((two) => fuse(one, two)));

const alone = (on: Role): Selection => ({ method: "simclr", pretrain: on, on });
const fused = (on: Role, other: EncoderSelection): Selection => ({ ...alone(on), with: other });
const ofSimclr = (role: Role): EncoderSelection => ({ method: "simclr", pretrain: role });
const ofSupervised = (role: Role): EncoderSelection => ({ method: "supervised", pretrain: role });

const known: readonly (readonly [Selection, number])[] = [
  [alone("objects"), 0.647],
  [alone("species"), 0.506],
  [fused("objects", ofSimclr("species")), 0.641],
  [fused("species", ofSimclr("objects")), 0.52],
  [fused("species", ofSupervised("objects")), 0.553],
  [fused("objects", ofSupervised("species")), 0.605],
];
const paper = known.map(([where, value]): PaperValue => ({ where, value }));

/** What a second encoder adds to SimCLR on the task's own domain. */
const added = (on: Role, other: EncoderSelection) =>
  difference(mean(fused(on, other)), mean(alone(on)));

// Claim 13, on each domain with each other one.
const simclrAdds: Readonly<Record<string, number>> = {
  "objects-species": -0.006,
  "species-objects": 0.014,
};
const redundant = roles.flatMap((on) =>
  roles.filter((role) => role !== on).map((role) =>
    claim({
      id: `redundant-${on}-${role}`,
      number: 13,
      statement: `On ${on}, adding SimCLR of ${role} to SimCLR of ${on} changes less than 2 points`,
      contrast: added(on, ofSimclr(role)),
      direction: "within",
      threshold: 0.02,
      paper: simclrAdds[`${on}-${role}`] ?? null,
    })
  )
);

// Claim 14: the direction, and that it changes more than another SimCLR does.
const supervisedChanges = [
  claim({
    id: "supervised-objects-help-species",
    number: 14,
    statement: "On species, adding supervised objects to SimCLR of species helps",
    contrast: added("species", ofSupervised("objects")),
    paper: 0.047,
  }),
  claim({
    id: "supervised-species-hurt-objects",
    number: 14,
    statement: "On objects, adding supervised species to SimCLR of objects hurts",
    contrast: added("objects", ofSupervised("species")),
    direction: "below",
    paper: -0.042,
  }),
  claim({
    id: "supervised-objects-help-species-more",
    number: 14,
    statement: "On species, supervised objects add more than SimCLR of objects does",
    contrast: difference(
      added("species", ofSupervised("objects")),
      added("species", ofSimclr("objects")),
    ),
    paper: 0.033,
  }),
];

export const featureFusion = experiment({
  id: "feature-fusion",
  title: "Feature fusion",
  question: "Do the features of two encoders say more together than each by itself?",
  reference: "Table 3",
  trials: grid([...encoders, ...pairs], roles.map((on) => linear(on))),
  claims: [...redundant, ...supervisedChanges],
  paper,
  paperSource: "review",
});
