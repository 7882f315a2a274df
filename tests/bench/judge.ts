import type { Condition } from "@/dsl/mod.ts";
import { experiments } from "@/experiments/mod.ts";
import { randomAt } from "@/lib/base/random.ts";
import { familiesOf, judge, type Judgement } from "@/lib/results/mod.ts";
import { textTable } from "@/tests/bench/text_table.ts";
import { atTheBorder, otherwise, simulateStudy } from "@/tests/results/simulated_study.ts";

/** How much is simulated. */
export interface JudgeOptions {
  readonly studies: number;
  readonly images: number;
}

const noise = { luckOfTraining: 0.1, luckOfProbe: 0.05, unlikeness: 2 };
const effects = [0, 2, 5, 10];
const families = familiesOf(experiments);

/**
 * How often the whole judge is wrong where every claim lies at its border, and how often it decides where encoders of the
 * task's own domain are truly ahead, and larger pretraining sets and supervised training are, by 0, 2, 5 and 10 points.
 */
export function benchJudge({ studies, images }: JudgeOptions): void {
  const rows: Record<string, string>[] = [];
  for (const seeds of [2, 3, 6]) {
    const wrong = shareOf(studies, (study) => {
      const truth = otherwise;
      const random = randomAt(31, `border ${seeds}`, study);
      const judged = judgeOf(atTheBorder, { seeds, images, truth }, random);
      return Number(judged.some(isDecided));
    });
    const decided = effects.map((points) =>
      shareOf(Math.ceil(studies / 4), (study) => {
        const truth = planted(points / 100);
        const random = randomAt(32, `planted ${seeds}`, study);
        return judgeOf(experiments, { seeds, images, truth }, random).filter(isDecided).length / 19;
      })
    );
    rows.push({
      seeds: `${seeds}`,
      wrong: wrong.toFixed(3),
      ...Object.fromEntries(
        decided.map((share, i) => [`${effects[i]} points`, share.toFixed(2)]),
      ),
    });
  }
  const notes = [
    `wrong: of ${studies} studies with every claim at its border, the share that decide one or more`,
    `points: the share of the 19 claims that are decided; ${images} test images a role`,
  ];
  // deno-lint-ignore no-console -- this is the benchmark's own voice
  console.log([...textTable(rows), ...notes].join("\n"));
}

function judgeOf(
  declared: typeof experiments,
  { seeds, images, truth }: {
    readonly seeds: number;
    readonly images: number;
    readonly truth: (condition: Condition, level: number) => number;
  },
  random: ReturnType<typeof randomAt>,
): readonly Judgement[] {
  const asked = simulateStudy(declared, { ...noise, seeds, testImages: images, truth }, random);
  const { judgements } = judge(asked.map((one) => ({ ...one, failed: () => [] })), { families });
  return judgements.filter(({ claim }) => claim.number !== undefined);
}

function isDecided({ verdict }: Judgement): boolean {
  return verdict === "holds" || verdict === "does not hold";
}

function shareOf(times: number, of: (study: number) => number): number {
  let sum = 0;
  for (let study = 0; study < times; study++) sum += of(study);
  return sum / times;
}

/** Own domains, larger sets, clean images and labels each add so much. */
const planted = (effect: number) => ({ encoders, probe }: Condition, level: number): number => {
  const [{ method, sources, corruption }] = encoders as [Condition["encoders"][number]];
  if (probe.kind === "scratch") return 0.5 + 0.05 * level;
  if (method === "none") return 0.15 + 0.05 * level;
  const isOwn = sources.some(({ role }) => role === probe.labels.role);
  const isAlone = sources.length === 1;
  const size = ["50k", "125k", "250k", "500k", "1M"].indexOf(sources[0]!.size);
  return 0.35 + 0.05 * level + (isOwn ? effect : 0) + (isOwn && isAlone ? effect : 0) +
    (method === "supervised" ? effect * (3 - level) : 0) + effect * Math.max(0, size) / 4 -
    (corruption.kind === "clean" ? 0 : effect) + (encoders.length > 1 ? effect / 2 : 0);
};
