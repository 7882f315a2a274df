import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import type { Cell } from "@/lib/results/cells.ts";
import { matches } from "@/lib/results/select.ts";
import { sidesOf } from "@/lib/results/sides.ts";
import type { Subject } from "@/lib/results/subject.ts";
import type { Contrast } from "@/dsl/mod.ts";

/**
 * The key by which rows, claims, figures and artifacts are joined: a condition of an experiment at a level and a scale, whatever
 * its seed.
 *
 * @returns 12 hexadecimal digits, the same in every run of the same declarations.
 */
export function cellId(
  { experiment, condition, scale, level }: Pick<
    Subject,
    "experiment" | "condition" | "scale" | "level"
  >,
): string {
  return sha256(canonicalJson([experiment, condition, scale, level])).slice(0, 12);
}

/** Ids of cells as a column of a table has them: each once, with spaces between. */
export function cellIds(cells: readonly Pick<Cell, "subject">[]): string {
  return [...new Set(cells.map(({ subject }) => cellId(subject)))].join(" ");
}

/** A step's key as tables have it, and as `plan` and `show` print it: whole ones would make up most of a report. */
export function shortKey(key: string): string {
  return key.slice(0, 12);
}

/**
 * The cells that a contrast is computed from, its sides from left to right; of what encoders do at their own task, those of the
 * conditions that have them.
 */
export function cellsOfContrast<C extends Pick<Cell, "subject">>(
  { term }: Contrast,
  cells: readonly C[],
): readonly C[] {
  return sidesOf(term).flatMap(({ where }) =>
    cells.filter(({ subject }) => matches(where, subject))
  );
}
