import { type InputError, inputErrorsIn, refuse, refusingTogether } from "@/lib/base/errors.ts";

/** Something that is looked at before a command begins; it throws what is wrong with it. */
export type GivenCheck = () => unknown;

/** What a command is given: all that is wrong with it is told at once. */
export interface Given {
  /** The reader of an option, which lets the command line be read on where it refuses a value. */
  reader<T>(read: (text: string, earlier: T) => T): (text: string, earlier: T) => T;
  /**
   * Refuses for every value that a reader refused and for all that the checks find.
   *
   * @throws {InputError | InputErrors} If there is anything.
   */
  check(checks: Iterable<GivenCheck>): Promise<void>;
}

/** Reads what a command is given. */
export function readGiven(): Given {
  const refused: InputError[] = [];
  return {
    reader: (read) => (text, earlier) => {
      try {
        return read(text, earlier);
      } catch (error) {
        const found = inputErrorsIn(error);
        if (found.length === 0) throw error;
        refused.push(...found);
        return earlier;
      }
    },
    async check(checks) {
      await refusingTogether([() => refuse(refused), ...checks]);
    },
  };
}
