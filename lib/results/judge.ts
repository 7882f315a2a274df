import type { Claim, Contrast } from "@/dsl/mod.ts";
import type { Cell } from "@/lib/results/cells.ts";
import {
  type SpreadContrast,
  spreadContrast,
  spreadsIn,
  testContrast,
  type Tested,
  type TestedContrast,
  testNumber,
} from "@/lib/results/contrast.ts";
import { holm } from "@/lib/results/holm.ts";
import { isRanked } from "@/lib/results/lattice.ts";
import { learnSeedNoise, type SeedNoise } from "@/lib/results/seed_noise.ts";
import { matches } from "@/lib/results/select.ts";
import { sidesOf } from "@/lib/results/sides.ts";
import { combine, type Smooth } from "@/lib/results/smooth.ts";
import { sourceOfCell, sourceOfPretext } from "@/lib/results/source.ts";
import { spreadOf } from "@/lib/results/spread.ts";
import type { Subject } from "@/lib/results/subject.ts";
import { sureness } from "@/lib/results/sureness.ts";
import { type Measurements, measureTerm, reachOf } from "@/lib/results/term.ts";

/** What the numbers say of a claim. */
export type Verdict =
  | "holds"
  | "does not hold"
  | "undecided"
  | "not testable at this budget"
  | "needs two seeds"
  | "not testable here"
  | "not measured";

/** The verdicts, in the order in which a reader wants them. */
export const verdicts: readonly Verdict[] = [
  "holds",
  "does not hold",
  "undecided",
  "not testable at this budget",
  "needs two seeds",
  "not testable here",
  "not measured",
];

/** A contrast that has no number, and why. */
export interface UntestedContrast {
  readonly contrast: Contrast;
  readonly verdict: "not testable here" | "not measured";
  readonly reason: string;
}

/** A contrast as it was found, and what it says once its claim is decided. */
export type JudgedContrast =
  | (TestedContrast & { readonly verdict: "holds" | "does not hold" | "undecided" | null })
  | UntestedContrast;

/** Whether a contrast has a number. */
export function isTested<T extends { readonly contrast: Contrast }>(
  one: T | UntestedContrast,
): one is T {
  return !("reason" in one);
}

/** The mean of a claim's contrasts; or, of several that must all lie where they are said to, the one that is least sure to. */
export interface Effect extends Tested {
  /** The contrast that it is of, where it is of one. */
  readonly of?: Contrast;
}

/** A claim and what the numbers say of it. */
export interface Judgement {
  readonly claim: Claim;
  readonly verdict: Verdict;
  /** Why there is no verdict, where there is none. */
  readonly reason?: string;
  /** What is claimed as one number, where every contrast has one. */
  readonly effect?: Effect;
  /** The fewest seeds of a contrast; 0 where none has a number. */
  readonly seeds: number;
  /** Corrected for how many claims its family has (Holm 1979). */
  readonly p?: number;
  readonly contrasts: readonly JudgedContrast[];
}

/** A claim and where it is asked. */
export interface AskedClaim {
  readonly claim: Claim;
  readonly measurements: Measurements;
  /** The subjects that should have been measured and were not. */
  readonly absent: readonly Subject[];
  /** What its checks find wrong in the cells that it is judged on; a sentence each. */
  readonly failed: (cells: readonly Cell[]) => readonly string[];
}

/** How strictly claims are judged. */
export interface JudgeOptions {
  /**
   * How many claims each family has, whatever of them was run: those of the paper, which have a number, and the study's own.
   */
  readonly families: { readonly paper: number; readonly own: number };
  /** The chance of one wrong decision or more that a family may have; default 0.05. */
  readonly alpha?: number;
  /** All that the seeds' noise is learned from, where more was measured than is claimed about. */
  readonly measured?: readonly Measurements[];
}

