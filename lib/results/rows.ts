import { isTraining } from "@/dsl/mod.ts";
import type { InfoOf, Plan, PlannedCondition, Step } from "@/lib/plan/mod.ts";
import { findArtifact, type Store } from "@/lib/store/mod.ts";
import { encodersOf, type EncoderSubject, type Subject, subjectOf } from "@/lib/results/subject.ts";

/** What of a row its condition and its score say, in the order of `rows.csv`, which begins with it. */
export const measuredColumns = [
  "experiment",
  "condition",
  "scale",
  "method",
  "pretrain_domain",
  "pretrain_images",
  "corruption",
  "budget",
  "training",
  "network",
  "probe",
  "probe_settings",
  "eval_domain",
  "labels",
  "eval_images",
  "level",
  "seed",
  "metric",
  "value",
] as const;

/** The steps that a number stands on, by their keys. */
export interface RowOrigin {
  readonly score: string;
  readonly probe: string;
  readonly encoders: readonly string[];
}

/** One measured number: a condition at a seed and a level. */
export interface Row {
  readonly experiment: string;
  readonly condition: string;
  readonly scale: string;
  readonly method: string;
  /** Roles joined by `+` for a pool, by `&` for a fusion; the name of an encoder from outside; `none` for an untrained one and for floors. */
  readonly pretrain_domain: string;
  /** Images pretrained on in this study; 0 for an untrained encoder, for one from outside and for floors. */
  readonly pretrain_images: number;
  readonly corruption: string;
  readonly budget: string;
  /** The settings given in place of the recipe's: "temperature 0.5, epochs 40"; empty where there are none. */
  readonly training: string;
  /** Of a floor its settings. */
  readonly network: string;
  readonly probe: string;
  /** The settings given in place of the scale's; empty where there are none. */
  readonly probe_settings: string;
  readonly eval_domain: string;
  /** Labelled images that the probe was given. */
  readonly labels: number;
  /** What was done to the images of the probe. */
  readonly eval_images: string;
  readonly level: string;
  readonly seed: number;
  readonly metric: "top1";
  /** 0 to 1. */
  readonly value: number;
  readonly subject: Subject;
  readonly origin: RowOrigin;
  /** The file of the score that holds a byte for every test image, 1 where the prediction is right. */
  readonly correct: string;
  readonly classes: number;
  readonly testImages: number;
}

/**
 * The tidy rows of a plan: one for each condition, seed and level whose score stands verified in the store. What is
 * not there yet is left out; {@linkcode absentFrom} lists it.
 */
export async function readRows(plan: Plan, store: Store): Promise<Row[]> {
  const steps = new Map(plan.steps.map((step) => [step.key, step]));
  const images = new Map<string, Promise<number>>();
  const imagesOf = (key: string) => {
    const known = images.get(key) ?? readImages(key, { steps, store });
    images.set(key, known);
    return known;
  };
  const rows = await Promise.all(
    plan.conditions.map(async (planned) => {
      const found = await findArtifact(store, planned.score);
      if (found.state !== "cached" || found.manifest.kind !== "score") return [];
      const trained = planned.encoders.filter((_, i) =>
        isTraining(planned.condition.encoders[i]!.method)
      );
      const [labels, ...parts] = await Promise.all([planned.probe, ...trained].map(imagesOf));
      return rowsOf(planned, {
        info: found.manifest.info,
        labels: labels!,
        pretrainImages: parts.reduce((sum, part) => sum + part, 0),
      });
    }),
  );
  return rows.flat();
}

/** The conditions of a plan that have no row. */
export function absentFrom(plan: Plan, rows: readonly Row[]): readonly PlannedCondition[] {
  const scored = new Set(rows.map((row) => row.origin.score));
  return plan.conditions.filter(({ score }) => !scored.has(score));
}

/** What of a row its condition and score do not say. */
interface RowFacts {
  readonly info: InfoOf<"score">;
  readonly labels: number;
  readonly pretrainImages: number;
}

function rowsOf(
  planned: PlannedCondition,
  { info, labels, pretrainImages }: RowFacts,
): readonly Row[] {
  const { condition, score, probe, coarsest } = planned;
  return info.levels.map(({ level, classes, top1 }, i): Row => {
    const subject = subjectOf(condition, level, coarsest);
    const encoders = encodersOf(subject);
    const told = encoders.map(({ changes }) => changes.text);
    const joined = (word: (encoder: EncoderSubject) => string) => encoders.map(word).join(" & ");
    return {
      experiment: condition.experiment,
      condition: condition.name,
      scale: subject.scale,
      method: joined(({ method }) => method),
      pretrain_domain: joined(({ pretrain }) => pretrain),
      pretrain_images: pretrainImages,
      corruption: joined(({ corruption }) => corruption),
      budget: joined(({ budget }) => budget),
      training: told.some((text) => text !== "") ? told.join(" & ") : "",
      network: joined(({ network }) => network),
      probe: subject.probe,
      probe_settings: subject.probeChanges.text,
      eval_domain: subject.on,
      labels,
      eval_images: subject.seen,
      level,
      seed: condition.seed,
      metric: "top1",
      value: top1,
      subject,
      origin: { score, probe, encoders: planned.encoders },
      correct: `correct-${i}.u8`,
      classes,
      testImages: info.testImages,
    };
  });
}

/** How many images a step learned from: what its artifact says, or the subsets that the plan gives it. */
async function readImages(
  key: string,
  { steps, store }: { readonly steps: ReadonlyMap<string, Step>; readonly store: Store },
): Promise<number> {
  const found = await findArtifact(store, key);
  const made = found.state === "cached" ? found.manifest : undefined;
  if (made?.kind === "pretrain" || made?.kind === "probe" || made?.kind === "finetune") {
    return made.info.images;
  }
  const planned = (step: Step | undefined): number => {
    // Of so many a class their number is not known before they are drawn.
    if (step?.kind === "subset") return "size" in step.spec ? Number(step.spec.size) : 0;
    // A corrupted source stands between an encoder and its subset.
    if (step?.key !== key && step?.kind !== "corrupt") return 0;
    return Object.values(step.needs).reduce((sum, need) => sum + planned(steps.get(need)), 0);
  };
  return planned(steps.get(key));
}
