import type { Contrast, Selection, Term } from "@/dsl/mod.ts";
import { matches } from "@/lib/results/select.ts";
import type { Subject } from "@/lib/results/subject.ts";

/** A selection of a term: one of the sets of conditions that it is computed from. */
export interface Side {
  /** Where in the term it stands, from without to within: `left`, `left, numerator`; nothing in a term of one side. */
  readonly at: string;
  /** What is taken of the conditions: `mean`, `best`, … */
  readonly take: Exclude<Term["take"], "difference" | "ratio">;
  readonly where: Selection;
  /** The term that it stands in. */
  readonly term: Term;
}

/** The sides of a term, from left to right. */
export function sidesOf(term: Term, at = ""): readonly Side[] {
  const within = (part: string) => at === "" ? part : `${at}, ${part}`;
  switch (term.take) {
    case "difference":
      return [...sidesOf(term.left, within("left")), ...sidesOf(term.right, within("right"))];
    case "ratio":
      return [...sidesOf(term.of, within("numerator")), ...sidesOf(term.to, within("denominator"))];
    case "share":
      return (["left", "right"] as const).map((part) => ({
        at: within(part),
        take: term.take,
        where: term[part],
        term,
      }));
    default:
      return [{ at, take: term.take, where: term.where, term }];
  }
}

/** The conditions that a side of a contrast takes. */
export interface TakenSide {
  /** `left: mean of 2 conditions`. */
  readonly told: string;
  /** Their names, at the level where they are taken at a coarser one. */
  readonly conditions: readonly string[];
}

/**
 * How many and which conditions each side of a contrast takes.
 *
 * @param subjects All of its experiment, at every level that is scored.
 */
export function takenBy({ term }: Contrast, subjects: readonly Subject[]): readonly TakenSide[] {
  return sidesOf(term).map(({ at, take, where }) => {
    const conditions = [
      ...new Set(
        subjects.filter((subject) => matches(where, subject)).map(({ condition, level }) =>
          level === "finest" ? condition : `${condition}, scored at ${level}`
        ),
      ),
    ];
    const n = conditions.length;
    const side = at === "" ? "" : `${at}: `;
    return { told: `${side}${take} of ${n} ${n === 1 ? "condition" : "conditions"}`, conditions };
  });
}
