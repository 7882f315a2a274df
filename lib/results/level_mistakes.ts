import type { Experiment, Selection } from "@/dsl/mod.ts";
import { InputError } from "@/lib/base/errors.ts";
import { didYouMean } from "@/lib/base/nearest.ts";
import { shows } from "@/lib/results/figured.ts";
import { matches } from "@/lib/results/select.ts";
import { askedBy } from "@/lib/results/selected.ts";
import type { Subject } from "@/lib/results/subject.ts";

/** A selection of a claim, a check or a figure. */
interface Asked {
  readonly where: Selection;
  readonly declared: object;
  readonly told: string;
  /** Whether it means a subject, at a level. */
  readonly means: (subject: Subject, level: string) => boolean;
}

/**
 * What is wrong with the levels that claims, checks and figures of an experiment name: what they select is scored at others alone,
 * as the label trees of the data show. Selections of which nothing is planned are let pass.
 *
 * @param subjects All that is planned of it, at every level.
 * @param placeOf Where something was declared.
 */
export function levelMistakes(
  experiment: Experiment,
  subjects: readonly Subject[],
  placeOf: (declared: object) => string,
): readonly InputError[] {
  const claimed = experiment.claims.flatMap(askedBy).map((one): Asked => ({
    ...one,
    means: (subject, level) => matches({ ...one.where, level }, subject),
  }));
  const figures = experiment.figures.map((figure): Asked => ({
    where: figure.where,
    declared: figure,
    told: `figure.${figure.figure}()`,
    means: (subject, level) => shows({ ...figure, where: { ...figure.where, level } }, subject),
  }));
  return [...claimed, ...figures].flatMap(({ where: { level = "finest" }, means, ...asked }) => {
    // What these are, the data say: the coarsest may not be there for good reason.
    if (level === "finest" || level === "coarsest") return [];
    const scored = new Set(
      subjects.filter((subject) => means(subject, subject.level)).map((subject) => subject.level),
    );
    if (scored.size === 0 || scored.has(level)) return [];
    const levels = [...scored];
    return [
      new InputError(
        placeOf(asked.declared),
        `${asked.told} selects nothing: none of its conditions is scored at level "${level}"`,
        `${didYouMean(level, levels)}Choose among ${levels.join(", ")}`,
      ),
    ];
  });
}
