import {
  byol,
  type Condition,
  domain,
  expand,
  experiment,
  grid,
  knn,
  linear,
  moco,
  paperRoles,
  simclr,
  supervised,
} from "@/dsl/mod.ts";
import { mini } from "@/tests/plan/planned.ts";

/** The plan of that many has 100,000 steps. */
export const largeSeeds = 59;

/** The conditions of a study of four methods on five sizes of four domains, each probed on every domain in two ways. */
export function largeStudy(seeds = largeSeeds): readonly Condition[] {
  const sources = paperRoles.flatMap((role) =>
    (["50k", "125k", "250k", "500k", "1M"] as const).map((size) => domain(role, size))
  );
  const declared = experiment({
    id: "large",
    title: "Four methods on every domain and size",
    question: "How long does it take to see that there is nothing to do?",
    reference: "none",
    trials: grid(
      [simclr, moco, byol, supervised].flatMap((method) => sources.map((one) => method(one))),
      paperRoles.flatMap((role) => [linear(role), knn(role)]),
    ),
  });
  return expand(declared, mini, { seeds });
}
