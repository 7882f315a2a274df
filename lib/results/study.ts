import type { Experiment, Role, Scale } from "@/dsl/mod.ts";
import type { Plan, PlannedCondition } from "@/lib/plan/mod.ts";
import type { Store } from "@/lib/store/mod.ts";
import { failedChecks } from "@/lib/results/checks.ts";
import { estimateCell, type EstimatedCell } from "@/lib/results/estimate.ts";
import { familiesOf } from "@/lib/results/families.ts";
import type { AskedClaim } from "@/lib/results/judge.ts";
import { judgeLooks, type LookedJudgement } from "@/lib/results/looks.ts";
import { type Registration } from "@/lib/results/registration.ts";
import type { SeedNoise } from "@/lib/results/seed_noise.ts";
import { readCells } from "@/lib/results/cells.ts";
import { type Curve, curvesOf } from "@/lib/results/curves.ts";
import { type Origin, readOrigins } from "@/lib/results/origins.ts";
import { readPictures, type StudyPictures } from "@/lib/results/pictures.ts";
import { type Question, type QuestionResults, readQuestion } from "@/lib/results/question.ts";
import { pretextCells } from "@/lib/results/pretext.ts";
import { absentFrom, type Row } from "@/lib/results/rows.ts";
import { type Subject, subjectOf } from "@/lib/results/subject.ts";
import type { OtherRun } from "@/lib/results/told.ts";
import { readTestClasses, type TestClasses } from "@/lib/results/test_classes.ts";

/** What a report has to know of a data set. */
export interface StudyDomain {
  /** The identity of its content. */
  readonly id: string;
  readonly source: string;
  /** What the role is bound to, for tables: "world species", "image-folder photos". */
  readonly name: string;
  /** `world` for the built-in ones. */
  readonly dataset: string;
  readonly trainImages: number;
  readonly testImages: number;
  readonly unlabelledImages: number;
  /** At the finest level of its label tree. */
  readonly classes: number;
  /** Levels of its label tree, finest first; none where no image has a label. */
  readonly levels: readonly string[];
  /** Those of them at which no class has more than half of the finest classes. */
  readonly dividedLevels: readonly string[];
  /** What is wrong with it and was let pass, a sentence each. */
  readonly allowed: readonly string[];
  /** What is worth knowing of it, a sentence each. */
  readonly notes: readonly string[];
}

/** Everything that a report is made from. */
export interface StudyInput {
  readonly experiments: readonly Experiment[];
  readonly plan: Plan;
  readonly store: Store;
  /** What {@linkcode readRows} gives. */
  readonly rows: readonly Row[];
  readonly scale: Scale;
  readonly domains: ReadonlyMap<Role, StudyDomain>;
  /** What is wrong with the roles that were left out for it. */
  readonly refused: ReadonlyMap<Role, string>;
  /** The command that makes the report. */
  readonly command: string;
  /** All experiments that there are, whatever of them was asked for: their claims are the families of the correction. */
  readonly registry: readonly Experiment[];
  /** At how many seeds claims are looked at; none for a single look at all that there is. */
  readonly looks: readonly number[];
  /** What was committed to beforehand, and when. */
  readonly registered: Registered;
  /** Absent where nothing is going on. */
  readonly outstanding?: Outstanding;
  /** A run that this one is laid beside. */
  readonly against?: OtherRun;
  /** The question that a user asked of own data, where that is what the study is about. */
  readonly question?: Question;
}

/** What of a study that goes on was not measured when its report was made. */
export interface Outstanding {
  /** The experiments that are not complete. */
  readonly experiments: readonly Experiment[];
  /** Roughly how much longer it goes on. */
  readonly seconds: number;
}

/** A registration, and when it was first made in this store. */
export interface Registered extends Registration {
  /** ISO 8601, UTC; absent where nothing was run yet. */
  readonly at?: string;
}

/** An experiment and all that was measured of it. */
export interface ExperimentResults {
  readonly experiment: Experiment;
  readonly rows: readonly Row[];
  readonly cells: readonly EstimatedCell[];
  /** Declared and planned, but not in the store. */
  readonly absent: readonly Subject[];
  readonly judgements: readonly LookedJudgement[];
  /** The true classes of the test images of each role. */
  readonly testClasses: ReadonlyMap<string, TestClasses>;
  readonly curves: readonly Curve[];
  /** What differs from seed to seed, as all numbers of the study tell it together. */
  readonly noise: SeedNoise;
}

