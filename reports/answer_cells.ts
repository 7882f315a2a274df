import {
  encodersOf,
  type EncoderSubject,
  type EstimatedCell,
  estimateMean,
  type ExperimentResults,
  fitLabelCurve,
  isFloorName,
  type LabelCurve,
  type QuestionResults,
  type StudyDomain,
  type StudyResults,
  type TestLevel,
} from "@/lib/results/mod.ts";
import { methodName } from "@/reports/names.ts";

/** A study that answers a user's question. */
export type AskedStudy = StudyResults & { readonly question: QuestionResults };

/** The cells that an answer is drawn from. */
export interface AnswerCells {
  /** Linear classifiers of one encoder each on all labels and clean images, at the finest level, the most accurate first. */
  readonly ranked: readonly EstimatedCell[];
  /** Those of the first of them, with any number of labels, fewest first. */
  readonly byLabels: readonly EstimatedCell[];
  /** The best that was tried on bad test images, and what it was on them. */
  readonly bad?: { readonly clean: EstimatedCell; readonly cells: readonly EstimatedCell[] };
}

/** What an answer is drawn from, and how much it can bear. */
export interface Answer extends AnswerCells {
  readonly results: ExperimentResults;
  /** The share of its test images that the most frequent class has. */
  readonly guessing: number;
  /** Whether the first of the ranked is known to be better than that, whichever of them had come first. */
  readonly isLearned: boolean;
  /** How the first encoder's accuracy grows with labels; absent where there is nothing to go by. */
  readonly curve?: LabelCurve;
  readonly finest?: TestLevel;
}

/** Whether a study answers a user's question. */
export function isAsked(study: StudyResults): study is AskedStudy {
  return study.question !== undefined;
}

/** What the answer to a user's question is drawn from. */
export function answerOf(study: AskedStudy): Answer {
  const { question: { role, leastTestImages }, experiments: [results] } = study;
  const { noise, testClasses } = results!;
  const cells = answerCells(results!), [first] = cells.ranked;
  const finest = testClasses.get(role)?.levels[0];
  const guessing = finest === undefined ? 0 : mostFrequent(finest);
  const isLearned = first !== undefined &&
    estimateMean([first], noise, { bestOf: cells.ranked.length })!.interval.low > guessing;
  const isJudged = domainOf(study).testImages >= leastTestImages;
  // Through accuracies that may be those of guessing any curve goes.
  const curve = isJudged && isLearned ? fitLabelCurve(cells.byLabels, noise) : undefined;
  return {
    ...cells,
    ...{ results: results!, guessing, isLearned },
    ...curve && { curve },
    ...finest && { finest },
  };
}

/** The data set that is asked of. */
export function domainOf({ domains, question: { role } }: AskedStudy): StudyDomain {
  return [...domains].find(([name]) => name === role)![1];
}

/** The cells that an answer is drawn from. */
function answerCells({ cells }: Pick<ExperimentResults, "cells">): AnswerCells {
  const linear = alone(cells).filter(({ subject }) => subject.probe === "linear");
  const clean = linear.filter(({ subject }) => subject.seen === "clean");
  const ranked = clean.filter(({ subject }) => subject.labels === "all")
    .toSorted((a, b) => b.estimate.value - a.estimate.value);
  const [first] = ranked;
  const bad = linear.filter(({ subject }) => subject.seen !== "clean");
  const tried = ranked.find((one) => bad.some((cell) => isSame(cell, one)));
  return {
    ranked,
    byLabels: first === undefined
      ? []
      : clean.filter((cell) => isSame(cell, first)).toSorted((a, b) => labelsOf(a) - labelsOf(b)),
    ...tried && { bad: { clean: tried, cells: bad.filter((cell) => isSame(cell, tried)) } },
  };
}

/** The cells of one encoder each, at the finest level. */
export function alone(cells: readonly EstimatedCell[]): readonly EstimatedCell[] {
  return cells.filter(({ subject }) => subject.others.length === 0 && subject.level === "finest");
}

/** The same for cells of one encoder, and for no others. */
export function encoderKey(
  { subject: { method, pretrain, sizes, network } }: Pick<EstimatedCell, "subject">,
): string {
  return JSON.stringify([method, pretrain, sizes, network]);
}

/** Whether two cells are of one encoder. */
export function isSame(one: EstimatedCell, two: EstimatedCell): boolean {
  return encoderKey(one) === encoderKey(two);
}

/** How many labels a cell was given. */
export function labelsOf({ rows }: EstimatedCell): number {
  return rows[0]!.labels;
}

/** On how many images the encoder of a cell was pretrained. */
export function pretrained({ rows }: EstimatedCell): number {
  return rows[0]!.pretrain_images;
}

/** The pair of encoders whose classifiers were best on held-out training labels. */
export function chosenPair(
  cells: readonly EstimatedCell[],
  { origins }: Pick<StudyResults, "origins">,
): EstimatedCell | undefined {
  const heldOut = ({ rows }: EstimatedCell) =>
    rows.reduce((sum, { origin }) => {
      const manifest = origins.get(origin.probe)?.manifest;
      const tried = manifest?.kind === "probe" ? manifest.info.heldOut : [];
      return sum + Math.max(0, ...tried.map(({ accuracy }) => accuracy ?? 0));
    }, 0) / rows.length;
  return cells.filter(({ subject: { others, level } }) => others.length === 1 && level === "finest")
    .toSorted((a, b) => heldOut(b) - heldOut(a))[0];
}

function mostFrequent({ names, classOfImage }: TestLevel): number {
  const counts = names.map(() => 0);
  for (const one of classOfImage) counts[one]!++;
  return counts.reduce((most, one) => Math.max(most, one), 0) / classOfImage.length;
}

/** The encoder of a cell in prose: "SimCLR on 1,200 of your images". */
export function encoderName(cell: EstimatedCell): string {
  return nameOf(cell.subject, cell);
}

/** The encoders of a cell, each in prose. */
export function encoderNames(cell: EstimatedCell): readonly string[] {
  return encodersOf(cell.subject).map((one) => nameOf(one, cell));
}

function nameOf({ method, checkpoint }: EncoderSubject, cell: EstimatedCell): string {
  if (checkpoint !== undefined) return checkpoint;
  if (method === "none") return "an untrained network";
  if (method === "colours") return "a colour histogram";
  if (isFloorName(method)) return methodName(method).toLowerCase();
  return `${methodName(method)} on ${pretrained(cell).toLocaleString("en-US")} of your images`;
}
