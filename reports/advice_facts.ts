import {
  type Estimate,
  type EstimatedCell,
  estimateDifference,
  isFloorName,
  shortKey,
  type StudyResults,
  type TestLevel,
} from "@/lib/results/mod.ts";
import {
  answerOf,
  type AskedStudy,
  chosenPair,
  domainOf,
  encoderName,
  encoderNames,
  labelsOf,
  pretrained,
} from "@/reports/answer_cells.ts";
import { type TrainedFacts, trainedFacts } from "@/reports/trained_facts.ts";
import { type Ranked, type Way, waysOf } from "@/reports/ways.ts";

/** An encoder with its accuracy. */
export interface RankedEncoder extends Ranked {
  /** What `deno task features` is told. */
  readonly word: string;
}

/** Pretraining on own images. */
export interface OwnPretraining {
  /** Of each number of images, fewest first: how much it gives over the best of what is there without it. */
  readonly gains: readonly { readonly images: number; readonly gain: Estimate }[];
  /** Of one training on the most images. */
  readonly seconds: number;
}

/** All that advice is drawn from; what was not measured is absent. */
export interface AdviceFacts extends TrainedFacts {
  readonly trainImages: number;
  readonly testImages: number;
  readonly unlabelledImages: number;
  readonly classes: number;
  readonly seeds: number;
  /** With fewer test images nothing is judged. */
  readonly leastTestImages: number;
  /** What is less is of no use, whether it is there or not. */
  readonly leastGain: number;
  /** Why pretraining on own images was not tried, where that is so. */
  readonly untried: string;
  /** The command that writes features of the images, but for the encoder. */
  readonly features: string;
  /** Everything that was tried with all labels, the most accurate first. */
  readonly ways: readonly Way[];
  /** Encoders by the accuracy of linear classifiers with all labels, best first. */
  readonly ranking: readonly RankedEncoder[];
  /** The share of its test images that the most frequent class has. */
  readonly guessing: number;
  /** Whether the first of the ranking is known to be better than that, whichever of them had come first. */
  readonly isLearned: boolean;
  /** Whether any of those was trained, on whatever images. */
  readonly hasTrained: boolean;
  readonly own?: OwnPretraining;
  /** The most labels that were measured, what they gave over the most before, and what ten times as many are expected to give. */
  readonly labels?: {
    readonly most: number;
    readonly last?: { readonly from: number; readonly gain: Estimate };
    readonly gain: Estimate;
  };
  /** What the pair that held-out labels chose gives over the first of the ranking. */
  readonly pair?: { readonly names: readonly string[]; readonly gain: Estimate };
  /** What bad test images cost the best that was tried on them, the worst kind first. */
  readonly quality?: {
    readonly encoder: string;
    readonly costs: readonly { readonly kind: string; readonly cost: Estimate }[];
  };
  /** Of the first: its classes, the worst first. */
  readonly failing: readonly {
    readonly name: string;
    readonly images: number;
    readonly right: number;
    readonly mistakenFor: string | null;
  }[];
  /** Of the levels of the label tree that ask something else than those before: accuracy of the first, finest first. */
  readonly levels: readonly { readonly level: string; readonly estimate: Estimate }[];
  /** Seconds on one core, of all that was worked. */
  readonly seconds: number;
}

