/**
 * Are the features of two encoders together better than those of either alone?
 *
 * Paper: Table 3 (claims 13 and 14), of which six cells are known; two of them stand in a review with their labels swapped,
 * and are given here as they must be read. Every pair of SimCLR and supervised encoders of three domains, their features
 * side by side under one linear probe. The paper's encoders saw all images; here SimCLR's are those of Table 1.
 * Run: `deno task reproduce feature-fusion`. Expected time at `mini`, one seed, two cores: README, "Scales".
 */

import {
  beatsUntrained,
  claim,
  converged,
  difference,
  domain,
  type Encoder,
  type EncoderSelection,
  experiment,
  flattened,
  fuse,
  grid,
  linear,
  mean,
  offTheEnds,
  type PaperRole,
  type PaperValue,
  type Selection,
  simclr,
  supervised,
  untrained,
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

/** What the features of a replica, the same training with other luck, add by their number alone. */
const again = (on: Role): EncoderSelection => ({ ...ofSimclr(on), replica: 1 });

/** What a second encoder adds to SimCLR on the task's own domain, beyond what a replica of it adds. */
const added = (on: Role, other: EncoderSelection) =>
  difference(mean(fused(on, other)), mean(fused(on, again(on))));

const checks = [
  flattened({ method: "simclr" }),
  ...roles.map((on) => beatsUntrained(alone(on))),
  ...roles.map((on) => offTheEnds(fused(on, again(on)))),
];

// The paper's values are against the encoder alone: it has no replica.
const simclrAdds: Readonly<Record<string, number>> = {
  "objects-species": -0.006,
  "species-objects": 0.014,
};
const redundant = claim({
  id: "redundant",
  number: 13,
  statement:
    "SimCLR of another domain adds less than 2 points to SimCLR of the task’s own beyond what a replica of that adds",
  means: "mean",
  direction: "below",
  threshold: 0.02,
  contrasts: roles.flatMap((on) =>
    roles.filter((role) => role !== on).map((role) => ({
      id: `redundant-${on}-${role}`,
      statement: `On ${on}, what SimCLR of ${role} adds beyond a replica`,
      term: added(on, ofSimclr(role)),
      paper: simclrAdds[`${on}-${role}`] ?? null,
    }))
  ),
  checks,
});

// Claim 14: the direction, and that it changes more than another SimCLR does.
const supervisedChanges = claim({
  id: "supervised-changes-more",
  number: 14,
  statement:
    "Supervised features of objects help SimCLR on species, more than SimCLR of objects does, and those of species hurt on objects",
  contrasts: [
    {
      id: "supervised-objects-help-species",
      statement: "On species, what supervised objects add beyond a replica",
      term: added("species", ofSupervised("objects")),
      paper: 0.047,
    },
    {
      id: "supervised-species-hurt-objects",
      statement: "On objects, what supervised species add beyond a replica",
      term: added("objects", ofSupervised("species")),
      direction: "below",
      paper: -0.042,
    },
    {
      id: "supervised-objects-help-species-more",
      statement:
        "On species, supervised objects minus SimCLR of objects, each beside SimCLR of species",
      term: difference(
        mean(fused("species", ofSupervised("objects"))),
        mean(fused("species", ofSimclr("objects"))),
      ),
      paper: 0.033,
    },
  ],
  checks: [...checks, converged({ method: "supervised" })],
});

// Ours: whether a second encoder of any kind says more than an untrained one beside it does.
const beyondUntrained = claim({
  id: "replica-adds-more-than-untrained",
  statement: "A replica adds more to SimCLR than an untrained encoder does",
  means: "mean",
  contrasts: roles.map((on) => ({
    id: `replica-against-untrained-${on}`,
    statement: `On ${on}, a replica minus an untrained encoder, each beside SimCLR`,
    term: difference(mean(fused(on, again(on))), mean(fused(on, { method: "none" }))),
  })),
});

export const featureFusion = experiment({
  id: "feature-fusion",
  title: "Feature fusion",
  question: "Are the features of two encoders together better than those of either alone?",
  order: 5,
  reference: "Table 3",
  trials: [
    ...grid([...encoders, ...pairs], roles.map((on) => linear(on))),
    ...roles.flatMap((on) => {
      const own = simclr(domain(on, "1M"));
      return grid(
        [untrained(), fuse(own, simclr(domain(on, "1M"), { replica: 1 })), fuse(own, untrained())],
        [linear(on)],
      );
    }),
  ],
  claims: [redundant, supervisedChanges, beyondUntrained],
  paper,
  paperSource: "review",
});
