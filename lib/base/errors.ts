/** What kind of thing went wrong; a runner treats each kind differently. */
export type FailureKind =
  | "bad input"
  /** Nothing can be kept any more. */
  | "disk full"
  /** The machine refuses what any work needs: its limits, its disks. */
  | "machine"
  | "out of memory"
  | "timeout"
  | "killed"
  /** A training's loss is no number any more. */
  | "diverged"
  | "bug";

/** An error that the person at the keyboard can mend: it names the place, the problem with its value, and the remedy. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly kind: FailureKind;

  /**
   * @param place Where the value stands, as the user would look it up: a file and field, an option, an experiment.
   * @param problem What is wrong, with the current value.
   * @param remedy What to do about it.
   * @param options.kind Where it is no matter of what was given: `bad input`.
   */
  constructor(
    readonly place: string,
    readonly problem: string,
    readonly remedy: string,
    options: ErrorOptions & { readonly kind?: FailureKind } = {},
  ) {
    super(`${place}: ${problem}. ${remedy}`, options);
    this.kind = options.kind ?? "bad input";
  }
}

/** The message of anything thrown, an `Error` or not. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
