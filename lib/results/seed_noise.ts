import type { Smooth } from "@/lib/results/smooth.ts";
import type { Source } from "@/lib/results/source.ts";
import { type Spread, variance } from "@/lib/results/spread.ts";
import { meanOf } from "@/lib/results/interval.ts";

/** How much a study's numbers differ from seed to seed, learned from all of them together. */
export interface SeedNoise {
  /** The variance of a number at one seed, and with how many degrees of freedom it is known. */
  of(spread: Spread): { readonly variance: number; readonly degrees: number };
}

// How many degrees of freedom the study's common variance counts for, beside a number's own, for each independent part of that
// number's luck: the more parts, the less it matters that some trainings have more luck than others. Where their standard
// deviations differ by a factor of 2 either way, the variance of one has a coefficient of variation of 0.75, as chi-squared of
// 3.5 degrees has; simulated studies of that kind keep their error rate (tests/results/judge_simulation_test.ts).
const degreesOfPart = 3.5;

/**
 * Learns the seeds' noise of a study: a variance for each kind of source in units of p(1 - p), and which share of it
 * sources of one training have in common, as its luck (a random effect of encoders). A number's variance is then what this
 * predicts for it, moderated by its own (Smyth 2004): two or three seeds say little by themselves, and much together.
 *
 * @param sources All sources of the study with two seeds or more.
 * @param spreads Numbers of the study, against which the prediction is scaled.
 */
export function learnSeedNoise(
  sources: readonly Source[],
  spreads: readonly Spread[],
): SeedNoise {
  const several = sources.filter(({ seeds }) => seeds.length > 1);
  const scales = new Map(
    [...Map.groupBy(several, ({ kind }) => kind)].map(([kind, some]) => {
      const ratios = some.map((one) => variance(one.values) / room(one));
      return [kind, weightedMean(ratios, some.map(({ seeds }) => seeds.length - 1))] as const;
    }),
  );
  const common = shareInCommon(several, scales);
  /** The variance that each independent part of a number's luck gives it. */
  const partsOf = (slopes: Smooth["slopes"]): readonly number[] => {
    const lucks = new Map<string, number>();
    for (const [source, slope] of slopes) {
      const size = slope * sizeOf(source);
      lucks.set(source.training, (lucks.get(source.training) ?? 0) + size);
    }
    return [...lucks.values()].map((luck) => common * luck ** 2)
      .concat(squaresOf(slopes).map((square) => (1 - common) * square));
  };
  const sizeOf = (source: Source): number =>
    Math.sqrt(room(source) * (scales.get(source.kind) ?? 0));
  const squaresOf = (slopes: Smooth["slopes"]): readonly number[] =>
    [...slopes].map(([source, slope]) => (slope * sizeOf(source)) ** 2);
  const known = spreads.filter(({ seeds }) => seeds > 1)
    .map((one) => ({ one, weight: (one.seeds - 1) / sum(squaresOf(one.slopes)) }))
    .filter(({ weight }) => Number.isFinite(weight));
  // Encoders of one seed begin with the same weights and data, so that their differences vary less than each by itself. Numbers
  // of all units are weighed by what they would vary if nothing in them were common: of some, nearly all of it cancels.
  const scale = known.length === 0 ? 1 : sum(known.map(({ one, weight }) => weight * one.ofSeeds)) /
    sum(known.map(({ one, weight }) => weight * sum(partsOf(one.slopes))));
  return {
    of({ slopes, seeds, ofSeeds }) {
      const own = seeds - 1, parts = partsOf(slopes), predicted = sum(parts);
      if (predicted === 0) return { variance: ofSeeds, degrees: own };
      const equalParts = predicted ** 2 / sum(parts.map((part) => part ** 2));
      const known = degreesOfPart * equalParts;
      return {
        variance: (known * scale * predicted + own * ofSeeds) / (known + own),
        degrees: known + own,
      };
    },
  };
}

/** How much a share varies for where it stands: p (1 - p). */
function room({ values, correct, images }: Source): number {
  const end = 0.5 / (images?.length ?? correct[0]?.length ?? 1000);
  const p = Math.min(1 - end, Math.max(end, meanOf(values)));
  return p * (1 - p);
}

/**
 * The correlation over seeds of the sources of one training: their products over their squares, pair by pair, so that a training
 * with much luck counts in both.
 */
function shareInCommon(
  sources: readonly Source[],
  scales: ReadonlyMap<string, number>,
): number {
  let products = 0, squares = 0;
  for (const group of Map.groupBy(sources, ({ training }) => training).values()) {
    const scaled = group.filter(({ kind }) => (scales.get(kind) ?? 0) > 0).map((source) => ({
      seeds: source.seeds,
      deviations: source.values.map((value) =>
        (value - meanOf(source.values)) / Math.sqrt(room(source) * scales.get(source.kind)!)
      ),
    }));
    scaled.forEach((one, i) => {
      for (const two of scaled.slice(i + 1)) {
        const both = one.seeds.filter((seed) => two.seeds.includes(seed));
        if (both.length < 2) continue;
        for (const seed of both) {
          const left = one.deviations[one.seeds.indexOf(seed)]!;
          const right = two.deviations[two.seeds.indexOf(seed)]!;
          products += left * right;
          squares += (left ** 2 + right ** 2) / 2;
        }
      }
    });
  }
  return squares === 0 ? 1 : Math.max(0, products / squares);
}

function sum(values: readonly number[]): number {
  return values.reduce((so, value) => so + value, 0);
}

function weightedMean(values: readonly number[], weights: readonly number[]): number {
  return sum(values.map((value, i) => value * weights[i]!)) / sum(weights);
}
