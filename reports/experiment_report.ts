import type { Html } from "@/lib/report/mod.ts";
import type { DerivedNumber, ExperimentResults } from "@/lib/results/mod.ts";

/** How one experiment is shown: its own tables and charts. */
export interface ExperimentReport {
  /** The experiment's id. */
  readonly id: string;
  readonly figures: (results: ExperimentResults) => Promise<Html>;
  /** The numbers of its figures that are worked out of several rows, and are none of its claims. */
  readonly derived?: (results: ExperimentResults) => readonly DerivedNumber[];
}