/** A study read from the store. */
export interface StudyResults {
  readonly experiments: readonly ExperimentResults[];
  readonly rows: readonly Row[];
  /** How many rows there are when nothing is absent. */
  readonly planned: number;
  /** By step key. */
  readonly origins: ReadonlyMap<string, Origin>;
  readonly pictures: StudyPictures;
  readonly scale: Scale;
  readonly domains: ReadonlyMap<Role, StudyDomain>;
  readonly refused: ReadonlyMap<Role, string>;
  readonly command: string;
  /** The sides of the images of its conditions, smallest first. */
  readonly pixels: readonly number[];
  /** The most seeds that a condition has. */
  readonly seeds: number;
  readonly looks: readonly number[];
  readonly registered: Registered;
  readonly outstanding?: Outstanding;
  readonly against?: OtherRun;
  readonly question?: QuestionResults;
}

/** Reads all that a report shows and judges every claim. */
export async function readStudy(input: StudyInput): Promise<StudyResults> {
  const { plan, store, rows, scale, domains, refused, command, registry } = input;
  const [origins, cells] = await Promise.all([readOrigins(plan, store), readCells(rows, store)]);
  const absent = absentSubjects(plan, rows);
  const testClasses = await readTestClasses(plan, { store, origins });
  const pretexts = pretextCells(plan, origins);
  const read = input.experiments.map((experiment) => {
    const { id } = experiment;
    const own = cells.filter((cell) => cell.subject.experiment === id);
    const missing = absent.filter((subject) => subject.experiment === id);
    const conditions = plan.conditions.filter(({ condition }) => condition.experiment === id);
    const measurements = {
      cells: own,
      pretexts: pretexts.filter(({ subject }) => subject.experiment === id),
      testClasses,
    };
    return {
      experiment,
      rows: rows.filter((row) => row.experiment === id),
      own,
      absent: missing,
      testClasses,
      measurements,
      asked: experiment.claims.map((claim): AskedClaim => ({
        claim,
        measurements,
        absent: missing,
        failed: (cells) => failedChecks(claim.checks, { cells, testClasses, origins }),
      })),
      curves: curvesOf({ ...plan, conditions }, origins),
    };
  });
  const { judgements, noise } = judgeLooks(read.flatMap(({ asked }) => asked), {
    families: familiesOf([...registry, ...input.experiments]),
    looks: input.looks,
    measured: read.map(({ measurements }) => measurements),
  });
  let next = 0;
  const experiments = read.map(({ asked, own, measurements: _, ...rest }): ExperimentResults => ({
    ...rest,
    cells: own.map((cell) => estimateCell(cell, noise)),
    judgements: asked.map(() => judgements[next++]!),
    noise,
  }));
  const pictures = await readPictures(plan, { store, origins });
  const seeds = new Set(rows.map((row) => row.seed)).size;
  const sides = new Set(plan.conditions.map(({ condition }) => condition.pixels));
  const pixels = [...sides].toSorted((a, b) => a - b);
  const planned = plan.conditions.reduce((sum, { score }) => sum + levelsOf(plan, score).length, 0);
  return {
    experiments,
    rows,
    planned,
    origins,
    pictures,
    scale,
    domains,
    refused,
    command,
    pixels,
    seeds,
    looks: input.looks,
    registered: input.registered,
    ...input.outstanding && { outstanding: input.outstanding },
    ...input.against && { against: input.against },
    ...input.question && { question: await readQuestion(input.question, cells, store) },
  };
}

/** A subject is absent when none of its seeds is there; one that has a seed is measured with those it has. */
function absentSubjects(plan: Plan, rows: readonly Row[]): readonly Subject[] {
  const measured = new Set(rows.map((row) => `${row.experiment}\n${row.condition}`));
  const subjects = absentFrom(plan, rows)
    .filter(({ condition }) => !measured.has(`${condition.experiment}\n${condition.name}`))
    .flatMap((planned) => subjectsOf(planned, plan));
  return distinct(subjects);
}

/** What the results of an experiment will be about, at every level that is scored, whether they are there or not. */
export function plannedSubjects(plan: Plan, experiment: string): readonly Subject[] {
  return distinct(
    plan.conditions.filter(({ condition }) => condition.experiment === experiment)
      .flatMap((planned) => subjectsOf(planned, plan)),
  );
}

function subjectsOf(
  { condition, score, coarsest }: PlannedCondition,
  plan: Plan,
): readonly Subject[] {
  return levelsOf(plan, score).map((level) => subjectOf(condition, level, coarsest));
}

function distinct(subjects: readonly Subject[]): readonly Subject[] {
  return [...new Map(subjects.map((subject) => [JSON.stringify(subject), subject])).values()];
}

/** The levels that a score step scores. */
function levelsOf(plan: Plan, score: string): readonly string[] {
  const step = plan.steps.find(({ key }) => key === score);
  return step?.kind === "score" ? step.spec.levels : [];
}
