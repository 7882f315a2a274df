/**
 * Are pooled images of several domains better than equally many of one?
 *
 * Paper: Table 2. SimCLR on pools of 250k images from each of two or four domains, beside 250k, 500k and 1M
 * images of the task's own; a linear probe on three of the domains.
 * Run: `deno task reproduce pooled-domains`. Expected time at `mini`, one seed, two cores: README, "Scales".
 */

import {
  claim,
  difference,
  type Domain,
  domain,
  each,
  experiment,
  flattened,
  grid,
  linear,
  mean,
  offTheEnds,
  type PaperRole,
  type PaperValue,
  pool,
  pretext,
  simclr,
  type Size,
  trial,
} from "@/dsl/mod.ts";

// Table 2, in its own order of columns.
const columns = ["species", "objects", "scenes"] as const;
type Row = readonly [number, number, number];
const pools: readonly (readonly [readonly PaperRole[], Row])[] = [
  [["species", "objects"], [0.444, 0.597, 0.467]],
  [["objects", "scenes"], [0.334, 0.596, 0.49]],
  [["species", "scenes"], [0.428, 0.531, 0.483]],
  [["species", "objects", "scenes", "aerial"], [0.41, 0.574, 0.482]],
];
const own: readonly (readonly [Size, Row])[] = [
  ["250k", [0.451, 0.608, 0.485]],
  ["500k", [0.477, 0.629, 0.499]],
  ["1M", [0.493, 0.644, 0.501]],
];

const poolName = (roles: readonly PaperRole[]) => roles.join("+") as `${string}+${string}`;
const ofPool = (roles: readonly PaperRole[], on: PaperRole) => ({
  method: "simclr" as const,
  pretrain: poolName(roles),
  size: "250k" as const,
  on,
});
const ofOwn = (size: Size, on: PaperRole) => ({
  method: "simclr" as const,
  pretrain: on,
  size,
  on,
});

const paper: readonly PaperValue[] = columns.flatMap((on, i) => [
  ...pools.map(([roles, row]): PaperValue => ({
    where: ofPool(roles, on),
    value: row[i]!,
  })),
  ...own.map(([size, row]): PaperValue => ({
    where: ofOwn(size, on),
    value: row[i]!,
  })),
]);

const ofSimclr = { method: "simclr" } as const;
const checks = [flattened(ofSimclr), offTheEnds(ofSimclr)];

// Claim 10: a pool against as many images of the task's own domain, where that is among the pooled.
const equalSize = claim({
  id: "pools-are-worse",
  number: 10,
  statement: "A pool of domains is worse than as many images of the task’s own",
  means: "mean",
  direction: "below",
  contrasts: pools.flatMap(([roles, row]) =>
    columns.filter((on) => roles.includes(on)).map((on) => {
      const size = sizeOf(roles), i = columns.indexOf(on);
      return {
        id: `pool-of-${roles.join("-")}-on-${on}`,
        statement: `On ${on}, the pool of ${roles.join(", ")} minus ${size} of ${on}`,
        term: difference(mean(ofPool(roles, on)), mean(ofOwn(size, on))),
        paper: row[i]! - own.find(([one]) => one === size)![1][i]!,
      };
    })
  ),
  checks,
});

// Claim 11: twice the images, from four domains in place of two.
const [four, fourRow] = pools[3]!;
const moreDiverse = claim({
  id: "more-domains-can-hurt",
  number: 11,
  statement: "Twice the images of four domains are worse than half as many of two",
  means: "mean",
  direction: "below",
  contrasts: pools.slice(0, 3).flatMap(([roles, row]) =>
    columns.filter((on) => roles.includes(on)).map((on) => {
      const i = columns.indexOf(on);
      return {
        id: `four-against-${roles.join("-")}-on-${on}`,
        statement: `On ${on}, all four minus ${roles.join(" and ")}`,
        term: difference(mean(ofPool(four, on)), mean(ofPool(roles, on))),
        paper: fourRow[i]! - row[i]!,
      };
    })
  ),
  checks,
});

// Claim 12: the paper's explanation of it, that a diverse pool makes the contrastive task easier.
const easierTask = claim({
  id: "easier-task",
  number: 12,
  statement: "SimCLR’s own task is easier on a pool than on as many images of one domain",
  means: "mean",
  contrasts: pools.map(([roles]) => ({
    id: `easier-task-${roles.join("-")}`,
    statement: `SimCLR’s own accuracy on ${roles.join(", ")} minus that on one of them`,
    term: difference(
      pretext({ ...ofSimclr, pretrain: poolName(roles), size: "250k", on: each }),
      pretext({ ...ofSimclr, pretrain: roles.filter(hasOwn), size: sizeOf(roles), on: each }),
    ),
  })),
  checks: [flattened(ofSimclr)],
});

/** As many images of one domain as a pool has. */
function sizeOf(roles: readonly PaperRole[]): Size {
  return roles.length === 2 ? "500k" : "1M";
}

/** Aerial images are pooled, and never the task. */
function hasOwn(role: PaperRole): boolean {
  return columns.some((one) => one === role);
}

const part = (role: PaperRole): Domain => domain(role, "250k");

export const pooledDomains = experiment({
  id: "pooled-domains",
  title: "Pooled pretraining domains",
  question: "Are pooled images of several domains better than equally many of one?",
  order: 4,
  reference: "Table 2",
  trials: [
    ...grid(
      pools.map(([roles]) => simclr(pool(...roles.map(part)))),
      columns.map((on) => linear(on)),
    ),
    ...columns.flatMap((on) => own.map(([size]) => trial(simclr(domain(on, size)), linear(on)))),
  ],
  claims: [equalSize, moreDiverse, easierTask],
  paper,
  paperSource: "table",
});
