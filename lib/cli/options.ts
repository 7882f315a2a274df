import { type Precision, precisions, type ScaleName, scaleNames } from "@/dsl/mod.ts";
import { InputError, refuse } from "@/lib/base/errors.ts";
import { didYouMean } from "@/lib/base/nearest.ts";
import { type FindingName, findingNames } from "@/lib/data/mod.ts";
import { type StepKind, stepKinds } from "@/lib/plan/mod.ts";
import type { BackendName } from "@/lib/tensor/backend_name.ts";

/** What `reproduce`, `plan` and `report` have in common. */
export interface StudyOptions {
  readonly scale: ScaleName;
  /** Whether what experiments ask beyond the paper is a part of it. */
  readonly all: boolean;
  /** Of every training, instead of the scale's own. */
  readonly precision?: Precision;
  /** A YAML file that binds roles to data sets. */
  readonly data?: string;
  /** A YAML file that names encoders from outside. */
  readonly encoders?: string;
  /** Findings that are let pass. */
  readonly allow: readonly FindingName[];
  readonly store: string;
  /** Where the report goes; of a command that writes none, absent. */
  readonly out?: string;
  /** A store, or the `claims.csv` of a report, that the report is laid beside. */
  readonly against?: string;
  /** Worker processes at most: no more than make sense are started. */
  readonly jobs?: number;
  readonly seeds?: SeedRange;
  /** Whether what no claim needs is worked at every seed too, or at one or none. */
  readonly figures: "claims" | "full";
  /** Whether further seeds are added, look by look, for claims that are undecided. */
  readonly untilDecided: boolean;
  /** Of a study that goes on until its claims are decided. */
  readonly maxSeeds?: number;
  /** After so many no further look is begun. */
  readonly hours?: number;
  readonly trustCode: boolean;
  /** Steps that are worked though they are fresh: the first digits of keys, names of conditions, labels. */
  readonly force?: readonly string[];
  readonly json: boolean;
}

/** Seeds that follow one another. */
export interface SeedRange {
  readonly first: number;
  readonly count: number;
}

/** The name of a study: what was asked for, and the scale. A folder of reports holds those of one. */
export function studyName(ids: readonly string[], { scale }: Pick<StudyOptions, "scale">): string {
  return `${[...new Set(ids)].join("+")}-${scale}`;
}

/** Where a report goes unless `--out` says otherwise. */
export function defaultOut(
  root: string,
  ids: readonly string[],
  options: Pick<StudyOptions, "scale">,
): string {
  return `${root}/reports/out/${studyName(ids, options)}`;
}

/** What a command is told that writes a report. */
export type ReportOptions = StudyOptions & { readonly out: string };

/** Where steps are to be worked, and what there is. */
export interface DeviceOptions {
  /** By its name; by default a GPU where one is found. */
  readonly device?: string;
  /** Bytes of each such device, in place of what is found. */
  readonly deviceMemory?: number;
}

/** What only `plan` is told. */
export interface PlanOptions extends StudyOptions, DeviceOptions {
  /** Whether every step is shown, and not their groups alone. */
  readonly allSteps: boolean;
  /** The language of a picture that is printed in place of all else. */
  readonly graph?: GraphLanguage;
  /** Whether the exit code says that something would run. */
  readonly exitCode: boolean;
}

const graphLanguages = ["mermaid", "dot"] as const;

/** A language in which a picture of a plan can be told. */
export type GraphLanguage = (typeof graphLanguages)[number];

/** What only `reproduce` is told: how its work is computed. */
export interface EngineOptions extends DeviceOptions {
  readonly backend: BackendName;
  readonly check: boolean;
  /** Works steps of these kinds alone, of which all that they need is there. */
  readonly only?: readonly StepKind[];
  /** Works steps of these kinds and what they need, and nothing beyond. */
  readonly until?: readonly StepKind[];
  /** Whether nothing more is begun after a failure. */
  readonly failFast?: boolean;
}

/**
 * Reads a positive integer of the command line.
 *
 * @throws {InputError} If it is anything else.
 */
export function positiveInteger(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new InputError(option, `"${text}" is not a positive integer`, "Give 1, 2, 3, …");
    }
    return value;
  };
}

/**
 * Reads seeds: how many from 1 on, or the first and the last of them.
 *
 * @throws {InputError} If it is anything else.
 */
export function seedsOption(text: string): SeedRange {
  const [, from = "1", to] = /^(?:([0-9]+)-)?([0-9]+)$/.exec(text) ?? [];
  const first = Number(from), last = Number(to);
  if (!(first >= 1 && first <= last && Number.isSafeInteger(last))) {
    throw new InputError(
      "--seeds",
      `"${text}" is neither a number of seeds nor a first and a last one`,
      "Give 3 for the seeds 1 to 3, or 4-6 for others",
    );
  }
  return { first, count: last - first + 1 };
}

/** Seeds as the command line has them. */
export function seedsText({ first, count }: SeedRange): string {
  return first === 1 ? `${count}` : `${first}-${first + count - 1}`;
}

