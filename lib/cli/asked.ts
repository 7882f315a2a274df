import { InputError } from "@/lib/base/errors.ts";
import { didYouMean } from "@/lib/base/nearest.ts";
import { plural } from "@/lib/base/plural.ts";
import type { StudyOptions } from "@/lib/cli/options.ts";
import { say } from "@/lib/cli/say.ts";
import { storeLine } from "@/lib/cli/store_line.ts";
import { prepareStudy, type Study } from "@/lib/cli/study.ts";
import { tellLeftOut } from "@/lib/cli/tell_left_out.ts";
import type { PlannedCondition, Step } from "@/lib/plan/mod.ts";
import { cellId, shortKey } from "@/lib/results/mod.ts";
import { findStore } from "@/lib/store/mod.ts";

/** What a word names: conditions, at every seed and in every experiment that has them, or steps. */
export type Asked =
  | { readonly conditions: readonly PlannedCondition[] }
  | { readonly steps: readonly Step[] };

/**
 * The study of some experiments as the store holds it, which is told, and what a word of the command line names in it.
 *
 * @param word A condition's name or part of it, the first digits of a step's key or those of `rows.csv` that name a cell, or a
 * step's label or part of it, its kind before it or not.
 * @param at.others Names of what is no part of the study and might have been meant.
 * @throws {InputError | InputErrors} As `prepareStudy()` does, and if nothing is named so.
 */
export async function askedStudy(
  word: string,
  ids: readonly string[],
  { options, root, others = [] }: {
    readonly options: StudyOptions;
    readonly root: string;
    readonly others?: readonly string[];
  },
): Promise<{ readonly study: Study; readonly asked: Asked }> {
  const study = await prepareStudy(ids, options, { root, open: findStore });
  tellLeftOut(study);
  const asked = askedOf(word, study, others);
  say(storeLine(study.store));
  return { study, asked };
}

/** What a word of the command line names. */
function askedOf(
  word: string,
  { plan: { conditions, steps }, scale }: Pick<Study, "plan" | "scale">,
  others: readonly string[],
): Asked {
  const named = (is: (planned: PlannedCondition) => boolean) => conditions.filter(is);
  const exact = named(({ condition }) => condition.name === word);
  if (exact.length > 0) return { conditions: exact };
  if (/^[0-9a-f]{4,64}$/.test(word)) {
    const keyed = steps.filter(({ key }) => key.startsWith(word));
    if (keyed.length > 0) return { steps: keyed };
    const byKey = new Map(steps.map((step) => [step.key, step]));
    const cells = named((planned) => levelsOf(planned, byKey).some(({ id }) => id === word));
    if (cells.length > 0) return { conditions: cells };
  }
  const labelled = steps.filter((step) => step.label === word || nameOf(step) === word);
  if (labelled.length > 0) return { steps: labelled };
  const part = word.trim().toLowerCase();
  const parts = named(({ condition }) => condition.name.toLowerCase().includes(part));
  if (part !== "" && parts.length > 0) return { conditions: parts };
  const labels = steps.filter((step) => nameOf(step).toLowerCase().includes(part));
  if (part !== "" && labels.length > 0) return { steps: labels };
  const [first] = part.split(" ");
  const names = steps.some(({ kind }) => kind === first)
    ? [...new Set(steps.filter(({ kind }) => kind === first).map(nameOf))]
    : namesOf({ conditions });
  throw new InputError(
    "Command line",
    `no condition at scale ${scale.name} has "${word}" in its name, and no step's key begins with it`,
    `${didYouMean(word, [...others, ...names])}${nearNames(part, names)}${
      others.length === 0 ? "" : `Beside conditions there are ${others.join(", ")}. `
    }deno task plan lists all; --all adds those beyond the paper; what deno task ask made is on its page`,
  );
}

/** The different names of conditions. */
export function namesOf(
  { conditions }: { readonly conditions: readonly PlannedCondition[] },
): readonly string[] {
  return [...new Set(conditions.map(({ condition }) => condition.name))];
}

/** Lists what a word names, where it names several of which one is to be chosen. */
export function listAsked(asked: Asked): void {
  if ("conditions" in asked) {
    const names = namesOf(asked);
    say(`${plural(names.length, "condition")} with this in the name; give the whole name of one:`);
    for (const name of names) say(`  ${name}`);
  } else {
    say(
      `${
        plural(asked.steps.length, "step")
      } with this in the name; give the first digits of one's key:`,
    );
    for (const step of asked.steps) say(`  ${shortKey(step.key)}  ${nameOf(step)}`);
  }
}

function nameOf({ kind, label }: Step): string {
  return `${kind} ${label}`;
}

/** The names that have most of the words, or nothing where none has any. */
function nearNames(part: string, names: readonly string[]): string {
  const words = part.split(/[^\p{L}\d-]+/u).filter((one) => one.length > 1);
  const scored = names
    .map((name) => ({ name, has: words.filter((one) => name.toLowerCase().includes(one)).length }))
    .filter(({ has }) => has > 0)
    .toSorted((a, b) => b.has - a.has);
  const near = scored.filter(({ has }) => has === scored[0]!.has).slice(0, 3);
  return near.length === 0 ? "" : `Similar: ${near.map(({ name }) => `"${name}"`).join(", ")}. `;
}

/** The levels that a condition is scored at, each with the cell that it belongs to. */
export function levelsOf(
  { condition, score }: PlannedCondition,
  steps: ReadonlyMap<string, Step>,
) {
  const step = steps.get(score);
  const levels = step?.kind === "score" ? step.spec.levels : [];
  return levels.map((level) => {
    const { experiment, name, scale } = condition;
    return { level, id: cellId({ experiment, condition: name, scale, level }) };
  });
}

/** The keys of a step and of all that it needs, however far back. */
export function reachedFrom(key: string, steps: readonly Step[]): ReadonlySet<string> {
  const reached = new Set([key]);
  // Each stands after all that it needs.
  for (const step of steps.toReversed()) {
    if (reached.has(step.key)) Object.values(step.needs).forEach((need) => reached.add(need));
  }
  return reached;
}

/** The keys of a step and of all that needs it, however far on. */
export function standingOn(key: string, steps: readonly Step[]): ReadonlySet<string> {
  const standing = new Set([key]);
  for (const step of steps) {
    if (Object.values(step.needs).some((need) => standing.has(need))) standing.add(step.key);
  }
  return standing;
}
