import {
  type Claim,
  type Condition,
  type Contrast,
  expand,
  type Experiment,
  scaleOf,
} from "@/dsl/mod.ts";
import { experiments } from "@/experiments/mod.ts";
import type { Random } from "@/lib/base/random.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import {
  type AskedClaim,
  type Cell,
  chosenValue,
  matches,
  measureTerm,
  type PretextCell,
  type Row,
  sidesOf,
  subjectOf,
  type TestClasses,
} from "@/lib/results/mod.ts";

/** What a simulated study is drawn by. */
export interface Simulation {
  readonly seeds: number;
  readonly testImages: number;
  /** Standard deviation, in logits, of what one training is better or worse at a seed than another. */
  readonly luckOfTraining: number;
  /** The same of what a probe on it is. */
  readonly luckOfProbe: number;
  /** How much trainings differ in how much luck they have: 2 means from half to twice as much. */
  readonly unlikeness: number;
  /** The accuracy of a condition, between 0 and 1. */
  readonly truth: (condition: Condition, level: number) => number;
}

const levels: Readonly<Record<string, readonly string[]>> = {
  objects: ["finest", "kind", "group"],
  species: ["finest", "genus", "family"],
  scenes: ["finest", "setting", "place"],
  aerial: ["finest", "use"],
};
const taxa = 10;

function coarsestOf(scored: readonly string[]): string | null {
  return scored.length > 1 ? scored.at(-1)! : null;
}

/** A study whose truth is known, drawn image by image, ready to be judged. */
export function simulateStudy(
  experiments: readonly Experiment[],
  simulation: Simulation,
  random: Random,
): readonly Omit<AskedClaim, "failed">[] {
  const { seeds, testImages, luckOfTraining, luckOfProbe, unlikeness, truth } = simulation;
  const scale = scaleOf("mini");
  const ease = new Map(
    Object.keys(levels).map((role) => [
      role,
      Float64Array.from({ length: testImages }, () => 1.5 * random.normal()),
    ]),
  );
  const lucks = new Map<string, number>();
  const luck = (key: string, size: number, kind: string): number => {
    const known = lucks.get(key);
    if (known !== undefined) return known;
    // A training's own share of luck is the same at every seed.
    const own = `${kind} share`;
    const share = lucks.get(own) ?? unlikeness ** (2 * random.uniform() - 1);
    lucks.set(own, share);
    const drawn = size * share * random.normal();
    lucks.set(key, drawn);
    return drawn;
  };
  const bytesOf = new Map<string, Uint8Array>();
  const cellsOf = (experiment: Experiment) => {
    const wanted = experiment.claims.flatMap(({ contrasts }) =>
      contrasts.flatMap(({ term }) => sidesOf(term))
    );
    const cells = new Map<string, { cell: Cell; rows: Row[]; correct: Uint8Array[] }>();
    const pretexts = new Map<string, { cell: PretextCell; accuracies: Map<number, number> }>();
    for (const condition of expand(experiment, scale, { seeds })) {
      const { seed, probe, encoders, granularity } = condition;
      const role = probe.labels.role;
      const scored = granularity === "finest" ? ["finest"] : levels[role]!;
      const training = JSON.stringify(
        encoders.map(({ method, sources, corruption, budget, replica }) => [
          method,
          sources,
          corruption,
          budget,
          replica,
        ]),
      );
      const cellKey = JSON.stringify([training, probe.kind, probe.labels, probe.corruption]);
      scored.forEach((level, i) => {
        const subject = subjectOf(condition, level, coarsestOf(scored));
        if (!wanted.some(({ where, take }) => take !== "pretext" && matches(where, subject))) {
          return;
        }
        const at = `${condition.name} ${level}`;
        const known = cells.get(at) ??
          (() => {
            const rows: Row[] = [], correct: Uint8Array[] = [];
            return { cell: { subject, rows, correct }, rows, correct };
          })();
        cells.set(at, known);
        const key = `${cellKey} ${level} ${seed}`;
        const bytes = bytesOf.get(key) ?? (() => {
          const p = truth(condition, i);
          const shift = luck(`${training} ${role} ${seed}`, luckOfTraining, training) +
            luck(`${cellKey} ${seed}`, luckOfProbe, cellKey);
          const middle = centre(p, ease.get(role)!);
          return Uint8Array.from(
            ease.get(role)!,
            (one) => Number(random.uniform() < 1 / (1 + Math.exp(-(middle + one + shift)))),
          );
        })();
        bytesOf.set(key, bytes);
        known.correct.push(bytes);
        known.rows.push({
          seed,
          value: bytes.reduce((a, b) => a + b, 0) / bytes.length,
        } as Row);
      });
      const pretextKey = `${condition.name}`;
      const kept = pretexts.get(pretextKey) ??
        (() => {
          const accuracies = new Map<number, number>();
          return {
            cell: { subject: subjectOf(condition, "finest", null), accuracies },
            accuracies,
          };
        })();
      pretexts.set(pretextKey, kept);
      kept.accuracies.set(
        seed,
        Math.max(
          0.01,
          Math.min(0.99, 0.5 + 0.1 * luck(`pretext ${training} ${seed}`, luckOfTraining, training)),
        ),
      );
    }
    return {
      cells: [...cells.values()].map(({ cell }) => cell),
      pretexts: [...pretexts.values()].map(({ cell }) => cell),
    };
  };
  const testClasses = new Map(
    Object.entries(levels).map(([role, names]) => [role, classesOf(role, names, testImages)]),
  );
  return experiments.flatMap((experiment) => {
    const measurements = { ...cellsOf(experiment), testClasses };
    return experiment.claims.map((claim) => ({ claim, measurements, absent: [] }));
  });
}

