import {
  type DeclaredFigure,
  each,
  type Experiment,
  type FactorName,
  scaleNames,
} from "@/dsl/mod.ts";
import { InputError } from "@/lib/base/errors.ts";
import { varyingFactors } from "@/lib/results/factors.ts";
import { factorsOf, isOfConditions, meantBy, placeOf, wordOf } from "@/lib/results/figured.ts";
import {
  type DeclaredTrial,
  fits,
  listed,
  noneMistake,
  trialsAt,
  type WrongSelection,
} from "@/lib/results/selected.ts";

/**
 * What is wrong with the figures of an experiment: one that no trial fits, a factor that does not vary among those that fit, and
 * trials that it would show as one though they differ. Two settings can be alike at one scale, so that only what is wrong at every scale is.
 *
 * @param placeIn Where a figure was declared.
 */
export function figureMistakes(
  experiment: Experiment,
  placeIn: (declared: object) => string,
): readonly InputError[] {
  const { figures } = experiment;
  if (figures.length === 0) return [];
  const trials = scaleNames.map((scale) => trialsAt(scale, experiment));
  return figures.flatMap((figure) => {
    const all = trials.map((some) => wrongIn(figure, some));
    const [first] = all;
    if (first === undefined || first === null || all.includes(null)) return [];
    return [
      new InputError(placeIn(figure), `figure.${figure.figure}()${first.problem}`, first.remedy),
    ];
  });
}

function wrongIn(
  figure: DeclaredFigure,
  trials: readonly DeclaredTrial[],
): WrongSelection | null {
  const names = factorsOf(figure);
  const meant = { ...figure.where, ...isOpen(figure) && { anyLevel: true as const } };
  const chosen = trials.filter((trial) => fits(meantBy(meant), trial));
  if (chosen.length === 0) {
    const { problem, remedy } = noneMistake(meant, trials, meantBy);
    return { problem: ` ${problem}`, remedy };
  }
  if (isOfConditions(figure)) return null;
  const same = names.find((name) => !varies(name, chosen));
  return same === undefined ? mixtureIn(figure, chosen) : constant(same, chosen);
}

/** Whether a figure shows every level. */
function isOpen(figure: DeclaredFigure): boolean {
  return figure.where.level === undefined && factorsOf(figure).includes("level");
}

function varies(name: FactorName, chosen: readonly DeclaredTrial[]): boolean {
  return name === "level"
    ? chosen.some(({ granularity: one }) => one === "all" || (Array.isArray(one) && one.length > 1))
    : new Set(chosen.map(({ subject }) => wordOf(name, subject))).size > 1;
}

function constant(name: FactorName, chosen: readonly DeclaredTrial[]): WrongSelection {
  const [{ subject }] = chosen as [DeclaredTrial];
  const all = varyingFactors(chosen.map(({ subject }) => subject)).map(({ name }) => name);
  const varying = varies("level", chosen) ? [...all, "level"] : all;
  return {
    problem: `: the factor "${name}" does not vary: all that is shown has "${
      wordOf(name, subject)
    }"`,
    remedy: varying.length === 0
      ? "Leave it out: nothing varies among these trials"
      : `Leave it out, or take one that does: ${varying.join(", ")}`,
  };
}

/** By what conditions differ that would be shown as one, and are not said to be taken together. */
function mixtureIn(
  figure: DeclaredFigure,
  chosen: readonly DeclaredTrial[],
): WrongSelection | null {
  const { where } = figure;
  const subjects = chosen.map(({ subject }) => subject);
  const groups = Map.groupBy(subjects, (subject) => JSON.stringify(placeOf(figure, subject)));
  const mixed = new Map<string, Set<string>>();
  for (const group of groups.values()) {
    for (const { name, valueOf } of varyingFactors(group)) {
      const [field] = name.split(".") as [keyof typeof where];
      const isSaid = where[field] === each || where.with?.[field as "method"] === each;
      if (isSaid) continue;
      const values = mixed.get(name) ?? new Set();
      for (const subject of group) values.add(`${valueOf(subject)}`);
      mixed.set(name, values);
    }
  }
  if (mixed.size === 0) return null;
  const told = [...mixed].map(([name, values]) => `${name} (${listed([...values])})`);
  const fields = [...new Set([...mixed.keys()].map((name) => name.split(".")[0]!))];
  return {
    problem: ` would show conditions as one that differ in ${told.join(" and ")}`,
    remedy: `Make it a factor of the figure too, name one value in where, or say ${
      fields.map((field) => `${field}: each`).join(", ")
    } there for their mean`,
  };
}