/**
 * Judges claims together. Each is one hypothesis, tested once: with the seeds' noise learned from all numbers of the study,
 * one-sided each way, and corrected for how many claims its family has. Contrasts are tested only behind a decided claim,
 * corrected for how many it has.
 */
export function judge(
  asked: readonly AskedClaim[],
  { families, alpha = 0.05, measured: more = [] }: JudgeOptions,
): { readonly judgements: readonly Judgement[]; readonly noise: SeedNoise } {
  const measured = asked.map((one) => ({ ...one, parts: one.claim.contrasts.map(measure(one)) }));
  const noise = noiseOf(measured, more);
  const tested = measured.map(({ parts, ...one }) => ({
    ...one,
    parts: parts.map((part) => isTested<SpreadContrast>(part) ? testContrast(part, noise) : part),
    effect: effectOf(one.claim, parts, noise),
  }));
  const reasons = new Map(tested.map((one) => [one, reasonAgainst(one)]));
  const corrected = new Map<Claim, number>();
  for (const isOfPaper of [true, false]) {
    const family = tested.filter(({ claim }) => (claim.number !== undefined) === isOfPaper);
    const decidable = family.filter((one) => reasons.get(one) === null);
    const chances = decidable.map(({ effect }) => Math.min(effect!.pHolds, effect!.pFails));
    const size = Math.max(chances.length, isOfPaper ? families.paper : families.own);
    const all = holm([...chances, ...Array<number>(size - chances.length).fill(1)]);
    decidable.forEach(({ claim }, i) => corrected.set(claim, all[i]!));
  }
  const judgements = tested.map((one): Judgement => {
    const { claim, effect, parts } = one;
    const against = reasons.get(one) ?? null;
    const known = parts.filter((part) => isTested<TestedContrast>(part));
    const told = {
      claim,
      seeds: known.length === 0 ? 0 : Math.min(...known.map(({ seeds }) => seeds)),
      ...effect && { effect },
    };
    if (against !== null) {
      return { ...told, ...against, contrasts: parts.map(leaveOpen) };
    }
    const p = corrected.get(claim)!;
    if (p >= alpha) {
      return { ...told, p, verdict: "undecided", contrasts: parts.map(leaveOpen) };
    }
    const verdict = effect!.pHolds < effect!.pFails ? "holds" : "does not hold";
    return { ...told, p, verdict, contrasts: decideContrasts(known, alpha) };
  });
  return { judgements, noise };
}

type Measuring = AskedClaim & { readonly parts: readonly (SpreadContrast | UntestedContrast)[] };
type Testing = AskedClaim & {
  readonly parts: readonly (TestedContrast | UntestedContrast)[];
  readonly effect: Effect | undefined;
};

/** Measures the contrasts of a claim. */
function measure({ measurements, absent }: AskedClaim) {
  return (contrast: Contrast): SpreadContrast | UntestedContrast => {
    const { term } = contrast;
    const missing = absent.filter((subject) =>
      sidesOf(term).some(({ where }) => matches(where, subject))
    );
    if (missing.length > 0) {
      const names = [...new Set(missing.map(({ condition }) => condition))];
      return {
        contrast,
        verdict: "not measured",
        reason: `not in the store: ${names.join("; ")}`,
      };
    }
    const notTestable = (reason: string): UntestedContrast => ({
      contrast,
      verdict: "not testable here",
      reason,
    });
    const { seeds, least } = reachOf(term, measurements);
    if (least === 0) {
      return notTestable(
        "it selects no condition: the data may lack the levels of the label tree that it asks for",
      );
    }
    if (seeds.length === 0) return notTestable("its conditions have no seed in common");
    const measured = measureTerm(term, measurements, seeds);
    if (typeof measured === "string") return notTestable(measured);
    return spreadContrast(contrast, measured, seeds);
  };
}

