import { type Check, needsLabels } from "@/dsl/mod.ts";
import type { Cell } from "@/lib/results/cells.ts";
import { type Epoch, epochsOf } from "@/lib/results/curves.ts";
import { meanOf } from "@/lib/results/interval.ts";
import type { Origin } from "@/lib/results/origins.ts";
import { matches } from "@/lib/results/select.ts";
import { encodersOf, type Subject } from "@/lib/results/subject.ts";
import type { TestClasses } from "@/lib/results/test_classes.ts";

/** What checks are made on. */
export interface Checked {
  /** The cells of the claim's experiment. */
  readonly cells: readonly Cell[];
  readonly testClasses: ReadonlyMap<string, TestClasses>;
  /** By step key. */
  readonly origins: ReadonlyMap<string, Origin>;
}

// Of the way from what guessing gives to 1, an accuracy must have gone this far, and have this much left.
const margin = 0.02;
// A training has come to rest when the last quarter of it lowers its mean loss by no more than this share of all that it lowered
// it. On development seeds at the scale mini, trainings that are thought long enough have 4 to 12 %, and those that are much
// too short 20 to 36 %. It says that the loss is near its end, not that more steps would change no accuracy.
const restingShare = 0.15;
// A training on labels has fitted them when it tells so many of those it was shown.
const fitted = 0.95;

/**
 * Makes the checks of a claim.
 *
 * @returns What fails, a sentence for each check that does, none where all pass. What nothing is selected for passes.
 */
export function failedChecks(checks: readonly Check[], checked: Checked): readonly string[] {
  return checks.flatMap((check) => {
    const cells = checked.cells.filter(({ subject }) => matches(check.where, subject));
    const failing = cells.filter((cell) => !passes(check, { cell, checked }));
    if (failing.length === 0) return [];
    const names = [...new Set(failing.map(({ subject }) => subject.condition))];
    const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
    return [`${sentences[check.check]}: ${names.slice(0, 3).join("; ")}${more}`];
  });
}

const sentences: Readonly<Record<Check["check"], string>> = {
  "beats untrained": "pretraining does not beat an untrained encoder",
  "flattened": "pretraining had not levelled off",
  "converged": "training on labels had not converged",
  "off the ends": "accuracy is at floor or ceiling",
};

function passes(
  { check }: Check,
  { cell, checked }: { readonly cell: Cell; readonly checked: Checked },
): boolean {
  switch (check) {
    case "beats untrained":
      return beatsUntrained(cell, checked);
    case "flattened":
      return curvesOf(cell, checked, { labelled: false }).every((curve) => isAtRest(curve));
    case "converged":
      return isConverged(cell, checked);
    case "off the ends":
      return isOffTheEnds(cell, checked);
  }
}

/** Better than the untrained encoder of the same network, scale and probe at every seed: a lead that is luck would not be. */
function beatsUntrained({ subject, rows }: Cell, { cells }: Checked): boolean {
  const untrained = cells.find((other) =>
    other.subject.method === "none" && other.subject.others.length === 0 &&
    (["on", "probe", "labels", "seen", "level", "scale", "network"] as const).every((field) =>
      other.subject[field] === subject[field]
    ) && other.subject.probeChanges.text === subject.probeChanges.text
  );
  if (untrained === undefined) return false;
  return rows.every(({ seed, value }) => {
    const floor = untrained.rows.find((row) => row.seed === seed);
    return floor === undefined || value > floor.value;
  });
}

/** The loss curves of a cell's encoders that are trained with labels, or without, at every seed. */
function curvesOf(
  { subject, rows }: Cell,
  { origins }: Checked,
  { labelled }: { readonly labelled: boolean },
): readonly (readonly Epoch[])[] {
  return rows.flatMap(({ origin }) =>
    origin.encoders.filter((_, i) => needsLabels(encodersOf(subject)[i]!.method) === labelled)
      .map((key) => epochsOf(origins.get(key)))
  );
}

function isAtRest(curve: readonly { readonly loss: number }[]): boolean {
  if (curve.length < 4) return false;
  const quarter = Math.round(curve.length / 4);
  const lossOf = (from: number, to?: number) =>
    meanOf(curve.slice(from, to).map(({ loss }) => loss));
  const last = lossOf(-quarter), before = lossOf(-2 * quarter, -quarter);
  return before - last <= restingShare * Math.max(0, curve[0]!.loss - last);
}

/** Whether a probe that trains all layers, or else supervised encoders, have fitted their labels or come to rest. */
function isConverged(cell: Cell, checked: Checked): boolean {
  const { probe } = cell.subject;
  if (probe === "finetune" || probe === "scratch") {
    return cell.rows.every(({ origin }) => {
      const manifest = checked.origins.get(origin.probe)?.manifest;
      return manifest?.kind === "finetune" &&
        isAtRest(manifest.info.losses.map((loss) => ({ loss })));
    });
  }
  return curvesOf(cell, checked, { labelled: true })
    .every((curve) => (curve.at(-1)?.accuracy ?? 0) >= fitted || isAtRest(curve));
}

function isOffTheEnds({ subject, rows }: Cell, { testClasses }: Checked): boolean {
  const value = meanOf(rows.map((row) => row.value)), floor = guessing(subject, testClasses);
  const way = (value - floor) / (1 - floor);
  return way >= margin && way <= 1 - margin;
}

/** The accuracy of always naming the most frequent class of the test images. */
function guessing(
  { on, level }: Subject,
  testClasses: ReadonlyMap<string, TestClasses>,
): number {
  const found = testClasses.get(on)?.levels.find((one) => one.level === level);
  if (found === undefined) return 0;
  const counts = found.names.map(() => 0);
  for (const own of found.classOfImage) counts[own]!++;
  return Math.max(...counts) / found.classOfImage.length;
}
