import { checked, declared, refuseCall } from "@/dsl/checked.ts";
import { aFactor, type FactorName, type Factors, someFactors } from "@/dsl/factor.ts";
import { fields, optional, type Rule, text, twice } from "@/dsl/rules.ts";
import { aSelection, type Selection } from "@/dsl/selection.ts";

/** Where a factor can stand in a figure. */
export type Channel = (typeof channels)[number];

const channels = ["x", "y", "color", "panel"] as const;

/** A figure of accuracies with every default written out. */
export interface DeclaredFigure extends Readonly<Record<Channel, readonly FactorName[]>> {
  readonly figure: "lines" | "dots" | "heat" | "table";
  readonly where: Selection;
  /** Absent where its factors say enough. */
  readonly title?: string;
}

/** What every figure may say beyond its factors. */
export interface FigureOptions {
  /**
   * Which conditions are shown. It is a claim's selection, but that a field that is left out means every value, and a level that is
   * left out the finest, unless levels are a factor of the figure. Conditions that the figure's factors do not tell apart are refused,
   * unless what they differ in is said to be {@linkcode each}: then their mean is shown.
   */
  readonly where?: Selection;
  /** A picture for each value. */
  readonly panel?: Factors;
  readonly title?: string;
}

/** What a figure of lines is made of. */
export interface LinesOptions extends FigureOptions {
  /** Along the axis: numbers as numbers, anything else in the order of the trials. */
  readonly x: FactorName;
  /** A line for each value. */
  readonly color?: Factors;
}

/** What a figure of dots is made of. */
export interface DotsOptions extends FigureOptions {
  /** A row for each value. */
  readonly y: Factors;
  /** A dot in each row for each value. */
  readonly color?: Factors;
}

/** What a heat map is made of. */
export interface HeatOptions extends FigureOptions {
  /** A column for each value. */
  readonly x: Factors;
  /** A row for each value. */
  readonly y: Factors;
}

/** What a table is made of. */
export interface TableOptions extends FigureOptions {
  /** A column for each value; without it, one column. */
  readonly x?: Factors;
  /** A row for each value; without it, one for each condition, and a column for each level. */
  readonly y?: Factors;
}

/**
 * Figures of an experiment's accuracies. Each says which factor stands where; the page draws it, with a table of its numbers, their
 * intervals over seeds and test images, and a CSV. An experiment without figures gets some by what varies in it.
 *
 * Sizes, labels and settings are numbers on an axis, logarithmic where they span much. What has no value there, as an untrained
 * encoder has no size and a clean image no quality, is a level line.
 *
 * @throws {InputError} If a factor is not known, or stands in two places. That it does not vary among the trials is told when the
 * experiment is planned.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { domain, experiment, figure, grid, jpeg, linear, simclr } from "@/dsl/mod.ts";
 *
 * const temperatures = [0.1, 0.2, 0.5];
 * const sweep = experiment({
 *   id: "sweep",
 *   title: "A sweep",
 *   question: "Does a softer loss need more labels?",
 *   reference: "none",
 *   trials: grid(
 *     [
 *       ...temperatures.map((temperature) =>
 *         simclr(domain("species"), { training: { temperature } })
 *       ),
 *       simclr(domain("species"), { corruption: jpeg(10) }),
 *     ],
 *     [linear("species", { labels: "10k" }), linear("species")],
 *   ),
 *   figures: [
 *     figure.lines({ x: "training.temperature", color: "labels", where: { corruption: { kind: "clean" } } }),
 *     figure.heat({ x: "labels", y: ["corruption", "training.temperature"] }),
 *   ],
 * });
 * assert.deepEqual(sweep.figures[0]?.color, ["labels"]);
 * ```
 */
export const figure = {
  /** A line for each value of `color` along the values of `x`. */
  lines(options: LinesOptions): DeclaredFigure {
    return made("lines", [options], fields({ x: aFactor, color: some, ...ofEvery }));
  },
  /** A row for each value of `y`, with a dot for each value of `color`. */
  dots(options: DotsOptions): DeclaredFigure {
    return made("dots", [options], fields({ y: someFactors, color: some, ...ofEvery }));
  },
  /** A square for each value of `x` and of `y`. */
  heat(options: HeatOptions): DeclaredFigure {
    return made("heat", [options], fields({ x: someFactors, y: someFactors, ...ofEvery }));
  },
  /** A cell for each value of `x` and of `y`; without them, all conditions by level. */
  table(options: TableOptions = {}): DeclaredFigure {
    return made("table", [options], fields({ x: some, y: some, ...ofEvery }));
  },
} as const;

const some = optional(someFactors);
const ofEvery = { panel: some, where: optional(aSelection), title: optional(text) };

function made(
  form: DeclaredFigure["figure"],
  given: readonly [FigureOptions & Partial<Record<Channel, Factors>>],
  rule: Rule,
): DeclaredFigure {
  const call = `figure.${form}`;
  const isRight = checked(call, given, { options: rule });
  const [{ where = {}, title, ...places }] = isRight ? given : [{}];
  const factorsOf = (channel: Channel) => [places[channel] ?? []].flat();
  const all = channels.flatMap((channel) => factorsOf(channel));
  const again = twice(all);
  if (again !== undefined) {
    refuseCall(call, `the factor "${again}" stands in two places`, "Leave it out of one");
  }
  if (places.y === undefined && (places.x ?? places.panel) !== undefined && form === "table") {
    refuseCall(call, "y is missing", "Give the factors of its rows too, or leave x and panel out");
  }
  const isOfConditions = form === "table" && places.y === undefined;
  return declared({
    figure: form,
    where,
    ...title !== undefined && { title },
    x: isOfConditions ? ["level"] : factorsOf("x"),
    y: factorsOf("y"),
    color: factorsOf("color"),
    panel: factorsOf("panel"),
  });
}