/**
 * Reads one of several words of the command line.
 *
 * @throws {InputError} If it is none of them.
 */
function oneOf<T extends string>(option: string, words: readonly T[]): (text: string) => T {
  return (text) => {
    const word = words.find((one) => one === text);
    if (word === undefined) throw unknownWord(text, option, words);
    return word;
  };
}

function unknownWord(text: string, option: string, words: readonly string[]): InputError {
  return new InputError(
    option,
    `"${text}" is not known`,
    `${didYouMean(text, words)}Choose among ${words.join(", ")}`,
  );
}

/** Images of each split that `data check` decodes unless told: a minute's work on two cores. */
export const defaultSample = 10_000;

/** Reads a number of images, or `all`. */
export function sampleOption(text: string): number {
  return text === "all" ? Infinity : positiveInteger("--sample")(text);
}

/**
 * Reads names of kinds of work with commas between them, and adds them to those of earlier options.
 *
 * @throws {InputError | InputErrors} For each that is none.
 */
export function kindsOption(
  option: string,
): (text: string, earlier?: readonly StepKind[]) => readonly StepKind[] {
  return (text, earlier = []) => {
    const names = text.split(",").map((name) => name.trim());
    const isKnown = (name: string): name is StepKind => stepKinds.some((one) => one === name);
    refuse(
      names.filter((name) => !isKnown(name)).map((name) => unknownWord(name, option, stepKinds)),
    );
    return [...new Set([...earlier, ...names.filter(isKnown)])];
  };
}

/** Adds a text to those of earlier options. */
export function textsOption(text: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, text];
}

/**
 * Reads names of findings with commas between them, and adds them to those of earlier options.
 *
 * @throws {InputError | InputErrors} For each that is none.
 */
export function allowOption(
  text: string,
  earlier: readonly FindingName[],
): readonly FindingName[] {
  const names = text.split(",").map((name) => name.trim());
  const isKnown = (name: string): name is FindingName => findingNames.some((one) => one === name);
  const unknown = names.filter((name) => !isKnown(name));
  refuse(unknown.map((name) => unknownWord(name, "--allow", findingNames)));
  return [...new Set([...earlier, ...names.filter(isKnown)])];
}

/** Reads the name of a split that has labels. */
export const splitOption = oneOf("--split", ["train", "test"] as const);

/** Reads a kind of device. */
export const deviceOption = (option: string) => oneOf(option, ["cpu", "gpu"] as const);

/**
 * Reads numbers of something with commas between them.
 *
 * @throws {InputError} If one is no positive integer.
 */
export function countsOption(option: string): (text: string) => readonly number[] {
  return (text) => text.split(",").map((count) => positiveInteger(option)(count.trim()));
}

/** Reads for whom conditions are worked at every seed. */
export const figuresOption = oneOf("--figures", ["claims", "full"] as const);

/**
 * Reads a positive number of the command line.
 *
 * @throws {InputError} If it is anything else.
 */
export function positiveNumber(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!(value > 0 && Number.isFinite(value))) {
      throw new InputError(option, `"${text}" is not a positive number`, "Give 0.5, 8, …");
    }
    return value;
  };
}

/**
 * Refuses options that contradict each other.
 *
 * @throws {InputError | InputErrors} Naming the two.
 */
export function checkOptions({ untilDecided, seeds, maxSeeds, hours }: StudyOptions): void {
  if (untilDecided && seeds !== undefined) {
    throw new InputError(
      "--seeds",
      `${seedsText(seeds)} is given with --until-decided, which finds the number of seeds`,
      "Leave one of the two out, or bound it with --max-seeds",
    );
  }
  if (untilDecided) return;
  const bounds = [["--max-seeds", maxSeeds], ["--hours", hours]] as const;
  refuse(
    bounds.filter(([, value]) => value !== undefined).map(([name, value]) =>
      new InputError(name, `${value} bounds --until-decided, which is not given`, "Add it")
    ),
  );
}

/** Reads the language of a picture. */
export const graphOption = oneOf("--graph", graphLanguages);

/**
 * Refuses two forms of a plan at once.
 *
 * @throws {InputError} Naming both.
 */
export function checkPlanOptions({ graph, json }: PlanOptions): void {
  if (graph === undefined || !json) return;
  throw new InputError(
    "--graph",
    `${graph} is given with --json, and one of them can be printed`,
    "Leave one of the two out",
  );
}

/** Reads the name of a scale. */
export const scaleOption = oneOf("--scale", scaleNames);

/** Reads the name of a scale, and adds it to those of earlier options. */
export function scalesOption(text: string, earlier: readonly ScaleName[]): readonly ScaleName[] {
  return [...new Set([...earlier, scaleOption(text)])];
}

/** Reads a number format. */
export const precisionOption = oneOf("--precision", precisions);

/** The store's folder where no option names one: the environment's, unless that is blank, else `.cache` in the project. */
export function defaultStore(root: string): string {
  const named = Deno.env.get("WHEN_CONTRASTIVE_STORE") ?? "";
  return named.trim() === "" ? `${root}/.cache` : named;
}
