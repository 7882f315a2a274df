import { from, toCSV } from "arquero";
import { cellId } from "@/lib/results/cell_id.ts";
import type { EstimatedCell } from "@/lib/results/estimate.ts";
import type { Interval } from "@/lib/results/interval.ts";
import type { LookedJudgement } from "@/lib/results/looks.ts";
import { otherRun } from "@/lib/results/other_run.ts";
import type { StudyResults } from "@/lib/results/study.ts";
import type { OtherRun, Told, ToldClaim } from "@/lib/results/told.ts";

/** Whether two runs say the same of a claim. */
export type Agreement =
  | "same"
  /** One decides what the other leaves open, or both leave it open for other reasons. */
  | "differ"
  /** It holds in one and does not in the other. */
  | "contradict"
  /** It is held against other numbers there, so that its verdicts are of two claims. */
  | "asked otherwise"
  | "only here";

/** A claim in two runs. */
export interface ClaimAgainst {
  readonly judgement: LookedJudgement;
  readonly here: ToldClaim;
  readonly there: ToldClaim | null;
  readonly agreement: Agreement;
}

/** An accuracy in two runs. */
export interface CellAgainst {
  readonly cell: EstimatedCell;
  readonly there: Told;
  /** Here minus there; its interval where both have one. */
  readonly difference: Told;
}

/** Two runs side by side. */
export interface Against {
  readonly name: string;
  readonly claims: readonly ClaimAgainst[];
  /** Those that both have. */
  readonly cells: readonly CellAgainst[];
}

/** Lays another run beside a study. */
export function compareRuns(
  study: Pick<StudyResults, "experiments">,
  other: OtherRun,
): Against {
  const here = otherRun("here", study).claims;
  const idOf = ({ experiment, claim }: Pick<ToldClaim, "experiment" | "claim">) =>
    `${experiment} ${claim}`;
  const there = new Map(other.claims.map((claim) => [idOf(claim), claim]));
  const judgements = study.experiments.flatMap(({ judgements }) => judgements);
  return {
    name: other.name,
    claims: here.map((claim, i) => {
      const found = there.get(idOf(claim)) ?? null;
      return {
        judgement: judgements[i]!,
        here: claim,
        there: found,
        agreement: agreementOf(claim, found),
      };
    }),
    cells: study.experiments.flatMap(({ cells }) =>
      cells.flatMap((cell): CellAgainst[] => {
        const found = other.cells.get(cellId(cell.subject));
        if (found === undefined) return [];
        const { value, interval } = cell.estimate;
        return [{ cell, there: found, difference: difference({ value, ...interval }, found) }];
      })
    ),
  };
}

function agreementOf(here: ToldClaim, there: ToldClaim | null): Agreement {
  if (there === null) return "only here";
  if (here.borders !== there.borders) return "asked otherwise";
  if (here.verdict === there.verdict) return "same";
  const decided = ["holds", "does not hold"];
  const areDecided = decided.includes(here.verdict) && decided.includes(there.verdict);
  return areDecided ? "contradict" : "differ";
}

/**
 * One number minus another that was found by itself, with the interval that theirs give it (MOVER: Zou and Donner 2008). It is a
 * little wide where both were measured on the same test images.
 */
function difference(here: Told, there: Told): Told {
  const value = here.value - there.value;
  if (!hasInterval(here) || !hasInterval(there)) return { value };
  const down = Math.hypot(here.value - here.low, there.high - there.value);
  const up = Math.hypot(here.high - here.value, there.value - there.low);
  return { value, low: value - down, high: value + up };
}

function hasInterval(one: Told): one is Told & Interval {
  return one.low !== undefined && one.high !== undefined;
}

/** Whether a difference is more than its interval leaves to chance. */
export function isApart({ low = -Infinity, high = Infinity }: Told): boolean {
  return low > 0 || high < 0;
}

/** The columns of `against.csv`, in order; a line has those that its number has. */
const columns = [
  "kind",
  "experiment",
  "name",
  "level",
  "cell",
  "verdict_here",
  "verdict_there",
  "agreement",
  "value_here",
  "low_here",
  "high_here",
  "value_there",
  "low_there",
  "high_there",
  "difference",
  "low",
  "high",
] as const;

type AgainstLine = { readonly [N in (typeof columns)[number]]?: string | number | null };

/** Claims and accuracies of two runs as comma-separated values, a line each. */
export function againstCsv({ claims, cells }: Against): string {
  const lines: readonly AgainstLine[] = [
    ...claims.map(({ here, there, agreement }) => ({
      kind: "claim",
      experiment: here.experiment,
      name: here.claim,
      verdict_here: here.verdict,
      verdict_there: there?.verdict ?? null,
      agreement,
      ...sided(here.effect, "here"),
      ...sided(there?.effect ?? null, "there"),
    })),
    ...cells.map(({ cell: { subject, estimate }, there, difference }) => ({
      kind: "cell",
      experiment: subject.experiment,
      name: subject.condition,
      level: subject.level,
      cell: cellId(subject),
      ...sided({ value: estimate.value, ...estimate.interval }, "here"),
      ...sided(there, "there"),
      difference: difference.value,
      low: difference.low ?? null,
      high: difference.high ?? null,
    })),
  ];
  const empty = Object.fromEntries(columns.map((name) => [name, null]));
  return toCSV(from(lines.map((line) => ({ ...empty, ...line }))), { columns: [...columns] });
}

function sided(told: Told | null, side: "here" | "there"): AgainstLine {
  return {
    [`value_${side}`]: told?.value ?? null,
    [`low_${side}`]: told?.low ?? null,
    [`high_${side}`]: told?.high ?? null,
  };
}
