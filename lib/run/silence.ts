import { duration } from "@/lib/base/duration.ts";
import type { Failure } from "@/lib/run/failure.ts";

/** Watches a process that may hang: on a disk that does not answer, on a device. */
export interface SilenceWatch {
  /** It has told something. */
  heard(): void;
  /** What is to say where it was silent for too long. */
  failure(): ({ readonly type: "failed" } & Failure) | undefined;
  end(): void;
}

// Steps that tell nothing of how far they are may take this many times what is expected, and this long in any case, in seconds.
const mostTimes = 50, least = 2 * 60 * 60;

/** How long a step may be silent, in seconds, that is expected to take so many. */
export function longestSilence(expected: number): number {
  return Math.max(least, mostTimes * expected);
}

/** Calls `end` after so many seconds in which nothing was heard. */
export function watchSilence(seconds: number, end: () => void): SilenceWatch {
  let isOver = false;
  const start = () =>
    seconds === Infinity ? undefined : setTimeout(() => {
      isOver = true;
      end();
      // Longer than any timer can be set for.
    }, Math.min(1000 * seconds, 2 ** 31 - 1));
  let timer = start();
  return {
    heard() {
      clearTimeout(timer);
      timer = start();
    },
    failure: () =>
      isOver
        ? {
          type: "failed",
          kind: "timeout",
          message: `its process told nothing for ${duration(seconds)}, and was ended`,
        }
        : undefined,
    end: () => clearTimeout(timer),
  };
}
