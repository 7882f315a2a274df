import { type Condition, expand, isFloorName, scaleOf } from "@/dsl/mod.ts";
import type { Random } from "@/lib/base/random.ts";
import {
  experimentOf,
  leastGain,
  leastTestImages,
  ownEncoders,
  partsOf,
  type QuestionFacts,
  type Wishes,
} from "@/lib/question/mod.ts";
import {
  type Cell,
  estimateCell,
  familiesOf,
  judge,
  type Origin,
  type Row,
  subjectOf,
} from "@/lib/results/mod.ts";
import type { AskedStudy } from "@/reports/answer_cells.ts";

/** What the answer to a question is drawn by. */
export interface SimulatedAnswer {
  readonly facts: QuestionFacts;
  readonly wishes: Wishes;
  readonly seeds: number;
  /** The accuracy of a condition with so many labels, between 0 and 1. */
  readonly truth: (condition: Condition, labels: number) => number;
}

// Standard deviations, in logits: of what images are to all encoders, and to one, of what a training is better or worse at a seed,
// and of what the choice of a few labelled images, or a probe on all of them, adds.
const ease = 1.5, own = 1.5, luckOfTraining = 0.1, luckOfLabels = 0.15, luckOfProbe = 0.05;

/** The results of a question whose truth is known, drawn image by image. */
export function simulateAnswer(
  { facts, wishes, seeds, truth }: SimulatedAnswer,
  random: Random,
): AskedStudy {
  const { role, trainImages, testImages, classes } = facts;
  const experiment = experimentOf(partsOf(facts, wishes), facts, wishes);
  const pretrained = new Map(ownEncoders(facts, wishes).map(({ size, images }) => [size, images]));
  const drawn = (size: number) =>
    Float64Array.from({ length: testImages }, () => size * random.normal());
  const eases = drawn(ease);
  const owns = new Map<string, Float64Array>(), lucks = new Map<string, number>();
  const bytesOf = new Map<string, Uint8Array>();
  const origins = new Map<string, Origin>();
  const cells = new Map<string, Cell & { readonly rows: Row[]; readonly correct: Uint8Array[] }>();
  for (const condition of expand(experiment, scaleOf("mini"), { seeds })) {
    const { name, probe, encoders, seed } = condition;
    const subject = subjectOf(condition, "finest", null), { labels: size } = subject;
    const labels = size === "all" ? trainImages : parseInt(size) * classes;
    const isTrained = probe.kind === "finetune" || probe.kind === "scratch";
    const encoder = JSON.stringify([
      encoders.map(({ method, sources, checkpoint }) => [method, sources, checkpoint]),
      isTrained && probe.kind,
    ]);
    const isGiven = !isTrained &&
      encoders.every(({ method, checkpoint }) => checkpoint !== undefined || isFloorName(method));
    const p = truth(condition, labels);
    // What is given and sees all labels is the same at every seed.
    const draw = isGiven && size === "all" ? 0 : seed;
    const correct = once(
      bytesOf,
      JSON.stringify([encoder, probe.kind, size, subject.seen, draw]),
      () => {
        const luck = isGiven
          ? 0
          : once(lucks, `${encoder} ${seed}`, () => luckOfTraining * random.normal());
        const ofLabels = draw === 0 ? 0 : size === "all" ? luckOfProbe : luckOfLabels;
        const middle = centreOf(p) + luck + ofLabels * random.normal();
        const owned = once(owns, encoder, () => drawn(own));
        return Uint8Array.from(
          eases,
          (one, i) => Number(random.uniform() < logistic(middle + one + owned[i]!)),
        );
      },
    );
    const cell = once(cells, name, () => ({ subject, rows: [], correct: [] }));
    const key = `${name} ${seed}`;
    origins.set(key, {
      manifest: {
        kind: "probe",
        made: { seconds: 1 },
        info: { heldOut: [{ accuracy: p + 0.03 * random.normal() }] },
      },
    } as unknown as Origin);
    cell.correct.push(correct);
    cell.rows.push({
      seed,
      labels,
      testImages,
      pretrain_images: pretrained.get(encoders[0]!.sources[0]?.size ?? "1M") ?? 0,
      value: correct.reduce((a, b) => a + b, 0) / testImages,
      subject,
      origin: { score: "", probe: key, encoders: [encoder] },
    } as unknown as Row);
  }
  const all = [...cells.values()];
  const testClasses = new Map([[role as string, {
    role,
    levels: [{
      level: "finest",
      names: Array.from({ length: classes }, (_, i) => `class ${i}`),
      classOfImage: Uint16Array.from({ length: testImages }, (_, i) => i % classes),
    }],
  }]]);
  const measurements = { cells: all, pretexts: [], testClasses };
  const { noise, judgements } = judge(
    experiment.claims.map((claim) => ({ claim, measurements, absent: [], failed: () => [] })),
    { families: familiesOf([experiment]), measured: [measurements] },
  );
  return {
    experiments: [{
      experiment,
      cells: all.map((cell) => estimateCell(cell, noise)),
      judgements,
      testClasses,
      noise,
    }],
    seeds,
    origins,
    domains: new Map([[role, facts]]),
    question: {
      ...{ role, leftOut: [], leastTestImages, leastGain, predicted: new Map() },
      features: "npx deno task features",
    },
  } as unknown as AskedStudy;
}

function once<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

const centres = new Map<number, number>();
const places = Array.from({ length: 81 }, (_, i) => (i - 40) / 8);
const weights = places.map((z) => Math.exp(-z * z / 2));

/** The logit about which images are right with a mean chance of p. */
function centreOf(p: number): number {
  const known = centres.get(p);
  if (known !== undefined) return known;
  const spread = Math.hypot(ease, own), whole = weights.reduce((a, b) => a + b, 0);
  let low = -15, high = 15;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    const mean = places.reduce((sum, z, i) => sum + weights[i]! * logistic(middle + spread * z), 0);
    if (mean / whole < p) low = middle;
    else high = middle;
  }
  centres.set(p, low);
  return low;
}
