import type { DeclaredFigure, FactorName } from "@/dsl/mod.ts";
import { factorOf, none, varyingFactors } from "@/lib/results/factors.ts";
import { wordOf } from "@/lib/results/figured.ts";
import type { Subject } from "@/lib/results/subject.ts";

// More lines, pictures or rows than these nobody tells apart.
const mostSeries = 12, mostPanels = 6, mostRows = 40;

/** What is asked of a representation, and not what it is: tasks differ in difficulty, so that they are compared one by one. */
export const taskFactors: readonly FactorName[] = ["on", "probe", "images", "labels"];

/** The factors of a figure by where they stand. */
type Places = Omit<DeclaredFigure, "figure" | "where" | "title">;

const nowhere: Places = { x: [], y: [], color: [], panel: [] };

/**
 * The figures of an experiment that declares none, by what varies: along numbers as lines, by two words as a heat map, by one as dots;
 * and along levels where it has several. None where nothing varies, or where a figure would have more parts than can be told apart.
 */
export function defaultFigures(subjects: readonly Subject[]): readonly DeclaredFigure[] {
  const levels = [...new Set(subjects.map(({ level }) => level))];
  const level = levels.includes("finest") ? "finest" : levels[0];
  const base = subjects.filter((subject) => subject.level === level);
  const where = level === "finest" || level === undefined ? {} : { level };
  const names = tellingApart(base);
  const isByLevel = levels.length > 1 && valuesOf(names, base) <= mostSeries;
  return [
    ...byFactors(names, base).map((one) => ({ ...one, where })),
    ...isByLevel
      ? [{ figure: "lines" as const, where: {}, ...nowhere, x: ["level" as const], color: names }]
      : [],
  ];
}

/** As few factors as tell all conditions apart: numbers before words, and of numbers first what has the most. */
function tellingApart(subjects: readonly Subject[]): readonly FactorName[] {
  const varying = varyingFactors(subjects).map(({ name }) => name);
  const inOrder = varying.toSorted((a, b) =>
    numbersOf(asNumber(b, subjects), subjects) - numbersOf(asNumber(a, subjects), subjects)
  );
  const enough = inOrder.reduce<readonly FactorName[]>((kept, name) => {
    const more = [...kept, name];
    return valuesOf(more, subjects) > valuesOf(kept, subjects) ? more : kept;
  }, []);
  const [first] = enough;
  if (first === undefined || numbersOf(asNumber(first, subjects), subjects) === 0) return enough;
  return unmixed(enough, varying, subjects);
}

/** Factors of which the first is along a line, and the words in which points of one line would differ too. */
function unmixed(
  [along, ...rest]: readonly FactorName[],
  varying: readonly FactorName[],
  subjects: readonly Subject[],
): readonly FactorName[] {
  const onLines = subjects.filter((subject) => factorOf(along!).valueOf(subject) !== none);
  const words = varying.filter((name) =>
    name !== along && !name.includes(".") && numbersOf(asNumber(name, subjects), subjects) === 0
  );
  return [
    along!,
    ...words.reduce<readonly FactorName[]>((kept, name) => {
      const more = [...kept, name];
      return valuesOf(more, onLines) > valuesOf(kept, onLines) ? more : kept;
    }, rest),
  ];
}

function byFactors(
  names: readonly FactorName[],
  subjects: readonly Subject[],
): readonly Omit<DeclaredFigure, "where">[] {
  const [first, ...rest] = names;
  if (first === undefined) return [];
  const values = (some: readonly FactorName[]) => valuesOf(some, subjects);
  const amount = asNumber(first, subjects);
  if (numbersOf(amount, subjects) > 0) {
    const [panel, color] = apart(rest, 1, values);
    const isLegible = values(color) <= mostSeries && values(panel) <= mostPanels;
    return isLegible ? [{ figure: "lines", ...nowhere, x: [amount], color, panel }] : [];
  }
  const dots: readonly Omit<DeclaredFigure, "where">[] = values(names) <= mostRows
    ? [{ figure: "dots", ...nowhere, y: names }]
    : [];
  if (rest.length === 0) return dots;
  const [panel, pair] = apart(names, 2, values);
  const x = taskFactors.find((name) => pair.includes(name)) ?? fewest(pair, values);
  const y = pair.filter((name) => name !== x);
  // Where most squares would be empty, rows of dots show what there is.
  const isSparse = 2 * values(names) < values(y) * values([x]) * values(panel);
  if (isSparse) return dots;
  const isLegible = values([x]) <= mostSeries && values(y) <= mostRows &&
    values(panel) <= mostPanels;
  return isLegible ? [{ figure: "heat", ...nowhere, x: [x], y, panel }] : [];
}

/** What goes into panels of more factors than there is room for: one of the task, or else the one with the fewest values. */
function apart(
  names: readonly FactorName[],
  room: number,
  values: (names: readonly FactorName[]) => number,
): readonly [panel: readonly FactorName[], others: readonly FactorName[]] {
  if (names.length <= room) return [[], names];
  const panel = taskFactors.find((name) => names.includes(name)) ?? fewest(names, values);
  return [[panel], names.filter((name) => name !== panel)];
}

function fewest(
  names: readonly FactorName[],
  values: (names: readonly FactorName[]) => number,
): FactorName {
  return names.reduce((a, b) => values([b]) < values([a]) ? b : a);
}

/** How many values factors have among some subjects, all taken together. */
function valuesOf(names: readonly FactorName[], subjects: readonly Subject[]): number {
  return new Set(
    subjects.map((subject) => JSON.stringify(names.map((name) => wordOf(name, subject)))),
  ).size;
}

/** How many numbers make up a factor; 0 where there are not several, or other values too. */
function numbersOf(name: FactorName, subjects: readonly Subject[]): number {
  const values = new Set(subjects.map(factorOf(name).valueOf));
  values.delete(none);
  const isNumber = name === "size" || name === "labels" ||
    [...values].every((value) => typeof value === "number");
  // Replicas are numbered, and differ by their luck alone.
  return isNumber && name !== "replica" && values.size > 1 ? values.size : 0;
}

const corruptionNumbers = ["factor", "side", "quality", "probability"] as const;

/** Corruptions of one kind are told apart by a number. */
function asNumber(name: FactorName, subjects: readonly Subject[]): FactorName {
  if (name !== "corruption" && name !== "images") return name;
  const isAlike = (other: FactorName) =>
    numbersOf(other, subjects) > 0 &&
    valuesOf([other], subjects) === valuesOf([name], subjects) &&
    subjects.every((subject) =>
      factorOf(name).valueOf(subject) === "clean" || factorOf(other).valueOf(subject) !== none
    );
  return corruptionNumbers.map((parameter) => `${name}.${parameter}` as const).find(isAlike) ??
    name;
}
