import assert from "node:assert/strict";
import { randomAt } from "@/lib/base/random.ts";
import {
  combine,
  learnSeedNoise,
  meanSource,
  type Source,
  type Spread,
  spreadOf,
} from "@/lib/results/mod.ts";

/** Sources without images, so that only seeds vary: two of each training, with luck of their own and in common. */
function made(
  trainings: number,
  { common, own }: { readonly common: number; readonly own: number },
) {
  const random = randomAt(3, "noise");
  return Array.from({ length: trainings }, (_, training) => {
    const luck = [1, 2].map(() => common * random.normal());
    return [0, 1].map((): Source => ({
      training: `${training}`,
      kind: "frozen",
      role: null,
      seeds: [1, 2],
      values: luck.map((shift) => 0.5 + shift + own * random.normal()),
      correct: [],
    }));
  });
}

const differenceOf = (left: Source, right: Source): Spread =>
  spreadOf(combine([[meanSource([left], [1, 2]), 1], [meanSource([right], [1, 2]), -1]]), [1, 2]);

Deno.test("learnSeedNoise() tells the variance of a difference from all trainings together, with two seeds", () => {
  const common = 0.02, own = 0.01;
  const pairs = made(200, { common, own });
  const across = pairs.slice(1).map(([one], i) => differenceOf(one!, pairs[i]![0]!));
  const within = pairs.map(([one, two]) => differenceOf(one!, two!));
  const noise = learnSeedNoise(pairs.flat(), [...across, ...within]);
  const average = (spreads: readonly Spread[]) =>
    spreads.reduce((sum, one) => sum + noise.of(one).variance, 0) / spreads.length;
  const isNear = (found: number, wanted: number) =>
    assert.ok(Math.abs(found / wanted - 1) < 0.2, `${found}, not ${wanted}`);
  // Two trainings differ by all of their luck, two probes on one by their own alone.
  isNear(average(across), 2 * (common ** 2 + own ** 2));
  isNear(average(within), 2 * own ** 2);
});

Deno.test("learnSeedNoise() leaves a number that varies more than others some of its own", () => {
  const pairs = made(60, { common: 0.01, own: 0 });
  const spreads = pairs.slice(1).map(([one], i) => differenceOf(one!, pairs[i]![0]!));
  const noise = learnSeedNoise(pairs.flat(), spreads);
  const [usual] = spreads, unusual = { ...usual!, ofSeeds: 100 * usual!.ofSeeds };
  const { variance, degrees } = noise.of(unusual);
  assert.ok(variance > 2 * noise.of(usual!).variance && variance < unusual.ofSeeds);
  // For each of the two trainings as many, and one of its own.
  assert.ok(Math.abs(degrees - 8) < 1e-6, `${degrees}`);
});

Deno.test("learnSeedNoise() keeps its scale where the luck of some numbers cancels but for a trace", () => {
  const luck = { common: 0.02, own: 1e-6 };
  const pairs = made(60, luck);
  const across = pairs.slice(1).map(([one], i) => differenceOf(one!, pairs[i]![0]!));
  // What remains of these is far from what the noise is thought to be made of.
  const within = pairs.map(([one, two]) => ({ ...differenceOf(one!, two!), ofSeeds: 1e-6 }));
  const average = (noise: ReturnType<typeof learnSeedNoise>) =>
    across.reduce((sum, one) => sum + noise.of(one).variance, 0) / across.length;
  const alone = average(learnSeedNoise(pairs.flat(), across));
  const beside = average(learnSeedNoise(pairs.flat(), [...across, ...within]));
  assert.ok(Math.abs(beside / alone - 1) < 0.1, `${beside} beside, ${alone} alone`);
});

Deno.test("learnSeedNoise() learns nothing where there is one seed, and then counts a number by itself", () => {
  const noise = learnSeedNoise([], []);
  const [[one]] = made(1, { common: 0.01, own: 0.01 }) as [[Source, Source]];
  const spread = spreadOf(meanSource([one], [1, 2]), [1, 2]);
  assert.deepEqual(noise.of(spread), { variance: spread.ofSeeds, degrees: 1 });
});
