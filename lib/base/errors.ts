/** What kind of thing went wrong; a runner treats each kind differently. */
export type FailureKind = "bad input" | "out of memory" | "timeout" | "killed" | "bug";

/** An error that the person at the keyboard can mend: it names the place, the problem with its value, and the remedy. */
export class InputError extends Error {
  override readonly name = "InputError";

  /**
   * @param place Where the value stands, as the user would look it up: a file and field, an option, an experiment.
   * @param problem What is wrong, with the current value.
   * @param remedy What to do about it.
   */
  constructor(readonly place: string, readonly problem: string, readonly remedy: string) {
    super(`${place}: ${problem}. ${remedy}`);
  }
}

/** The message of anything thrown, an `Error` or not. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
