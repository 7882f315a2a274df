import type { FailureKind } from "@/lib/base/errors.ts";
import type { Failure } from "@/lib/run/failure.ts";

/** Tells a machine that fails whatever it begins from steps that fail. */
export interface Blame {
  /** Takes note of a step that failed, or whose process died, after so many seconds. */
  failed(key: string, failure: Failure, seconds: number): void;
  /** Takes note of a step that was done: the machine can work. */
  done(): void;
  /** The steps that failed for no fault of theirs, once they are several; before, none. */
  blamed(): readonly string[];
  /** What became of the last of them, in words. */
  reason(): string;
}

// So many different steps, one after another, each within so many seconds of its beginning.
const several = 3, soon = 20;

/** What goes wrong with a step anywhere. */
const ofSteps: readonly FailureKind[] = ["bad input", "input gone", "diverged"];

/** Makes a judge of this machine. */
export function makeBlame(): Blame {
  const suspects = new Map<string, Failure>();
  return {
    failed(key, failure, seconds) {
      if (seconds <= soon && !ofSteps.includes(failure.kind)) suspects.set(key, failure);
    },
    done: () => suspects.clear(),
    blamed: () => suspects.size < several ? [] : [...suspects.keys()],
    reason() {
      const last = [...suspects.values()].at(-1);
      return `${suspects.size} steps failed here within seconds of their beginning, the last ` +
        `(${last?.kind}): ${last?.message.split("\n")[0]}`;
    },
  };
}
