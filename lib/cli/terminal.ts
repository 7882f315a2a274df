/** What standard output is good for. */
export interface Terminal {
  /** Whether lines can be drawn anew: not in a pipe, a file, a log of CI, or on a terminal that only prints. */
  readonly live: boolean;
  /** Its size now. */
  size(): { readonly columns: number; readonly rows: number };
}

/** What tells of a terminal. */
export interface TerminalFacts {
  readonly isTerminal: boolean;
  readonly environment: { readonly [name: string]: string | undefined };
  /** Its size as the system knows it; one that is not known is 0, or throws. */
  readonly measure: () => { readonly columns: number; readonly rows: number };
}

// On fewer columns a line says nothing, and on fewer rows nothing stays in sight.
const leastColumns = 20, leastRows = 3;

/** The terminal that standard output is, or is not. */
export function terminal(facts: TerminalFacts = ownFacts()): Terminal {
  const { isTerminal, environment, measure } = facts;
  const size = () => {
    const own = measured(measure);
    return {
      columns: positive(environment.COLUMNS) ?? (own.columns || 80),
      rows: positive(environment.LINES) ?? (own.rows || 24),
    };
  };
  const prints = ["", "dumb", "unknown"].includes(environment.TERM ?? "") &&
    Deno.build.os !== "windows";
  const isLog = !["", "0", "false", undefined].includes(environment.CI);
  const { columns, rows } = size();
  const fits = columns >= leastColumns && rows >= leastRows;
  return { live: isTerminal && !prints && !isLog && fits, size };
}

function ownFacts(): TerminalFacts {
  return {
    isTerminal: Deno.stdout.isTerminal(),
    environment: Object.fromEntries(
      ["TERM", "CI", "COLUMNS", "LINES"].map((name) => [name, Deno.env.get(name)]),
    ),
    measure: Deno.consoleSize,
  };
}

function measured(measure: TerminalFacts["measure"]): ReturnType<TerminalFacts["measure"]> {
  try {
    return measure();
  } catch {
    // No terminal is at hand.
    return { columns: 0, rows: 0 };
  }
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text);
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
