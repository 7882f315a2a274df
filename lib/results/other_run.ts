import { fromCSV } from "arquero";
import { InputError } from "@/lib/base/errors.ts";
import { cellId } from "@/lib/results/cell_id.ts";
import { type ClaimLine, claimLines } from "@/lib/results/csv.ts";
import { type Verdict, verdicts } from "@/lib/results/judge.ts";
import type { StudyResults } from "@/lib/results/study.ts";
import type { OtherRun, Told, ToldClaim } from "@/lib/results/told.ts";

/** A study that was read from its store, as one that another is laid beside. */
export function otherRun(
  name: string,
  { experiments }: Pick<StudyResults, "experiments">,
): OtherRun {
  const lines = experiments.flatMap(({ experiment, judgements, cells }) =>
    claimLines(judgements.map((judgement) => ({ experiment, judgement, cells })))
  );
  const cells = experiments.flatMap(({ cells }) =>
    cells.map(({ subject, estimate: { value, interval } }) =>
      [cellId(subject), { value, ...interval }] as const
    )
  );
  return { name, claims: toldClaims(lines), cells: new Map(cells) };
}

/** What a line of `figures.csv` calls the accuracy of a cell. */
export const cellFigure = "mean over seeds";

/**
 * A study of which a report is there.
 *
 * @param name Of its `claims.csv`.
 * @param texts Its `claims.csv`, and the `figures.csv` beside it, if that is there.
 * @throws {InputError} If they are other files.
 */
export function otherRunFrom(
  name: string,
  { claims, figures }: { readonly claims: string; readonly figures: string | null },
): OtherRun {
  const lines = linesOf(claims);
  const wanted = ["experiment", "claim", "contrast", "direction", "threshold", "value", "verdict"];
  const lacking = wanted.filter((column) => !lines.columns.includes(column));
  if (lacking.length > 0) {
    throw new InputError(
      name,
      `it has no column ${lacking.join(", ")}`,
      "Give the claims.csv of a report of this project",
    );
  }
  const unknown = lines.all.find(({ contrast, verdict }) =>
    contrast === "" && !verdicts.some((one) => one === verdict)
  );
  if (unknown !== undefined) {
    throw new InputError(
      name,
      `its claim ${unknown.claim} has the verdict "${unknown.verdict}", which is none`,
      "Give the claims.csv of a report of this project as it was written",
    );
  }
  const cells = figures === null ? [] : linesOf(figures).all
    .filter(({ figure }) => figure === cellFigure)
    .flatMap((line) => {
      const told = toldOf(line);
      return told === null || line.cells === undefined ? [] : [[line.cells, told] as const];
    });
  return { name, claims: toldClaims(lines.all), cells: new Map(cells) };
}

/** A table of texts, what is empty in it as an empty text. */
function linesOf(
  csv: string,
): {
  readonly columns: readonly string[];
  readonly all: readonly Readonly<Record<string, string>>[];
} {
  const table = fromCSV(csv, { autoType: false });
  const all = table.objects().map((line) =>
    Object.fromEntries(Object.entries(line).map(([name, value]) => [name, String(value ?? "")]))
  );
  return { columns: table.columnNames(), all };
}

function toldClaims(lines: readonly ClaimLine[]): readonly ToldClaim[] {
  const isWhole = ({ contrast }: ClaimLine) => (contrast ?? "") === "";
  const nameOf = ({ experiment, claim }: ClaimLine) => `${experiment} ${claim}`;
  const parts = Map.groupBy(lines.filter((line) => !isWhole(line)), nameOf);
  return lines.filter(isWhole).map((line) => ({
    experiment: `${line.experiment}`,
    claim: `${line.claim}`,
    verdict: line.verdict as Verdict,
    effect: toldOf(line),
    borders: (parts.get(nameOf(line)) ?? [])
      .map(({ contrast, direction, threshold }) => `${contrast} ${direction} ${Number(threshold)}`)
      .join("; "),
  }));
}

function toldOf({ value, low, high }: ClaimLine): Told | null {
  const known = (one: ClaimLine["value"]) => (one ?? "") === "" ? undefined : Number(one);
  const [is, from, to] = [known(value), known(low), known(high)];
  if (is === undefined) return null;
  return { value: is, ...from !== undefined && to !== undefined && { low: from, high: to } };
}
