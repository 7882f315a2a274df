import {
  beatsUntrained,
  best,
  claim,
  type Condition,
  converged,
  difference,
  type Experiment,
  figure,
  flattened,
  logit,
  mean,
  offTheEnds,
  pretext,
  ratio,
  type Scale,
  share,
  spread,
  trialsByName,
  worst,
} from "@/dsl/mod.ts";
import { DeclarationError, shownPath } from "@/dsl/checked.ts";
import { fileOf, type Loaded, loadExperiments } from "@/dsl/load.ts";
import { InputError, refuse } from "@/lib/base/errors.ts";
import { didYouMean } from "@/lib/base/nearest.ts";
import { checkTypes } from "@/lib/cli/check_types.ts";
import { isQuestionId } from "@/lib/question/mod.ts";
import { figureMistakes } from "@/lib/results/figure_mistakes.ts";
import { selectionMistakes } from "@/lib/results/selected.ts";

const read = new Map<string, Promise<Loaded>>();

// What is wrong in these is wrong in claims and figures alone: the trials that others of the file select among are there.
const ofClaims = new Set([
  ...[
    ...[claim, mean, best, worst, spread, logit, pretext, difference, ratio, share],
    ...[beatsUntrained, flattened, converged, offTheEnds],
  ].map(({ name }) => name),
  ...Object.keys(figure).map((form) => `figure.${form}`),
]);

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
  const { experiments, files, mistakes } = loaded;
  const isOfClaim = (one: InputError) => one instanceof DeclarationError && ofClaims.has(one.call);
  const wrong = new Set(mistakes.filter((one) => !isOfClaim(one)).map(fileOf));
  const told = new Set(mistakes.map(({ place }) => place));
  const selected = experiments.flatMap((one) => {
    if (wrong.has(shownPath(files.get(one)!))) return [];
    const placeOf = (part: object) => placeIn(loaded, one, part);
    return [...selectionMistakes(one, placeOf), ...figureMistakes(one, placeOf)].filter((
      { place },
    ) => !told.has(place));
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
    isQuestionId(id)
      ? new InputError(
        "Command line",
        `"${id}" is a question, which no file declares`,
        "Ask it again with deno task ask, which goes on where it was and writes its page, or with --plan shows what is left; deno task status says by which command it was asked",
      )
      : new InputError(
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

/** Where the trial of a condition was declared: `experiments/mine.ts:12`. */
export function placeOfCondition(
  loaded: Loaded,
  condition: Condition,
  scale: Scale,
): string {
  const experiment = loaded.experiments.find(({ id }) => id === condition.experiment)!;
  const trial = trialsByName(experiment, scale).get(condition.name);
  return placeIn(loaded, experiment, trial);
}

/** Where a part of an experiment was declared, or else the experiment. */
export function placeIn(
  { files, places }: Loaded,
  experiment: Experiment,
  part: object = experiment,
): string {
  const place = places.get(part) ?? places.get(experiment);
  return place?.() ?? shownPath(files.get(experiment)!);
}

/** The folder of an experiment's file. */
export function folderOf({ files }: Loaded, experiment: Experiment): string {
  return files.get(experiment)!.replace(/\/[^/]*$/, "");
}