function classesOf(role: string, names: readonly string[], images: number): TestClasses {
  return {
    role,
    levels: names.map((level, i) => {
      const count = i === 1 ? taxa : 3;
      return {
        level,
        names: Array.from({ length: count }, (_, n) => `${level} ${n}`),
        classOfImage: Uint16Array.from({ length: images }, (_, image) => image % count),
      };
    }),
  };
}

// The shift in logits at which images of these eases are right with a mean chance of p.
const centres = new WeakMap<Float64Array, Map<number, number>>();
function centre(p: number, ease: Float64Array): number {
  const known = centres.get(ease) ?? new Map<number, number>();
  centres.set(ease, known);
  const found = known.get(p);
  if (found !== undefined) return found;
  let low = -12, high = 12;
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    const mean = ease.reduce((sum, one) => sum + 1 / (1 + Math.exp(-(middle + one))), 0) /
      ease.length;
    if (mean < p) low = middle;
    else high = middle;
  }
  known.set(p, (low + high) / 2);
  return (low + high) / 2;
}

/** The true value of a contrast of accuracies, or 0.5 for a share of classes of which none is truly ahead. */
export function trueValue(
  contrast: Contrast,
  experiment: Experiment,
  truth: Simulation["truth"],
): number {
  const conditions = expand(experiment, scaleOf("mini"), { seeds: 1 });
  const cells = conditions.flatMap((condition): Cell[] => {
    const scored = condition.granularity === "finest"
      ? ["finest"]
      : levels[condition.probe.labels.role]!;
    return scored.map((level, i) => ({
      subject: subjectOf(condition, level, coarsestOf(scored)),
      rows: [{ seed: 1, value: truth(condition, i) } as Row],
      correct: [new Uint8Array(1e6)],
    }));
  });
  const pretexts = conditions.map((condition): PretextCell => ({
    subject: subjectOf(condition, "finest", null),
    accuracies: new Map([[1, 0.5]]),
  }));
  if (contrast.term.take === "share") return 0.5;
  const measured = measureTerm(contrast.term, { cells, pretexts, testClasses: new Map() }, [1]);
  if (typeof measured === "string" || measured.lattice === undefined) throw new Error(contrast.id);
  return chosenValue(measured.lattice);
}

/** The claims with other thresholds. */
export function withThresholds(
  experiments: readonly Experiment[],
  thresholdOf: (contrast: Contrast, claim: Claim, experiment: Experiment) => number,
): readonly Experiment[] {
  return experiments.map((experiment) => ({
    ...experiment,
    claims: experiment.claims.map((claim) => ({
      ...claim,
      contrasts: claim.contrasts.map((contrast) => ({
        ...contrast,
        threshold: thresholdOf(contrast, claim, experiment),
      })),
    })),
  }));
}

/** Accuracies of all kinds, the same for conditions that differ in the domain that is pretrained on alone. */
export function otherwise(condition: Condition, level: number): number {
  const { encoders, probe } = condition;
  if (isFloor(condition)) return 0.1 + 0.12 * level;
  const what = JSON.stringify([
    encoders.map((
      { method, sources, corruption, budget },
    ) => [method, sources.map(({ size }) => size), corruption, budget]),
    probe.kind,
    probe.labels,
  ]);
  return 0.2 + 0.3 * parseInt(sha256(what).slice(0, 8), 16) / 2 ** 32 + 0.12 * level;
}

/** Whether it is the untrained encoder that others must beat. */
export const isFloor = ({ encoders, probe }: Condition): boolean =>
  encoders.length === 1 && encoders[0]!.method === "none" && probe.kind === "linear";

/** All claims with the truth on the border of every contrast, so that no decision is right. */
export const atTheBorder = withThresholds(experiments, (contrast, claim, experiment) => {
  if (contrast.term.take === "share") return 0.5;
  const own = claim.means === "mean" ? claim.contrasts : [contrast];
  const value = own.reduce((sum, one) => sum + trueValue(one, experiment, otherwise), 0) /
    own.length;
  return contrast.direction === "within" ? Math.max(0.005, Math.abs(value)) : value;
});
