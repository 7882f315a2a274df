import type { Experiment } from "@/dsl/mod.ts";
import { shownPath } from "@/dsl/checked.ts";
import { fileOf, type Loaded, loadExperiments } from "@/dsl/load.ts";
import { InputError, refuse } from "@/lib/base/errors.ts";
import { didYouMean } from "@/lib/base/nearest.ts";
import { checkTypes } from "@/lib/cli/check_types.ts";
import { selectionMistakes } from "@/lib/results/selected.ts";

const read = new Map<string, Promise<Loaded>>();

// What is wrong in these is wrong in claims alone: the trials that others of the file select among are there.
const ofClaims =
  /^(?:claim|mean|best|worst|spread|logit|pretext|difference|ratio|share|beatsUntrained|flattened|converged|offTheEnds)\(\)/;

/**
 * The experiments of a project, with all that is wrong in them but their types; where a trial may be wrong, what its file
 * selects is not looked at. Files are read once.
 *
 * @param root The project's folder.
 */
export function findExperiments(root: string): Promise<Loaded> {
  const found = read.get(root) ?? find(root);
  read.set(root, found);
  return found;
}

async function find(root: string): Promise<Loaded> {
  const loaded = await loadExperiments(`${root}/experiments`);
  const { experiments, files, places, mistakes } = loaded;
  const wrong = new Set(mistakes.filter(({ problem }) => !ofClaims.test(problem)).map(fileOf));
  const told = new Set(mistakes.map(({ place }) => place));
  const selected = experiments.flatMap((one) => {
    const file = shownPath(files.get(one)!);
    const placeOf = (declared: object) => (places.get(declared) ?? places.get(one))?.() ?? file;
    if (wrong.has(file)) return [];
    return selectionMistakes(one, placeOf).filter(({ place }) => !told.has(place));
  });
  return { ...loaded, mistakes: [...mistakes, ...selected] };
}

/**
 * The experiments of a project, once nothing is wrong in them, their types neither.
 *
 * @throws {InputError | InputErrors} For all mistakes.
 */
export async function soundExperiments(root: string): Promise<Loaded> {
  const found = await findExperiments(root);
  const types = await checkTypes(root, found.read);
  refuse(
    [
      ...found.mistakes,
      ...types.filter((one) => !found.mistakes.some((other) => isSame(one, other))),
    ].toSorted(inFiles),
  );
  return found;
}

/**
 * The experiments of these ids, or `all`.
 *
 * @throws {InputError | InputErrors} For each id that is unknown.
 */
export function experimentsNamed(
  ids: readonly string[],
  registry: readonly Experiment[],
): readonly Experiment[] {
  const words = ["all", ...registry.map((one) => one.id)];
  const unknown = [...new Set(ids)].filter((id) => !words.includes(id));
  refuse(unknown.map((id) =>
    new InputError(
      "Command line",
      `experiment "${id}" is not known`,
      `${didYouMean(id, words)}Choose among ${words.join(", ")}`,
    )
  ));
  const chosen = ids.flatMap((id) => registry.filter((one) => id === "all" || one.id === id));
  return [...new Set(chosen)];
}

/**
 * The ids that a word of the command line stands for: in it `*` and `?` stand for any letters and for one, and `_`, as files are
 * named, for `-`. A word that fits none is given as it is.
 */
export function idsLike(
  word: string,
  registry: readonly Pick<Experiment, "id">[],
): readonly string[] {
  const escaped = word.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const pattern = escaped.replaceAll("*", ".*").replaceAll("?", ".").replaceAll("_", "-");
  const like = new RegExp(`^${pattern}$`);
  const found = registry.filter(({ id }) => id === word || like.test(id.replaceAll("_", "-")));
  return found.length === 0 ? [word] : found.map(({ id }) => id);
}

function inFiles(a: InputError, b: InputError): number {
  return fileOf(a) === fileOf(b) ? lineOf(a) - lineOf(b) : fileOf(a) < fileOf(b) ? -1 : 1;
}

/** Whether the compiler found what a constructor told already: on its line, or of the same word in what it was given. */
function isSame(type: InputError, told: InputError): boolean {
  const [, word] = /'"?([^'"]+)"?'/.exec(type.problem) ?? [];
  const isOfWord = word !== undefined && told.problem.includes(`"${word}"`);
  return fileOf(type) === fileOf(told) &&
    (lineOf(type) === lineOf(told) || (isOfWord && lineOf(type) > lineOf(told)));
}

function lineOf({ place }: InputError): number {
  return Number(/:(\d+)$/.exec(place)?.[1] ?? 0);
}

/** The folder of an experiment's file. */
export function folderOf({ files }: Loaded, experiment: Experiment): string {
  return files.get(experiment)!.replace(/\/[^/]*$/, "");
}