/** What advice is drawn from, out of the results. */
export function adviceFacts(study: AskedStudy): AdviceFacts {
  const { question: { role, leastTestImages, leastGain }, origins, seeds } = study;
  const domain = domainOf(study);
  const answer = answerOf(study), { results: { cells, noise, testClasses }, ...found } = answer;
  const { ranked, bad, guessing, isLearned, curve, finest } = found;
  const [first] = ranked;
  const less = (
    left: EstimatedCell,
    right: EstimatedCell,
    options: Parameters<typeof estimateDifference>[3] = {},
  ) => estimateDifference(left, right, noise, options);
  const isOwn = ({ subject }: EstimatedCell) => subject.method === "simclr";
  const others = ranked.filter((cell) => !isOwn(cell)), [without] = others;
  const own = ranked.filter(isOwn).toSorted((a, b) => pretrained(a) - pretrained(b));
  const [before, all] = found.byLabels.slice(-2);
  const step = before && all && less(all, before);
  const pair = chosenPair(cells, study);
  const paired = pair && first && less(pair, first, { rightOf: ranked.length });
  const unlike = unlikeLevels(testClasses.get(role)?.levels ?? []);
  const longest = own.at(-1)?.rows.map(({ origin }) => secondsOf(origin.encoders[0]!, study)) ?? [];
  return {
    trainImages: domain.trainImages,
    testImages: domain.testImages,
    unlabelledImages: domain.unlabelledImages,
    classes: domain.classes,
    seeds,
    leastTestImages,
    leastGain,
    untried: study.question.untried,
    features: study.question.features,
    guessing,
    isLearned,
    ways: waysOf(answer, pair),
    ranking: ranked.map((cell): RankedEncoder => {
      const behind = cell === first ? undefined : less(first!, cell, { leftOf: ranked.length - 1 });
      return {
        name: encoderName(cell),
        word: encoderWord(cell),
        estimate: cell.estimate,
        ...behind && { behind },
      };
    }),
    hasTrained: ranked.some(({ subject: { method } }) => method !== "none" && !isFloorName(method)),
    ...own.length > 0 && without !== undefined && {
      own: {
        gains: own.flatMap((cell) => {
          const gain = less(cell, without, { rightOf: others.length });
          return gain === undefined ? [] : [{ images: pretrained(cell), gain }];
        }),
        seconds: longest.reduce((sum, one) => sum + one, 0) / longest.length,
      },
    },
    ...trainedFacts(answer, own.at(-1)),
    ...curve && {
      labels: {
        most: curve.most,
        gain: curve.gain(10 * curve.most),
        ...step && { last: { from: labelsOf(before!), gain: step } },
      },
    },
    ...pair && paired && {
      pair: { names: encoderNames(pair), gain: paired },
    },
    ...bad && {
      quality: {
        encoder: encoderName(bad.clean),
        costs: bad.cells.flatMap((cell) => {
          const cost = less(bad.clean, cell, {
            comparisons: bad.cells.length,
            leftOf: ranked.length,
          });
          return cost === undefined ? [] : [{ kind: badName(cell), cost }];
        }).toSorted((a, b) => b.cost.value - a.cost.value),
      },
    },
    failing: first === undefined || finest === undefined ? [] : failing(first, finest, study),
    levels: first === undefined ? [] : cells
      .filter(({ subject: { condition, level } }) =>
        condition === first.subject.condition && unlike.has(level)
      )
      .map(({ subject, estimate }) => ({
        level: subject.level === "finest" ? domain.levels[0]! : subject.level,
        estimate,
      })),
    seconds: [...origins.keys()].reduce((sum, key) => sum + secondsOf(key, study), 0),
  };
}

/** The levels that have fewer classes than those before, and two at least: any other asks nothing that they do not. */
export function unlikeLevels(
  levels: readonly Pick<TestLevel, "level" | "names">[],
): ReadonlySet<string> {
  const counts = levels.map(({ names }) => names.length);
  return new Set(
    levels.filter((_, i) => counts[i]! > 1 && (i === 0 || counts[i]! < counts[i - 1]!))
      .map(({ level }) => level),
  );
}

function encoderWord({ subject: { method, checkpoint }, rows: [row] }: EstimatedCell): string {
  return checkpoint ?? (isFloorName(method) ? method : shortKey(row!.origin.encoders[0]!));
}

function secondsOf(key: string, { origins }: Pick<StudyResults, "origins">): number {
  return origins.get(key)?.manifest.made.seconds ?? 0;
}

/** What was done to test images, in plain words. */
function badName({ subject: { seenParameters: seen } }: EstimatedCell): string {
  switch (seen.kind) {
    case "clean":
      return "images as they are";
    case "downsample":
      return `a ${seen.factor === 4 ? "quarter" : "half"} of the resolution`;
    case "resize":
      return `${seen.side} of the resolution`;
    case "jpeg":
      return `strong JPEG compression (quality ${seen.quality})`;
    case "salt-and-pepper":
      return `noise in ${100 * seen.probability} % of the pixels`;
  }
}

/** The classes of an encoder's test images, those that it tells worst first, and what it takes them for. */
function failing(
  cell: EstimatedCell,
  { names, classOfImage }: TestLevel,
  { question: { predicted } }: AskedStudy,
): AdviceFacts["failing"] {
  const seeds = predicted.get(cell.subject.condition) ?? [];
  if (seeds.length === 0) return [];
  // How often a class was taken for each that it was taken for: of thousands of classes few are.
  const taken = names.map(() => new Map<number, number>());
  for (const one of seeds) {
    classOfImage.forEach((own, i) => {
      const row = taken[own]!, as = one[i]!;
      row.set(as, (row.get(as) ?? 0) + 1);
    });
  }
  return names.flatMap((name, own) => {
    const row = [...taken[own]!], all = row.reduce((sum, [, count]) => sum + count, 0);
    if (all === 0) return [];
    const wrong = row.filter(([as]) => as !== own).toSorted(([a, m], [b, n]) => n - m || a - b);
    return [{
      name,
      images: all / seeds.length,
      right: (taken[own]!.get(own) ?? 0) / all,
      mistakenFor: wrong.length === 0 ? null : names[wrong[0]![0]]!,
    }];
  }).toSorted((a, b) => a.right - b.right);
}
