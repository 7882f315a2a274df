import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { type Collected, collecting, shownPath, userPlace, withPaths } from "@/dsl/checked.ts";
import type { Experiment } from "@/dsl/experiment.ts";
import { kindOf } from "@/dsl/rules.ts";
import type { Trial } from "@/dsl/trial.ts";
import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { InputError, messageOf, refuse } from "@/lib/base/errors.ts";

/** What the files of a folder declare. */
export interface Loaded {
  /** By their order, and those without one after them, by their ids. */
  readonly experiments: readonly Experiment[];
  /** The file of each, as a whole path. */
  readonly files: ReadonlyMap<Experiment, string>;
  /** All files that were read. */
  readonly read: readonly string[];
  /** Where experiments, trials, claims, terms, checks and figures were declared: `experiments/mine.ts:12`. */
  readonly places: Collected["places"];
  /** All that is wrong with the declarations; where there is something, the experiments are not to be used. */
  readonly mistakes: readonly InputError[];
}

/**
 * Loads every TypeScript file of a folder, and of those in it, but `mod.ts`: what of it is exported and an experiment is one of the
 * study. Files that export none are helpers of others.
 */
export async function loadExperiments(folder: string): Promise<Loaded> {
  const read = await scripts(folder);
  const files = new Map<Experiment, string>();
  const failures: InputError[] = [];
  const { mistakes, places } = await collecting(async () => {
    for (const path of read) {
      try {
        const exported: object = await import(pathToFileURL(path).href);
        for (const value of Object.values(exported)) {
          if (kindOf(value) === "an experiment" && !files.has(value)) files.set(value, path);
        }
      } catch (error) {
        failures.push(failureOf(error, path));
      }
    }
  });
  // What fails after a mistake was told may fail for it.
  const own = failures.filter(({ place }) =>
    !mistakes.some((mistake) => fileOf(mistake) === fileOf({ place }))
  );
  const all = [
    ...mistakes,
    ...own,
    ...twice(files, places),
    ...copied(files),
    ...unexported(files, places),
    ...mistakes.length > 0 ? [] : scalesOfOneName(files, places),
  ];
  return {
    experiments: [...files.keys()].toSorted(inOrder),
    files,
    read,
    places,
    // A helper that fails fails in each file that imports it.
    mistakes: [...new Map(all.map((one) => [one.message, one])).values()],
  };
}

/**
 * The experiments that the files of a folder declare, once nothing is wrong with their declarations.
 *
 * @throws {InputError | InputErrors} For all mistakes.
 */
export async function experimentsIn(folder: string): Promise<readonly Experiment[]> {
  const { experiments, mistakes } = await loadExperiments(folder);
  refuse(mistakes);
  return experiments;
}

/** The file that a mistake is in, as messages have it. */
export function fileOf({ place }: Pick<InputError, "place">): string {
  return place.replace(/:\d+$/, "");
}

async function scripts(folder: string): Promise<readonly string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  const found = await Promise.all(entries.map(async (entry) => {
    const path = resolve(folder, entry.name);
    if (entry.name.startsWith(".")) return [];
    if ((await Deno.stat(path)).isDirectory) return await scripts(path);
    return path.endsWith(".ts") && entry.name !== "mod.ts" ? [path] : [];
  }));
  return found.flat().sort();
}

/** Why a file cannot be loaded, in words. */
function failureOf(error: unknown, path: string): InputError {
  // On a terminal the addresses of files have colours.
  const stack = stripVTControlCharacters(error instanceof Error ? error.stack ?? "" : "");
  const [said = ""] = stripVTControlCharacters(messageOf(error)).split("\n");
  // Of what cannot be read at all, the stack has nothing but this loader and who called it.
  const [own = ""] = stack.split("/dsl/load.ts:");
  const place = userPlace(own) ?? shownPath(path);
  return new InputError(
    place,
    `the file cannot be loaded: ${withPaths(said).replace(/\.$/, "")}`,
    "Correct this line",
  );
}

function twice(
  files: ReadonlyMap<Experiment, string>,
  places: Collected["places"],
): readonly InputError[] {
  const placeOf = (one: Experiment) => places.get(one)?.() ?? shownPath(files.get(one)!);
  return [...Map.groupBy(files.keys(), ({ id }) => id)].flatMap(([id, [first, ...others]]) =>
    others.map((other) =>
      new InputError(
        placeOf(other),
        `the experiment "${id}" is declared in ${placeOf(first!)} too`,
        "Give one of the two another id",
      )
    )
  );
}

/** Scales of one's own that are unlike and have one name, in two experiments: their rows could not be told apart. */
function scalesOfOneName(
  files: ReadonlyMap<Experiment, string>,
  places: Collected["places"],
): readonly InputError[] {
  const first = new Map<string, { readonly text: string; readonly trial: Trial }>();
  return [...files.keys()].flatMap((one) => {
    const trials = [...one.trials, ...one.beyond];
    const own = new Map(
      trials.flatMap((trial) =>
        typeof trial.scale === "object" && trial.scale !== null ? [[trial.scale.name, trial]] : []
      ),
    );
    return [...own].flatMap(([name, trial]) => {
      const text = canonicalJson(trial.scale), known = first.get(name);
      if (known === undefined) first.set(name, { text, trial });
      if (known === undefined || known.text === text) return [];
      const placeOf = (of: Trial) => places.get(of)?.() ?? shownPath(files.get(one)!);
      return [
        new InputError(
          placeOf(trial),
          `the scale "${name}" is another in ${placeOf(known.trial)}`,
          "Rename one of the two, or declare it once and import it",
        ),
      ];
    });
  });
}

/** What looks like an experiment, but was never looked at: a copy with other fields. */
function copied(files: ReadonlyMap<Experiment, string>): readonly InputError[] {
  return [...files].flatMap(([one, path]) =>
    Object.isFrozen(one) ? [] : [
      new InputError(
        shownPath(path),
        `the experiment "${one.id}" is a copy that was not checked`,
        "Write export const … = experiment({ ...other, id: … })",
      ),
    ]
  );
}

/** Experiments that are declared and cannot be found. */
function unexported(
  files: ReadonlyMap<Experiment, string>,
  places: Collected["places"],
): readonly InputError[] {
  return [...places].flatMap(([declared, placeOf]) =>
    kindOf(declared) !== "an experiment" || files.has(declared as Experiment) ? [] : [
      new InputError(
        placeOf(),
        `the experiment "${(declared as Experiment).id}" is not exported`,
        "Write export const … = experiment({ … })",
      ),
    ]
  );
}

function inOrder(one: Experiment, two: Experiment): number {
  if (one.order !== two.order) return (one.order ?? Infinity) - (two.order ?? Infinity);
  return one.id < two.id ? -1 : 1;
}
