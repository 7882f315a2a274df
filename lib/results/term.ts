import type { ComparableTerm, Selection, ShareTerm, SmoothTerm, Term } from "@/dsl/mod.ts";
import type { Cell } from "@/lib/results/cells.ts";
import { type Lattice, subtract } from "@/lib/results/lattice.ts";
import type { PretextCell } from "@/lib/results/pretext.ts";
import { matches } from "@/lib/results/select.ts";
import { combine, logitOf, meanSource, ratioOf, type Smooth } from "@/lib/results/smooth.ts";
import {
  type Source,
  sourceOfCell,
  sourceOfImages,
  sourceOfPretext,
} from "@/lib/results/source.ts";
import { sidesOf } from "@/lib/results/sides.ts";
import type { TestClasses } from "@/lib/results/test_classes.ts";

/** All that a term can be measured on. */
export interface Measurements {
  readonly cells: readonly Cell[];
  readonly pretexts: readonly PretextCell[];
  /** The true classes of the test images of each role. */
  readonly testClasses: ReadonlyMap<string, TestClasses>;
}

/** A term as numbers: one with its choices, or a number for each class of a share. */
export type Measured =
  | { readonly lattice: Lattice<Smooth>; readonly classes?: undefined }
  | { readonly classes: readonly Smooth[]; readonly lattice?: undefined };

/** The seeds that all conditions of a term have, and how many conditions each of its selections means. */
export function reachOf(
  term: Term,
  { cells, pretexts }: Measurements,
): { readonly seeds: readonly number[]; readonly least: number } {
  const chosen = sidesOf(term).map(({ where, take }) =>
    take === "pretext"
      ? pretexts.filter(({ subject }) => matches(where, subject))
        .map(({ accuracies }) => [...accuracies.keys()])
      : cells.filter(({ subject }) => matches(where, subject))
        .map(({ rows }) => rows.map(({ seed }) => seed))
  );
  const least = Math.min(...chosen.map((side) => side.length));
  const [first, ...others] = chosen.flat();
  const seeds = (first ?? []).filter((seed) => others.every((one) => one.includes(seed)));
  return { seeds, least };
}

/**
 * Measures a term on conditions that all have the seeds.
 *
 * @returns A sentence on why not, where its kind of number is not to be had on this data.
 */
export function measureTerm(
  term: Term,
  measurements: Measurements,
  seeds: readonly number[],
): Measured | string {
  if (term.take === "share") return shareOf(term, measurements, seeds);
  const lattice = comparable(term, measurements, seeds);
  return lattice === undefined ? "its denominator is 0" : { lattice };
}

function comparable(
  term: ComparableTerm,
  measurements: Measurements,
  seeds: readonly number[],
): Lattice<Smooth> | undefined {
  switch (term.take) {
    case "difference": {
      const left = comparable(term.left, measurements, seeds);
      const right = comparable(term.right, measurements, seeds);
      return left && right && subtract(left, right);
    }
    case "best":
    case "worst":
    case "spread": {
      const each = cellsOf(term.where, measurements)
        .map((source) => meanSource([source], seeds));
      const best = { rank: 1, of: each }, worst = { rank: each.length, of: each };
      if (term.take === "spread") return spreadOf(each);
      return term.take === "best" ? best : worst;
    }
    default:
      return smooth(term, measurements, seeds);
  }
}

/** The largest difference of two. */
function spreadOf(each: readonly Smooth[]): Lattice<Smooth> {
  const pairs = each.flatMap((one) =>
    each.filter((two) => two !== one).map((two) => combine([[one, 1], [two, -1]]))
  );
  return pairs.length === 0 ? combine([[each[0]!, 0]]) : { rank: 1, of: pairs };
}

function smooth(
  term: SmoothTerm,
  measurements: Measurements,
  seeds: readonly number[],
): Smooth | undefined {
  switch (term.take) {
    case "mean":
      return meanSource(cellsOf(term.where, measurements), seeds);
    case "logit": {
      const sources = cellsOf(term.where, measurements);
      return logitOf(meanSource(sources, seeds), sources[0]!.correct[0]!.length);
    }
    case "pretext":
      return meanSource(
        measurements.pretexts.filter(({ subject }) => matches(term.where, subject))
          .map(sourceOfPretext),
        seeds,
      );
    case "ratio": {
      const of = smooth(term.of, measurements, seeds), to = smooth(term.to, measurements, seeds);
      return of && to && ratioOf(of, to);
    }
    case "difference": {
      const left = smooth(term.left, measurements, seeds);
      const right = smooth(term.right, measurements, seeds);
      return left && right && combine([[left, 1], [right, -1]]);
    }
  }
}

// One source a cell, so that what two terms have in common is seen to be the same.
const sources = new WeakMap<Cell, Source>();

function cellsOf(where: Selection, { cells }: Measurements): readonly Source[] {
  return cells.filter(({ subject }) => matches(where, subject)).map((cell) => {
    const source = sources.get(cell) ?? sourceOfCell(cell);
    sources.set(cell, source);
    return source;
  });
}

/** By how much the left side is ahead in each class that has test images. */
function shareOf(
  term: ShareTerm,
  { cells, testClasses }: Measurements,
  seeds: readonly number[],
): Measured | string {
  const side = (where: Selection) => cells.filter(({ subject }) => matches(where, subject));
  const left = side(term.left), right = side(term.right);
  const level = testClasses.get(left[0]!.subject.on)?.levels
    .findLast(({ level, names }) => level !== "finest" && names.length >= term.classes);
  if (level === undefined) return "the label tree has no level with enough classes";
  const members = level.names.map((): number[] => []);
  level.classOfImage.forEach((own, image) => members[own]!.push(image));
  const classes = members.filter((images) => images.length > 0).map((images) => {
    const own = Uint32Array.from(images);
    const [ahead, behind] = [left, right].map((some) =>
      meanSource(some.map((cell) => sourceOfImages(cell, own)), seeds)
    );
    return combine([[ahead!, 1], [behind!, -1]]);
  });
  return { classes };
}
