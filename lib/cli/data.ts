import type { Loaded } from "@/dsl/load.ts";
import { InputError, refuse } from "@/lib/base/errors.ts";
import { didYouMean } from "@/lib/base/nearest.ts";
import { plural } from "@/lib/base/plural.ts";
import { type Checked, checkRole } from "@/lib/cli/data_check.ts";
import { checkSheetFolder, drawSheets } from "@/lib/cli/data_sheet.ts";
import type { GivenCheck } from "@/lib/cli/given.ts";
import { findExperiments } from "@/lib/cli/experiments.ts";
import { boundAlike, boundRoles, usedRoles } from "@/lib/cli/roles.ts";
import { say } from "@/lib/cli/say.ts";
import { tellingProgress } from "@/lib/cli/status_line.ts";
import type { Binding, SplitCounts } from "@/lib/data/mod.ts";
import { findStore, openStore } from "@/lib/store/mod.ts";

/** What `data check` and `data sheet` have in common. */
export interface DataOptions {
  /** A YAML file that binds roles to data sets. */
  readonly data?: string;
}

/** What `data check` is told. */
export interface DataCheckOptions extends DataOptions {
  /** The most images decoded of each split. */
  readonly sample: number;
  /** The store that remembers what was read, so that planning need not read it again. */
  readonly store: string;
  readonly json: boolean;
}

/** What `data sheet` is told. */
export interface DataSheetOptions extends DataOptions {
  readonly out: string;
  readonly px: number;
}

/** `deno task data check`: whether bound data sets are complete, readable and consistent; exits with 1 if one is not. */
export async function checkData(
  roles: readonly string[],
  options: DataCheckOptions,
  root: string,
): Promise<void> {
  const checked: Checked[] = [];
  const declared = await declaredIn(root);
  const bound = await chosen(roles, options, declared);
  const memo = `${(await openStore(options.store)).root}/memo`;
  for (const [role, binding] of bound) {
    const found = await tellingProgress(
      (tell) =>
        checkRole(role, binding, {
          sample: options.sample,
          memo,
          onProgress: (what, done, total) => tell(`${role}: ${what}, ${done} of ${total}`),
        }),
      { quiet: options.json },
    );
    const notes = [...found.notes, ...boundAlike(role, bound), ...roleNotes(role, declared)];
    const one = { ...found, notes };
    checked.push(one);
    if (!options.json) linesOf(one).forEach(say);
  }
  const wrong = checked.filter(isWrong).length;
  if (options.json) say(JSON.stringify({ checked }, null, 2));
  else {
    const sets = plural(checked.length, "data set");
    say(wrong === 0 ? `${sets}, nothing wrong` : `${sets}, ${wrong} with something wrong`);
  }
  if (wrong > 0) Deno.exitCode = 1;
}

/** `deno task data sheet`: contact sheets of every level of each role's label tree, as PNG files. */
export async function sheetData(
  roles: readonly string[],
  options: DataSheetOptions,
  root: string,
): Promise<void> {
  for (const [role, binding] of await chosen(roles, options, await declaredIn(root))) {
    for (const { path, shows } of await drawSheets(role, binding, options)) {
      say(`${path}: ${shows}`);
    }
  }
}

/** What can be seen of a command that looks at data without looking at them. */
export function dataChecks(
  roles: readonly string[],
  options: Partial<DataCheckOptions & DataSheetOptions>,
  root: string,
): readonly GivenCheck[] {
  const { store, out } = options;
  return [
    ...store === undefined ? [] : [() => findStore(store)],
    ...out === undefined ? [] : [() => checkSheetFolder(out)],
    async () => chosen(roles, options, await declaredIn(root)),
  ];
}

/** The experiments as far as they concern data: none while something is wrong with them, which is no matter of data sets. */
async function declaredIn(root: string): Promise<Loaded> {
  const found = await findExperiments(root);
  return found.mistakes.length === 0 ? found : { ...found, experiments: [] };
}

/** The bindings of the roles named, or of all that there are. */
async function chosen(
  roles: readonly string[],
  { data }: DataOptions,
  declared: Loaded,
): Promise<readonly (readonly [string, Binding])[]> {
  const bound = await boundRoles(declared, data);
  const known = Object.keys(bound);
  const names = roles.length === 0 ? known : [...new Set(roles)];
  refuse(
    names.filter((role) => !known.includes(role)).map((role) =>
      new InputError(
        "Command line",
        `role "${role}" is bound to no data set`,
        `${didYouMean(role, known)}Choose among ${
          known.join(", ")
        }, or bind it in data.yaml, or in the file given with --data`,
      )
    ),
  );
  return names.map((role) => [role, bound[role]!] as const);
}

/** A role may be bound before there is an experiment for it. */
function roleNotes(role: string, { experiments }: Loaded): readonly string[] {
  if (experiments.length === 0) return [];
  const known = usedRoles(experiments);
  if (known.some((one) => one === role)) return [];
  return [`no experiment uses the role "${role}". ${didYouMean(role, known)}`.trim()];
}

function isWrong({ problems, findings }: Checked): boolean {
  return problems.length + findings.length > 0;
}

function linesOf(checked: Checked): readonly string[] {
  const { role, dataset, levels, train, test, unlabelled, pictures } = checked;
  const lines = [`${role} (${dataset})`];
  const add = (name: string, text: string) => lines.push(`  ${name.padEnd(12)}${text}`);
  if (levels !== undefined && levels.length > 0) {
    add("levels", levels.map(({ level, classes }) => `${level} ${classes}`).join(", "));
  }
  if (train !== undefined) add("train", splitLine(train));
  if (test !== undefined) add("test", splitLine(test));
  if (unlabelled !== undefined) add("unlabelled", `${unlabelled} images, for pretraining only`);
  if (dataset === "world") add("images", "drawn on demand, as many as a scale asks for");
  if (pictures !== undefined) {
    const { decoded, of, broken } = pictures;
    const rest = decoded < of ? " (--sample all decodes every one)" : "";
    add("decoded", `${decoded} of ${of} images, ${broken.length} broken${rest}`);
  }
  for (const note of checked.notes) add("note", note);
  for (const { name, sentence } of checked.findings) add("WRONG", `${sentence} (${name})`);
  for (const problem of checked.problems) add("WRONG", problem);
  return lines;
}

function splitLine({ images, least, median, most }: SplitCounts): string {
  return `${images} images; a class has ${least} to ${most}, median ${median}`;
}
