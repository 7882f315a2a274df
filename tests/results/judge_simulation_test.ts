import assert from "node:assert/strict";
import type { Condition } from "@/dsl/mod.ts";
import { experiments } from "@/experiments/mod.ts";
import { randomAt } from "@/lib/base/random.ts";
import { familiesOf, judge, type Judgement, type Verdict } from "@/lib/results/mod.ts";
import {
  atTheBorder,
  isFloor,
  otherwise,
  simulateStudy,
  type Simulation,
} from "@/tests/results/simulated_study.ts";

// The whole judge on whole studies of which the truth is known, with all claims of the project: images that are easy or hard
// for everybody, trainings that are lucky or not at a seed, some more so than others, and the noise of single predictions.

/** What seeds do is about what they did in studies of this project: some 1 to 2 points between two trainings. */
const noise = { luckOfTraining: 0.1, luckOfProbe: 0.05, unlikeness: 2 };

function judgementsOf(
  declared: typeof experiments,
  simulation: Pick<Simulation, "seeds" | "truth" | "testImages">,
  study: number,
): ReadonlyMap<string, Judgement> {
  const random = randomAt(21, `simulated ${simulation.seeds}`, study);
  const asked = simulateStudy(declared, { ...noise, ...simulation }, random);
  const { judgements } = judge(asked.map((one) => ({ ...one, failed: () => [] })), {
    families: familiesOf(declared),
  });
  return new Map(judgements.map((one) => [one.claim.id, one]));
}

const isDecided = (verdict: Verdict | undefined) =>
  verdict === "holds" || verdict === "does not hold";
const paperClaims = experiments.flatMap(({ claims }) => claims)
  .filter(({ number }) => number !== undefined).map(({ id }) => id);

for (const [seeds, studies] of [[2, 40], [3, 30], [6, 20]] as const) {
  Deno.test(`of studies with ${seeds} seeds and every claim at its border, at most 5 % decide any`, () => {
    let wrong = 0;
    for (let study = 0; study < studies; study++) {
      const judged = judgementsOf(atTheBorder, { seeds, testImages: 400, truth: otherwise }, study);
      wrong += Number(paperClaims.some((id) => isDecided(judged.get(id)?.verdict)));
    }
    // Two standard errors of so few studies above 5 %.
    const most = 0.05 + 2 * Math.sqrt(0.05 * 0.95 / studies);
    assert.ok(wrong / studies <= most, `${wrong} of ${studies}`);
  });
}

/** What one SimCLR encoder's accuracy is above or below another's on every task, in the planted studies. */
const planted = (ownDomain: number) => (condition: Condition, level: number): number => {
  const { encoders, probe } = condition;
  if (isFloor(condition)) return 0.1;
  const isOwn = encoders.every(({ sources }) =>
    sources.length === 1 && sources[0]!.role === probe.labels.role
  );
  return 0.35 + (isOwn ? ownDomain : 0) + 0.1 * level;
};

Deno.test("planted effects of 0, 2 and 5 points come back as they should, and large ones are decided", () => {
  const studies = 4;
  /** How often pools were said to be worse (claim 10), the own domain the best (claim 8), and by how much pools were worse. */
  const found = (points: number) => {
    const counts = { pools: 0, own: 0 };
    let worse = 0;
    for (let study = 0; study < studies; study++) {
      const truth = planted(points / 100);
      const judged = judgementsOf(experiments, { seeds: 3, testImages: 2000, truth }, study);
      const pools = judged.get("pools-are-worse")!;
      counts.pools += Number(pools.verdict === "holds");
      counts.own += Number(judged.get("in-domain")!.verdict === "holds");
      worse -= 100 * pools.effect!.value / studies;
      assert.notEqual(pools.verdict, "does not hold");
    }
    return { ...counts, worse };
  };
  const [none, two, five, twenty] = [0, 2, 5, 20].map(found);
  assert.deepEqual([none!.pools, none!.own], [0, 0]);
  for (const [one, points] of [[none, 0], [two, 2], [five, 5]] as const) {
    assert.ok(Math.abs(one!.worse - points) < 1, `${one!.worse}, not ${points} points`);
  }
  assert.equal(five!.pools, studies);
  assert.equal(twenty!.own, studies);
});
