/** What kind of thing went wrong; a runner treats each kind differently. */
export type FailureKind =
  | "bad input"
  /** What a step was to read is damaged or gone since the run began: it is made anew by the next. */
  | "input gone"
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

/** Several errors that the person at the keyboard can mend, found together: its message has a line for each. */
export class InputErrors extends Error {
  override readonly name = "InputErrors";

  constructor(readonly errors: readonly InputError[]) {
    super(errors.map(({ message }) => message).join("\n"));
  }
}

/** What the person at the keyboard can mend in anything thrown: one error, several, or none. */
export function inputErrorsIn(error: unknown): readonly InputError[] {
  if (error instanceof InputErrors) return error.errors;
  return error instanceof InputError ? [error] : [];
}

/**
 * Refuses for all reasons at once, and does nothing where there are none.
 *
 * @throws {InputError} For a single reason.
 * @throws {InputErrors} For several.
 */
export function refuse(reasons: readonly InputError[]): void {
  const [first, ...others] = reasons;
  if (first !== undefined) throw others.length === 0 ? first : new InputErrors(reasons);
}

/**
 * Does all of some work, one piece after another, and refuses at the end for all that any of it was refused for.
 *
 * @returns What each gives.
 * @throws {InputError | InputErrors} As {@linkcode refuse} does; anything else that is thrown at once.
 */
export async function refusingTogether<T>(
  pieces: Iterable<() => T | Promise<T>>,
): Promise<readonly T[]> {
  const given: T[] = [], reasons: InputError[] = [];
  for (const piece of pieces) {
    try {
      given.push(await piece());
    } catch (error) {
      const found = inputErrorsIn(error);
      if (found.length === 0) throw error;
      reasons.push(...found);
    }
  }
  refuse(reasons);
  return given;
}

/** The message of anything thrown, an `Error` or not. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
