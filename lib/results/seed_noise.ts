import type { Smooth } from "@/lib/results/smooth.ts";
import type { Source } from "@/lib/results/source.ts";
import { type Spread, variance } from "@/lib/results/spread.ts";
import { meanOf } from "@/lib/results/interval.ts";

/** How much a study's numbers differ from seed to seed, learned from all of them together. */
export interface SeedNoise {
  /** The variance of a number at one seed, and with how many degrees of freedom it is known. */
  of(spread: Spread): { readonly variance: number; readonly degrees: number };
}

// How many degrees of freedom the study's common variance counts for beside a number's own. Simulated studies whose trainings
// differ in their variance by a factor of 2 either way keep their error rate with it (tests/results/judge_simulation_test.ts).
const priorDegrees = 8;

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
  const predict = (slopes: Smooth["slopes"]): number => {
    const lucks = new Map<string, number>();
    let own = 0;
    for (const [source, slope] of slopes) {
      const size = slope * Math.sqrt(room(source) * (scales.get(source.kind) ?? 0));
      lucks.set(source.training, (lucks.get(source.training) ?? 0) + size);
      own += size ** 2;
    }
    const shared = [...lucks.values()].reduce((sum, luck) => sum + luck ** 2, 0);
    return common * shared + (1 - common) * own;
  };
  const known = spreads.filter(({ seeds }) => seeds > 1)
    .map((one) => ({ one, predicted: predict(one.slopes) }))
    .filter(({ predicted }) => predicted > 0);
  // Encoders of one seed begin with the same weights and data, so that their differences vary less than each by itself.
  const scale = known.length === 0 ? 1 : weightedMean(
    known.map(({ one, predicted }) => one.ofSeeds / predicted),
    known.map(({ one }) => one.seeds - 1),
  );
  return {
    of({ slopes, seeds, ofSeeds }) {
      const own = seeds - 1, prior = scale * predict(slopes);
      if (prior === 0) return { variance: ofSeeds, degrees: own };
      return {
        variance: (priorDegrees * prior + own * ofSeeds) / (priorDegrees + own),
        degrees: priorDegrees + own,
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

/** The correlation over seeds of the sources of one training. */
function shareInCommon(
  sources: readonly Source[],
  scales: ReadonlyMap<string, number>,
): number {
  let together = 0, pairs = 0;
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
        together += both.reduce((sum, seed) =>
          sum + one.deviations[one.seeds.indexOf(seed)]! *
            two.deviations[two.seeds.indexOf(seed)]!, 0) / (both.length - 1);
        pairs++;
      }
    });
  }
  return pairs === 0 ? 1 : Math.min(1, Math.max(0, together / pairs));
}

function weightedMean(values: readonly number[], weights: readonly number[]): number {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return values.reduce((sum, value, i) => sum + value * weights[i]!, 0) / whole;
}
