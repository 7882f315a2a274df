import { InputError } from "@/lib/base/errors.ts";
import { type Checked, checkRole } from "@/lib/cli/data_check.ts";
import type { SplitCounts } from "@/lib/cli/data_counts.ts";
import { checkSheetFolder, drawSheets } from "@/lib/cli/data_sheet.ts";
import { count, say, write } from "@/lib/cli/say.ts";
import { bind, type Binding } from "@/lib/data/bindings.ts";

/** What `data check` and `data sheet` have in common. */
export interface DataOptions {
  /** A YAML file that binds roles to data sets. */
  readonly data?: string;
}

/** What `data check` is told. */
export interface DataCheckOptions extends DataOptions {
  /** The most images decoded of each split. */
  readonly sample: number;
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
): Promise<void> {
  const checked: Checked[] = [];
  for (const [role, binding] of await chosen(roles, options)) {
    const one = await checkRole(role, binding, {
      sample: options.sample,
      onProgress: options.json ? () => {} : progressLine(role),
    });
    checked.push(one);
    if (!options.json) linesOf(one).forEach(say);
  }
  const wrong = checked.filter(({ problems }) => problems.length > 0).length;
  if (options.json) say(JSON.stringify({ checked }, null, 2));
  else {
    const sets = count(checked.length, "data set");
    say(wrong === 0 ? `${sets}, nothing wrong` : `${sets}, something wrong in ${wrong}`);
  }
  if (wrong > 0) Deno.exitCode = 1;
}

/** `deno task data sheet`: contact sheets of every level of each role's label tree, as PNG files. */
export async function sheetData(
  roles: readonly string[],
  options: DataSheetOptions,
): Promise<void> {
  await checkSheetFolder(options.out);
  for (const [role, binding] of await chosen(roles, options)) {
    for (const { level, classes, rows, path } of await drawSheets(role, binding, options)) {
      say(`${path}: ${level}, ${rows.length} of ${classes}: ${rows.join(", ")}`);
    }
  }
}

/** The bindings of the roles named, or of all that there are. */
async function chosen(
  roles: readonly string[],
  { data }: DataOptions,
): Promise<readonly (readonly [string, Binding])[]> {
  const bound = await bind(data);
  const names = roles.length === 0 ? Object.keys(bound) : [...new Set(roles)];
  return names.map((role) => {
    const binding = bound[role];
    if (binding === undefined) {
      throw new InputError(
        "Command line",
        `role "${role}" is bound to no data set`,
        `Choose among ${Object.keys(bound).join(", ")}, or bind it in the file given with --data`,
      );
    }
    return [role, binding] as const;
  });
}

function linesOf(checked: Checked): readonly string[] {
  const { role, dataset, levels, train, test, pictures, duplicates } = checked;
  const lines = [`${role} (${dataset})`];
  const add = (name: string, text: string) => lines.push(`  ${name.padEnd(12)}${text}`);
  if (levels !== undefined) {
    add("levels", levels.map(({ level, classes }) => `${level} ${classes}`).join(", "));
  }
  if (train !== undefined) add("train", splitLine(train));
  if (test !== undefined) add("test", splitLine(test));
  if (dataset === "world") add("images", "drawn on demand, as many as a scale asks for");
  if (pictures !== undefined) {
    const { decoded, of, broken } = pictures;
    const rest = decoded < of ? " (--sample all decodes every one)" : "";
    add("decoded", `${decoded} of ${of} images, ${broken.length} broken${rest}`);
  }
  if (duplicates !== undefined) {
    const { compared, of, pairs } = duplicates;
    const rest = compared < of ? " (--sample all compares every one)" : "";
    add("duplicates", `${pairs.length} in ${compared} of ${of} test images${rest}`);
  }
  for (const note of checked.notes) add("note", note);
  for (const problem of checked.problems) add("WRONG", problem);
  return lines;
}

function splitLine({ images, least, median, most }: SplitCounts): string {
  return `${images} images; a class has ${least} to ${most}, median ${median}`;
}

/** A line that says how far a role's check is: redrawn on a terminal, now and then in a pipe. */
function progressLine(role: string): (what: string, done: number, total: number) => void {
  const live = Deno.stdout.isTerminal();
  let told = performance.now();
  return (what, done, total) => {
    const now = performance.now();
    if (live && done === total) return write("\r\x1b[K");
    if (now - told < (live ? 200 : 10_000)) return;
    told = now;
    const line = `${role}: ${what}, ${done} of ${total}`;
    if (live) write(`\r\x1b[K${line}`);
    else say(line);
  };
}