/** The seeds' noise, learned from all that the claims are asked on, and more. */
function noiseOf(measured: readonly Measuring[], more: readonly Measurements[]): SeedNoise {
  const on = [...new Set([...measured.map(({ measurements }) => measurements), ...more])];
  const sources = [
    ...new Set(on.flatMap(({ cells }) => cells)).values().map(sourceOfCell),
    ...new Set(on.flatMap(({ pretexts }) => pretexts)).values().map(sourceOfPretext),
  ];
  const spreads = measured.flatMap(({ parts }) =>
    parts.filter((part) => isTested<SpreadContrast>(part)).flatMap(spreadsIn)
  );
  return learnSeedNoise(sources, spreads);
}

/** What a claim says as one number. */
function effectOf(
  claim: Claim,
  parts: readonly (SpreadContrast | UntestedContrast)[],
  noise: SeedNoise,
): Effect | undefined {
  const known = parts.filter((part) => isTested<SpreadContrast>(part));
  if (known.length < parts.length) return undefined;
  const [first] = known;
  if (known.length === 1) return { ...testContrast(first!, noise), of: first!.contrast };
  if (claim.means === "all") return worstOf(known.map((part) => testContrast(part, noise)));
  const common = known.reduce(
    (some, { seeds }) => some.filter((seed) => seeds.includes(seed)),
    first!.seeds,
  );
  if (common.length === 0) return undefined;
  const mean = combine(
    known.map(({ spread }) => [smoothIn(spread), 1 / known.length] as const),
  );
  return testNumber(sureness(spreadOf(mean, common), noise), claim.contrasts[0]!);
}

/** The number of a contrast that a mean may be of. */
function smoothIn(spread: SpreadContrast["spread"]): Smooth {
  if ("lattice" in spread && !isRanked(spread.lattice)) return spread.lattice;
  throw new TypeError("A mean of contrasts is of numbers without a choice in them");
}

/** Of several contrasts that must all hold: the one that is least sure to, and how sure it is that one or more fails. */
function worstOf(all: readonly TestedContrast[]): Effect {
  const worst = all.reduce((a, b) => a.pHolds >= b.pHolds ? a : b);
  return {
    value: worst.value,
    interval: worst.interval,
    of: worst.contrast,
    pHolds: worst.pHolds,
    pFails: Math.min(1, all.length * Math.min(...all.map(({ pFails }) => pFails))),
  };
}

/** Why a claim cannot be decided, whatever its numbers are. */
function reasonAgainst(
  { parts, effect, failed, measurements }: Testing,
): { readonly verdict: Verdict; readonly reason: string } | null {
  const untested = parts.find((part): part is UntestedContrast => !isTested<TestedContrast>(part));
  if (untested !== undefined) return { verdict: untested.verdict, reason: untested.reason };
  if (effect === undefined) {
    return { verdict: "not testable here", reason: "its contrasts have no seed in common" };
  }
  const seeds = Math.min(...parts.map((part) => (part as TestedContrast).seeds));
  if (seeds < 2) {
    return {
      verdict: "needs two seeds",
      reason: "one seed does not show how much another would differ: use --seeds 2 or more",
    };
  }
  const wrong = failed(measurements.cells);
  if (wrong.length > 0) {
    return { verdict: "not testable at this budget", reason: wrong.join("; ") };
  }
  return null;
}

/** A contrast of a claim that is not decided is shown and says nothing. */
function leaveOpen(part: TestedContrast | UntestedContrast): JudgedContrast {
  return isTested<TestedContrast>(part) ? { ...part, verdict: null } : part;
}

/** What the contrasts of a decided claim say, corrected for how many they are. */
function decideContrasts(
  contrasts: readonly TestedContrast[],
  alpha: number,
): readonly JudgedContrast[] {
  const corrected = holm(contrasts.map(({ pHolds, pFails }) => Math.min(pHolds, pFails)));
  return contrasts.map((one, i) => ({
    ...one,
    verdict: corrected[i]! >= alpha
      ? "undecided"
      : one.pHolds < one.pFails
      ? "holds"
      : "does not hold",
  }));
}
