import { artifactPath } from "@/lib/store/mod.ts";
import { cellId, shortKey } from "@/lib/results/cell_id.ts";
import { estimateCell } from "@/lib/results/estimate.ts";
import type { Interval } from "@/lib/results/interval.ts";
import { measuredColumns, type Row } from "@/lib/results/rows.ts";
import type { ExperimentResults, StudyDomain, StudyResults } from "@/lib/results/study.ts";
import { encodersOf, type Subject } from "@/lib/results/subject.ts";

/** The columns of `rows.csv`, in order: what was measured, then how sure it is and what it stands on. */
export const rowColumns = [
  ...measuredColumns,
  "low",
  "high",
  "seeds",
  "cell",
  "pretrain_data",
  "eval_data",
  "precision",
  "score",
  "artifact",
  "encoders",
] as const;

/** A row under {@linkcode rowColumns}. */
export interface RowLine extends Row {
  /** The 95 % interval of this accuracy over the choice of test images, 0 to 1; what another seed would change is not in it. */
  readonly low: number;
  readonly high: number;
  /** How many seeds its cell has. */
  readonly seeds: number;
  /** See {@linkcode cellId}. */
  readonly cell: string;
  /** What the roles of `pretrain_domain` are bound to, joined as they are: "world species", "image-folder photos". */
  readonly pretrain_data: string;
  readonly eval_data: string;
  /** The number formats that it was trained in, joined by ` & `; empty where nothing was. */
  readonly precision: string;
  /** The first 12 digits of the key of the step that scored it, as `plan` and `show` have them. */
  readonly score: string;
  /** The folder of that step's artifact, from the store's; it ends with the whole key. */
  readonly artifact: string;
  /** The same digits of the steps that made its encoders, with spaces between. */
  readonly encoders: string;
}

/** The rows of a study with what the store and the judge know of them, in the rows' order. */
export function rowLines(
  { experiments, rows, domains }: Pick<StudyResults, "experiments" | "rows" | "domains">,
): readonly RowLine[] {
  const found = new Map(experiments.flatMap(linesOf(domains)));
  return rows.flatMap((row) => found.get(row) ?? []);
}

function linesOf(domains: ReadonlyMap<string, Pick<StudyDomain, "name">>) {
  const dataOf = (role: string) => domains.get(role)?.name ?? "none";
  return ({ cells, noise }: ExperimentResults): readonly (readonly [Row, RowLine])[] =>
    cells.flatMap(({ subject, rows, correct }) =>
      rows.map((row, i): [Row, RowLine] => {
        const alone = { subject, rows: [row], correct: [correct[i]!] };
        const { score, encoders } = row.origin;
        return [row, {
          ...row,
          ...rounded(estimateCell(alone, noise).estimate.interval),
          seeds: rows.length,
          cell: cellId(row),
          pretrain_data: encodersOf(subject)
            .map(({ roles }) => roles.length === 0 ? "none" : roles.map(dataOf).join("+"))
            .join(" & "),
          eval_data: dataOf(subject.on),
          precision: precisionOf(subject),
          score: shortKey(score),
          artifact: artifactPath(score),
          encoders: encoders.map(shortKey).join(" "),
        }];
      })
    );
}

function precisionOf(subject: Subject): string {
  const { settings } = subject;
  const trained = encodersOf(subject).flatMap(({ training }) => training?.precision ?? []);
  const tuned = typeof settings.precision === "string" ? [settings.precision] : [];
  return [...new Set([...trained, ...tuned])].join(" & ");
}

/** Six digits are more than an interval is known to. */
function rounded({ low, high }: Interval): Interval {
  return { low: Number(low.toPrecision(6)), high: Number(high.toPrecision(6)) };
}
