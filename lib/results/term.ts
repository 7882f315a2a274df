import type { AccuracyTerm, PretextTerm, Selection, ShareTerm, Term } from "@/dsl/mod.ts";
import type { Resampled } from "@/lib/results/contrast_interval.ts";
import { meanOf } from "@/lib/results/interval.ts";
import { meanArray, measureCell } from "@/lib/results/measure_cell.ts";
import type { PretextCell } from "@/lib/results/pretext.ts";
import type { ResampledCell } from "@/lib/results/resample.ts";
import { matches } from "@/lib/results/select.ts";
import { measureShare } from "@/lib/results/share.ts";
import type { TestClasses } from "@/lib/results/test_classes.ts";

/** All that a term can be measured on. */
export interface Measurements {
  readonly cells: readonly ResampledCell[];
  readonly pretexts: readonly PretextCell[];
  /** The true classes of the test images of each role. */
  readonly testClasses: ReadonlyMap<string, TestClasses>;
}

/** A term together with the seeds at which it is measured. */
export interface TermAt {
  readonly seeds: readonly number[];
  /** How many resamples there are. */
  readonly times: number;
}

/** The selections of a term, each with the kind of number that it selects. */
export function selectionsOf(
  term: Term,
): readonly { readonly where: Selection; readonly pretext: boolean }[] {
  switch (term.take) {
    case "difference":
      return [...selectionsOf(term.left), ...selectionsOf(term.right)];
    case "share":
      return [term.left, term.right].map((where) => ({ where, pretext: false }));
    default:
      return [{ where: term.where, pretext: term.take === "pretext" }];
  }
}

/**
 * Measures a term. `best`, `worst` and `spread` choose the condition anew in each resample, by its mean over seeds, so
 * that the doubt about which one it is widens the interval; per seed they stay with the one chosen on all images.
 *
 * @returns Nothing where its kind of number is not to be had on this data.
 */
export function measureTerm(
  term: Term,
  measurements: Measurements,
  at: TermAt,
): Resampled | undefined {
  switch (term.take) {
    case "difference": {
      const left = measureTerm(term.left, measurements, at);
      const right = measureTerm(term.right, measurements, at);
      return left && right && minus(left, right);
    }
    case "share":
      return shareOf(term, measurements, at);
    case "pretext":
      return pretextOf(term, measurements, at);
    default:
      return accuracyOf(term, measurements, at);
  }
}

function minus(left: Resampled, right: Resampled): Resampled {
  return {
    value: left.value - right.value,
    imageDraws: left.imageDraws.map((value, time) => value - right.imageDraws[time]!),
    perSeed: left.perSeed.map((value, i) => value - right.perSeed[i]!),
  };
}

function accuracyOf(
  { take, where }: AccuracyTerm,
  { cells }: Measurements,
  { seeds }: TermAt,
): Resampled {
  const all = cells.filter((cell) => matches(where, cell.subject))
    .map((cell) => measureCell(cell, seeds));
  switch (take) {
    case "mean":
      return meanTerm(all);
    case "best":
      return extreme(all, Math.max);
    case "worst":
      return extreme(all, Math.min);
    case "spread":
      return minus(extreme(all, Math.max), extreme(all, Math.min));
  }
}

function meanTerm(terms: readonly Resampled[]): Resampled {
  return {
    value: meanOf(terms.map(({ value }) => value)),
    imageDraws: meanArray(terms.map(({ imageDraws }) => imageDraws)),
    perSeed: terms[0]!.perSeed.map((_, i) => meanOf(terms.map(({ perSeed }) => perSeed[i]!))),
  };
}

function extreme(
  terms: readonly Resampled[],
  take: (...values: readonly number[]) => number,
): Resampled {
  const value = take(...terms.map((term) => term.value));
  const chosen = terms.find((term) => term.value === value)!;
  return {
    value,
    imageDraws: chosen.imageDraws.map((_, time) =>
      take(...terms.map(({ imageDraws }) => imageDraws[time]!))
    ),
    perSeed: chosen.perSeed,
  };
}

/** A training is not scored on test images: only seeds can say how sure the number is. */
function pretextOf(
  { where }: PretextTerm,
  { pretexts }: Measurements,
  { seeds, times }: TermAt,
): Resampled | undefined {
  if (seeds.length < 2) return undefined;
  const some = pretexts.filter(({ subject }) => matches(where, subject));
  const perSeed = seeds.map((seed) => meanOf(some.map(({ accuracies }) => accuracies.get(seed)!)));
  const value = meanOf(perSeed);
  return { value, imageDraws: new Float64Array(times).fill(value), perSeed };
}

function shareOf(
  term: ShareTerm,
  { cells, testClasses }: Measurements,
  { seeds, times }: TermAt,
): Resampled | undefined {
  const side = (where: Selection) => cells.filter((cell) => matches(where, cell.subject));
  const left = side(term.left), right = side(term.right);
  const role = left[0]!.subject.on;
  const level = testClasses.get(role)?.levels
    .findLast(({ level, names }) => level !== "finest" && names.length >= term.classes);
  if (level === undefined) return undefined;
  return measureShare({ left, right, role, level, seeds, times });
}
