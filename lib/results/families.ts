import type { Experiment } from "@/dsl/mod.ts";

/** How many of some experiments' claims are the paper's, which have a number, and how many the study's own. */
export function familiesOf(
  experiments: readonly Experiment[],
): { readonly paper: number; readonly own: number } {
  const claims = new Map(
    experiments.flatMap(({ id, claims }) =>
      claims.map((claim) => [`${id} ${claim.id}`, claim] as const)
    ),
  );
  const paper = [...claims.values()].filter(({ number }) => number !== undefined).length;
  return { paper, own: claims.size - paper };
}
