import type { Condition, Experiment, Scale } from "@/dsl/mod.ts";
import type { SeedRange, StudyOptions } from "@/lib/cli/options.ts";
import { claimsNeeding, type LookedJudgement, looks, showsCondition } from "@/lib/results/mod.ts";

/** How far a study that goes on until its claims are decided has come. */
export interface Progressed {
  /** At how many seeds it looks now. */
  readonly look: number;
  /** By experiment and claim, at how many seeds a claim needs no more: see {@linkcode settledBy}. */
  readonly settled: ReadonlyMap<string, number>;
}

/** The looks of a study that goes on until its claims are decided; none of any other. */
export function looksOf({ untilDecided, maxSeeds }: StudyOptions): readonly number[] {
  if (!untilDecided) return [];
  const most = maxSeeds ?? looks.at(-1)!;
  const below = looks.filter((look) => look < most);
  return most < looks[0]! ? looks.slice(0, 1) : [...below, most];
}

/** All seeds that some command works without being told how many. */
export function allSeeds(experiments: readonly Experiment[], scale: Scale): SeedRange {
  const declared = experiments.map(({ seeds }) => seeds ?? 0);
  return { first: 1, count: Math.max(looks.at(-1)!, scale.seeds, ...declared) };
}

/**
 * How many seeds a condition gets: what a claim needs as many as the command or else the scale says, or as the claim that is
 * longest undecided; what a figure shows that the experiment declares as the command or the scale says. Anything else has one,
 * or none where a whole network would be trained for it, unless figures are asked for in full.
 */
export function seedsOf(
  condition: Condition,
  experiment: Experiment,
  { scale, options, progressed }: {
    readonly scale: Scale;
    readonly options: StudyOptions;
    readonly progressed?: Progressed | undefined;
  },
): number {
  const claims = claimsNeeding(condition, experiment);
  const declared = options.seeds?.count ?? experiment.seeds ?? scale.seeds;
  const isShown = experiment.figures.some((figure) => showsCondition(figure, condition));
  const isWanted = claims.length > 0 || experiment.claims.length === 0 || isShown;
  if (!isWanted && options.figures === "claims") {
    return condition.probe.kind === "finetune" || condition.probe.kind === "scratch" ? 0 : 1;
  }
  if (progressed === undefined) return declared;
  const wanted = claims.map(({ id }) =>
    progressed.settled.get(`${experiment.id} ${id}`) ?? progressed.look
  );
  return Math.max(isShown ? declared : 1, ...wanted);
}

/** The claims for which more seeds would do nothing, each with the seeds that it was settled at. */
export function settledBy(
  judged: readonly { readonly experiment: string; readonly judgement: LookedJudgement }[],
  look: number,
): ReadonlyMap<string, number> {
  return new Map(
    judged.filter(({ judgement }) => judgement.verdict !== "undecided")
      .map(({ experiment, judgement }) => [
        `${experiment} ${judgement.claim.id}`,
        judgement.look ?? look,
      ]),
  );
}
