import type { Measured } from "@/tests/bench/engine_row.ts";
import { median } from "@/tests/bench/statistics.ts";

/** A way to run PyTorch on all cores of a machine. */
export interface TorchForm {
  readonly name: string;
  /** The threads of one process, or single-threaded processes with a training each. */
  readonly cores: "threads" | "processes";
  readonly layout: "contiguous" | "channels-last";
  /** Whether `torch.compile` compiles forward and backward pass. */
  readonly compiled: boolean;
}

/** All ways that are tried; the best of them counts. */
export const torchForms: readonly TorchForm[] = (["threads", "processes"] as const).flatMap((
  cores,
) =>
  (["contiguous", "channels-last"] as const).flatMap((layout) =>
    [false, true].map((compiled) => ({
      name: [cores, layout, ...compiled ? ["compiled"] : []].join(", "),
      cores,
      layout,
      compiled,
    }))
  )
);

/** What was measured of each form, by its name; fewer times of one that fell behind, and nothing of one that failed. */
export type MeasuredForms = Readonly<Record<string, readonly Measured[]>>;

// Rounds of one form differ by less where a machine is quiet.
const NEAR = 0.85;

/** The forms that came near the best one's rate: the others need no further round. */
export function nearBest(measured: MeasuredForms): TorchForm[] {
  const best = Math.max(...Object.values(measured).map(rateOf));
  return torchForms.filter(({ name }) => {
    const found = measured[name];
    return found !== undefined && rateOf(found) >= NEAR * best;
  });
}

/** The name of the fastest form, by the median of its rounds, among those that were measured in every round. */
export function bestForm(measured: MeasuredForms): string {
  const rounds = Math.max(...Object.values(measured).map(({ length }) => length));
  return Object.keys(measured).filter((name) => measured[name]!.length === rounds)
    .reduce((best, name) => rateOf(measured[name]!) > rateOf(measured[best]!) ? name : best);
}

/** The median of a form's rounds, in views a second. */
export function rateOf(measured: readonly Measured[]): number {
  return median(measured.map(({ rate }) => rate));
}
