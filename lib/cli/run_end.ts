import { duration } from "@/lib/base/duration.ts";
import { plural } from "@/lib/base/plural.ts";
import type { Study } from "@/lib/cli/study.ts";
import type { Step } from "@/lib/plan/mod.ts";
import type { RunEvent } from "@/lib/run/mod.ts";

/** What a run has to say of itself when it is over. */
export interface RunEnd {
  /** Its slowest steps, the slowest first, with the seconds that they took. */
  readonly slowest: readonly { readonly step: Step; readonly seconds: number }[];
  /** What the store held already when it began: how many steps, and the seconds that these once took. */
  readonly saved: { readonly steps: number; readonly seconds: number };
}

/** Counts what a run does, look after look. */
export interface Tally {
  onEvent(event: RunEvent): void;
  end(): RunEnd;
}

// Steps that are named at the end.
const most = 3;

/** Begins to count. */
export function makeTally({ status }: Pick<Study, "status">): Tally {
  const worked: RunEnd["slowest"][number][] = [];
  const there = [...status.values()].filter(({ freshness }) => freshness === "cached");
  const seconds = there.reduce((sum, { made }) => sum + (made?.seconds ?? 0), 0);
  return {
    onEvent(event) {
      if (event.type === "done") worked.push({ step: event.step, seconds: event.seconds });
    },
    end: () => ({
      slowest: worked.toSorted((a, b) => b.seconds - a.seconds).slice(0, most),
      saved: { steps: there.length, seconds },
    }),
  };
}

/** The same in words. */
export function endLines({ slowest, saved }: RunEnd): readonly string[] {
  return [
    ...slowest.length === 0 ? [] : [
      `slowest: ${
        slowest.map(({ step: { kind, label }, seconds }) =>
          `${kind} ${label} (${duration(seconds)})`
        ).join("; ")
      }`,
    ],
    ...saved.steps === 0 ? [] : [
      `${plural(saved.steps, "step")} ${saved.steps === 1 ? "was" : "were"} there already: ${
        duration(saved.seconds)
      } of work`,
    ],
  ];
}
