import type { Cell } from "@/lib/results/cells.ts";
import type { Estimate } from "@/lib/results/estimate.ts";
import { type Interval, meanOf } from "@/lib/results/interval.ts";
import type { SeedNoise } from "@/lib/results/seed_noise.ts";
import { combine, meanSource, type Smooth } from "@/lib/results/smooth.ts";
import { sourceOfCell } from "@/lib/results/source.ts";
import { spreadOf } from "@/lib/results/spread.ts";
import { intervalOf, sureness } from "@/lib/results/sureness.ts";

/** A curve of accuracy by the number of labels. */
export interface LabelCurve {
  /** The most labels that were measured: beyond them it is an extrapolation. */
  readonly most: number;
  /** What is expected of so many labels. */
  at(labels: number): Estimate;
  /** How much more is expected of so many labels than of the most that were measured. */
  gain(labels: number): Estimate;
}

// Through two points goes any curve.
const leastPoints = 3;

/**
 * Fits how accuracy grows with labels, by three shapes: it grows with their logarithm, and never levels off; mistakes fall as a
 * power of them; or it levels off soon, at a ceiling from which it is as far as one over the labels. The last is fitted to the last
 * three points alone: where accuracy has levelled off already, those before would hide it. An expectation is the mean of the three,
 * and its interval spans the intervals of all: how far apart they lie says what the choice of a shape leaves open.
 *
 * Each shape is a line, fitted by least squares, so that an expectation is a sum of the measured numbers, and its interval that of
 * any other number of a study: paired over test images, with the study's noise of seeds.
 *
 * @param cells Of one encoder and probe, each with another number of labels.
 * @returns Nothing where fewer than three were measured at the same seeds, or accuracy does not grow.
 */
export function fitLabelCurve(cells: readonly Cell[], noise: SeedNoise): LabelCurve | undefined {
  const seeds = (cells[0]?.rows ?? []).map(({ seed }) => seed)
    .filter((seed) => cells.every(({ rows }) => rows.some((row) => row.seed === seed)));
  const points = cells.map((cell) => ({
    labels: cell.rows[0]!.labels,
    images: cell.rows[0]!.testImages,
    accuracy: meanSource([sourceOfCell(cell)], seeds),
  })).toSorted((a, b) => a.labels - b.labels);
  const places = points.map(({ labels }) => Math.log(labels));
  if (seeds.length === 0 || new Set(places).size < leastPoints) return undefined;
  const growth = growthOf(places, points.map(({ accuracy }) => accuracy.value));
  // Rounding alone is no growth.
  if (!(growth > 1e-9)) return undefined;
  const most = points.at(-1)!.labels;
  const lineAt = ({ of, place, isLocal }: Shape, labels: number): Smooth => {
    const some = isLocal ? points.slice(-leastPoints) : points;
    const weights = weightsAt(place(labels), some.map((one) => place(one.labels)));
    return combine(
      some.map(({ accuracy, images }, i) => [of(accuracy, images), weights[i]!] as const),
    );
  };
  const intervalIn = (one: Smooth) => intervalOf(sureness(spreadOf(one, seeds), noise));
  const joined = (shapes: readonly Spanned[]): Estimate => ({
    value: meanOf(shapes.map(({ value }) => value)),
    interval: {
      low: Math.min(...shapes.map(({ low }) => low)),
      high: Math.max(...shapes.map(({ high }) => high)),
    },
    seeds: seeds.length,
  });
  return {
    most,
    at: (labels) =>
      joined(shapes.map((shape) => {
        const line = lineAt(shape, labels), { low, high } = intervalIn(line);
        const ends = [line.value, low, high].map((one) => inRange(shape.back(one)));
        return { value: ends[0]!, low: Math.min(...ends), high: Math.max(...ends) };
      })),
    gain: (labels) =>
      joined(shapes.map((shape) => {
        const [more, now] = [labels, most].map((count) => lineAt(shape, count));
        const { value: _, slopes } = combine([
          [more!, shape.slope(more!.value)],
          [now!, -shape.slope(now!.value)],
        ]);
        const [then, before] = [more!, now!].map(({ value }) => inRange(shape.back(value)));
        const value = then! - before!;
        const { low, high } = intervalIn({ value, slopes });
        // No more is to be had than all that is missing.
        return { value, low: Math.max(-before!, low), high: Math.min(1 - before!, high) };
      })),
  };
}

/** A number with the ends of its interval. */
interface Spanned extends Interval {
  readonly value: number;
}

/** What of an accuracy lies on a line along what of the labels, how it comes back, and how fast. */
interface Shape {
  /** Whether it is fitted to the last points alone. */
  readonly isLocal: boolean;
  readonly place: (labels: number) => number;
  readonly of: (accuracy: Smooth, images: number) => Smooth;
  readonly back: (value: number) => number;
  /** Of `back`. */
  readonly slope: (value: number) => number;
}

const shapes: readonly Shape[] = [
  {
    isLocal: false,
    place: Math.log,
    of: (accuracy) => accuracy,
    back: (value) => value,
    slope: () => 1,
  },
  {
    isLocal: false,
    place: Math.log,
    of: logMistakes,
    back: (value) => 1 - Math.exp(value),
    slope: (value) => -Math.exp(value),
  },
  {
    // Where it has levelled off already, the first points would hide it.
    isLocal: true,
    place: (labels) => 1 / labels,
    of: (accuracy) => accuracy,
    back: (value) => value,
    slope: () => 1,
  },
];

/** The logarithm of the share of mistakes; none at all counts as half an image. */
function logMistakes(accuracy: Smooth, images: number): Smooth {
  const mistakes = Math.max(0.5 / images, 1 - accuracy.value);
  return { ...combine([[accuracy, -1 / mistakes]]), value: Math.log(mistakes) };
}

/** How much each point counts in what a line through all of them has at a place. */
function weightsAt(place: number, places: readonly number[]): readonly number[] {
  const middle = meanOf(places);
  const squares = places.reduce((all, one) => all + (one - middle) ** 2, 0);
  return places.map((one) => 1 / places.length + (place - middle) * (one - middle) / squares);
}

/** Whether and how much values grow along places. */
function growthOf(places: readonly number[], values: readonly number[]): number {
  const middle = meanOf(places);
  return places.reduce((all, place, i) => all + (place - middle) * values[i]!, 0);
}

function inRange(accuracy: number): number {
  return Math.min(1, Math.max(0, accuracy));
}
