import type { Cell } from "@/lib/results/cells.ts";
import { type AskedClaim, judge, type Judgement, type JudgeOptions } from "@/lib/results/judge.ts";
import type { PretextCell } from "@/lib/results/pretext.ts";
import type { SeedNoise } from "@/lib/results/seed_noise.ts";
import type { Measurements } from "@/lib/results/term.ts";

/** At how many seeds a study that goes on until its claims are decided looks at them (`--until-decided`). */
export const looks: readonly number[] = [2, 3, 4, 6];

/** How often a study looks. */
export interface LookOptions extends Pick<JudgeOptions, "families" | "measured"> {
  /** Numbers of seeds, rising; none for a single look at all that there is. */
  readonly looks: readonly number[];
}

/** A judgement, and at how many seeds it was made. */
export interface LookedJudgement extends Judgement {
  /** Of the look that decided; absent where there was a single look or nothing is decided. */
  readonly look?: number;
}

/**
 * Judges claims as a study does that looks several times and stops where it has decided: each look may be wrong with an equal
 * part of 5 % (Bonferroni over looks), a claim stays as the first look decides it, and at every look all are corrected for.
 */
export function judgeLooks(
  asked: readonly AskedClaim[],
  { looks, families, measured }: LookOptions,
): { readonly judgements: readonly LookedJudgement[]; readonly noise: SeedNoise } {
  if (looks.length === 0) return judge(asked, { families, ...measured && { measured } });
  const alpha = 0.05 / looks.length;
  const decided = new Map<number, LookedJudgement>();
  const most = Math.max(...asked.map(({ measurements }) => mostSeeds(measurements)), 0);
  const taken = looks.filter((_, i) => i === 0 || most > looks[i - 1]!);
  let last: ReturnType<typeof judge> | undefined;
  for (const look of taken) {
    last = judge(seedsUpTo(asked, look), { families, alpha });
    last.judgements.forEach((judgement, i) => {
      const isDecided = judgement.verdict === "holds" || judgement.verdict === "does not hold";
      if (isDecided && !decided.has(i)) decided.set(i, { ...judgement, look });
    });
  }
  const { judgements, noise } = last!;
  return { judgements: judgements.map((judgement, i) => decided.get(i) ?? judgement), noise };
}

function mostSeeds({ cells, pretexts }: Measurements): number {
  return Math.max(
    0,
    ...cells.flatMap(({ rows }) => rows.map(({ seed }) => seed)),
    ...pretexts.flatMap(({ accuracies }) => [...accuracies.keys()]),
  );
}

/** The same claims on their first seeds alone. */
function seedsUpTo(asked: readonly AskedClaim[], look: number): readonly AskedClaim[] {
  const known = new Map<Measurements, Measurements>();
  const first = (measurements: Measurements): Measurements => {
    const found = known.get(measurements) ?? {
      ...measurements,
      cells: measurements.cells.map((cell) => firstOfCell(cell, look)),
      pretexts: measurements.pretexts.map((cell) => firstOfPretext(cell, look)),
    };
    known.set(measurements, found);
    return found;
  };
  return asked.map((one) => ({ ...one, measurements: first(one.measurements) }));
}

function firstOfCell(cell: Cell, look: number): Cell {
  const kept = cell.rows.map(({ seed }) => seed <= look);
  return {
    ...cell,
    rows: cell.rows.filter((_, i) => kept[i]),
    correct: cell.correct.filter((_, i) => kept[i]),
  };
}

function firstOfPretext({ subject, accuracies }: PretextCell, look: number): PretextCell {
  return { subject, accuracies: new Map([...accuracies].filter(([seed]) => seed <= look)) };
}
