import type { Result } from "@/tests/campaign/study.ts";

/** A line of the campaign's table. */
export interface Row {
  readonly fault: string;
  /** How often it struck. */
  readonly times: number;
  /** The scenes that it struck in. */
  readonly results: readonly Result[];
  /** Why it was not tried, if it was not. */
  readonly skipped?: string;
}

/** What is wrong in any scene of a row. */
export function problemsOf({ fault, results }: Row): readonly string[] {
  return results.flatMap(({ problems }) => problems.map((problem) => `${fault}: ${problem}`));
}

/** A row as it is printed. */
export function cellsOf({ fault, times, results, skipped }: Row): Readonly<Record<string, string>> {
  const of = (is: (result: Result) => boolean) => `${results.filter(is).length}/${results.length}`;
  const told = skipped === undefined;
  return {
    fault,
    times: told ? `${times}` : `not tried: ${skipped}`,
    finished: told ? of(({ finished }) => finished) : "",
    "artifacts equal": told ? of(({ equal }) => equal) : "",
    "steps done twice": told ? `${results.reduce((sum, { twice }) => sum + twice, 0)}` : "",
  };
}
